# SPDX-License-Identifier: EUPL-1.2
"""Who changes the lead department: both departments together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.roles import COORDINATION, holds
from core.sentences import sentence as _
from core.verdicts import YES, no, not_now
from recommendations.permissions.drafting import others_were_asked
from recommendations.permissions.standing import decides_for

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import Department, User
    from core.verdicts import Verdict
    from recommendations.models import LeadTransfer, Recommendation


def can_propose_transfer(user: User, recommendation: Recommendation) -> Verdict:
    """The coordination or the head of the present lead proposes another lead, once others were asked."""
    lead = recommendation.lead_department
    if not holds(user, COORDINATION) and not (lead and decides_for(user, lead)):
        return no(_("Only the coordination or the head of the lead department proposes another lead."))
    if not recommendation.life.lead_may_change:
        return not_now(_("The lead changes only while the matter is open and not implemented yet."))
    if lead is None or not others_were_asked(recommendation):
        return not_now(_("Nobody was asked yet. The office names the lead in the draft."))
    if recommendation.lead_transfers.open().exists():
        return not_now(_("A change of the lead waits for consent already."))
    return YES


def _can_consent(
    user: User,
    transfer: LeadTransfer,
    department: Department,
    *,
    given: datetime | None,
    given_by_other_side: int | None,
) -> Verdict:
    if not decides_for(user, department):
        return no(_("Only the head of %(department)s consents for this department.") % {"department": department})
    if user.pk == transfer.proposed_by_id == given_by_other_side:
        return no(_("Whoever proposed the change does not give both consents."))
    if not transfer.is_open or not transfer.recommendation.life.lead_may_change:
        return not_now(_("This proposal is settled."))
    if given:
        return not_now(_("This consent has been given."))
    return YES


def can_release_lead(user: User, transfer: LeadTransfer) -> Verdict:
    """Head or deputy of the present lead department let the lead go."""
    return _can_consent(
        user,
        transfer,
        transfer.from_department,
        given=transfer.released_at,
        given_by_other_side=transfer.accepted_by_id,
    )


def can_accept_lead(user: User, transfer: LeadTransfer) -> Verdict:
    """Head or deputy of the new department take the lead."""
    return _can_consent(
        user, transfer, transfer.to_department, given=transfer.accepted_at, given_by_other_side=transfer.released_by_id
    )


def can_refuse_transfer(user: User, transfer: LeadTransfer) -> Verdict:
    """Head or deputy of either department refuse a change of the lead, also after they had agreed."""
    if not any(decides_for(user, one) for one in (transfer.from_department, transfer.to_department)):
        return no(_("Only the heads of the two departments refuse a change of the lead."))
    if not transfer.is_open:
        return not_now(_("This proposal is settled."))
    return YES


def can_withdraw_transfer(user: User, transfer: LeadTransfer) -> Verdict:
    """The coordination, or whoever proposed it, takes a proposal back that is not settled."""
    if user.pk != transfer.proposed_by_id and not holds(user, COORDINATION):
        return no(_("Only the coordination or whoever proposed the change takes it back."))
    if not transfer.is_open:
        return not_now(_("This proposal is settled."))
    return YES
