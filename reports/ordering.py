# SPDX-License-Identifier: EUPL-1.2
"""Who orders a document, starts it again or cancels it: whoever may read it, as its kind says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.sentences import sentence as _
from core.verdicts import YES, no, not_now
from reports.kinds import registry
from reports.models import Variant
from reports.readers import may_read

if TYPE_CHECKING:
    from django.db.models import Model

    from accounts.models import User
    from core.verdicts import Verdict
    from reports.kinds import Kind
    from reports.models import Document


def can_order(user: User, kind: Kind, subject: Model | None, variant: str = Variant.PUBLIC) -> Verdict:
    """Whoever may read such a document and may order its kind."""
    if not may_read(user, subject, variant):
        return no(_("Only whoever may read the document orders it."))
    return kind.may_order(user, subject, variant)


def can_reorder(user: User, document: Document) -> Verdict:
    """Whether this person may order this document, as it stands now."""
    return can_order(user, registry.get(document.kind), document.subject, document.variant)


def can_retry(user: User, document: Document) -> Verdict:
    """What failed is started again by whoever may order it."""
    if not (verdict := can_reorder(user, document)):
        return verdict
    if not document.life.may_be_repeated:
        return not_now(_("Only a document that failed or was cancelled is started again."))
    return YES


def can_cancel(user: User, document: Document) -> Verdict:
    """What is not ready yet is cancelled by whoever ordered it or may order it."""
    if document.requested_by_id != user.pk and not (verdict := can_reorder(user, document)):
        return verdict
    if not document.life.is_open:
        return not_now(_("Only a document that is still being made is cancelled."))
    return YES
