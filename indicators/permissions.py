# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.roles import COORDINATION, MONITORING, holds
from core.sentences import sentence as _
from core.verdicts import YES, no, not_now
from indicators.lifecycle import DELIVERY

if TYPE_CHECKING:
    from accounts.models import User
    from core.verdicts import Verdict
    from indicators.models import Import


def can_import(user: User | None) -> Verdict:
    """Education monitoring takes over deliveries. The command line acts for the administration of the server."""
    return YES if user is None or holds(user, MONITORING) else no(_("Only education monitoring imports data."))


def can_store(user: User | None, delivery: Import) -> Verdict:
    """A delivery is taken over once, from its preview."""
    if not (verdict := can_import(user)):
        return verdict
    if delivery.life.needs_mapping:
        return not_now(_("Please say first what the columns mean."))
    if not DELIVERY.allows("store", delivery):
        return not_now(_("This delivery was taken over or discarded already."))
    return YES


def can_explain(user: User | None, delivery: Import) -> Verdict:
    """Columns are explained before the delivery is taken over."""
    if not (verdict := can_import(user)):
        return verdict
    if not DELIVERY.allows("explain", delivery) or delivery.layout != "own-table":
        return not_now(_("The columns of this delivery need no explanation."))
    return YES


def can_discard(user: User | None, delivery: Import) -> Verdict:
    if not (verdict := can_import(user)):
        return verdict
    if not DELIVERY.allows("discard", delivery):
        return not_now(_("This delivery was taken over or discarded already."))
    return YES


def can_undo(user: User, delivery: Import, *, standing: str) -> Verdict:
    """A delivery can be taken back as long as nothing stands on it; ``standing`` says what does."""
    if not (verdict := can_import(user)):
        return verdict
    if not DELIVERY.allows("undo", delivery):
        return not_now(_("Only a delivery that was taken over can be undone."))
    reasons = {
        "later": _("A later delivery has changed values of this one. Please undo that one first."),
        "findings": _("Findings stand on values of this delivery, so it cannot be undone."),
        "released": _("Values of this delivery were released, so it cannot be undone."),
    }
    return not_now(reasons[standing]) if standing else YES


def can_release(user: User | None) -> Verdict:
    """Education monitoring releases protected values; it alone sees what they are."""
    return YES if user is None or holds(user, MONITORING) else no(_("Only education monitoring releases values."))


def can_change_catalogue(user: User | None) -> Verdict:
    """Key figures, tables, regions and comparison groups are kept by education monitoring."""
    return YES if user is None or holds(user, MONITORING) else no(_("Only education monitoring keeps the catalogue."))


def can_note_finding(user: User) -> Verdict:
    """Findings are written by those who read figures for the office."""
    if holds(user, MONITORING) or holds(user, COORDINATION):
        return YES
    return no(_("Findings are written by education monitoring and the coordination."))
