# SPDX-License-Identifier: EUPL-1.2
"""Who drafts, asks others, signs, submits and takes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.roles import COORDINATION, holds
from core.sentences import sentence as _
from core.verdicts import YES, no, not_now
from recommendations.lifecycle import RECOMMENDATION, Status
from recommendations.models import Position
from recommendations.permissions.standing import coordinates, decides_for, works_for

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from core.verdicts import Verdict
    from recommendations.models import Recommendation, Statement


def can_draft(user: User) -> Verdict:
    """The coordination drafts recommendations."""
    return coordinates(user)


def can_edit(user: User, recommendation: Recommendation) -> Verdict:
    """The coordination changes text and evidence until the recommendation goes on its way."""
    if not (verdict := coordinates(user)):
        return verdict
    if recommendation.life.is_read_by_others:
        return not_now(_("The text is fixed while others read it. Take the recommendation back first."))
    if not recommendation.life.text_is_open:
        return not_now(_("What was decided is not changed any more."))
    return YES


def can_co_create(user: User, recommendation: Recommendation) -> Verdict:
    """The office, or staff of the lead department, records the work with actors; never whoever will decide."""
    lead = recommendation.lead_department
    if lead and decides_for(user, lead):
        return no(_("Whoever will decide does not prepare the text (four eyes)."))
    if not holds(user, COORDINATION) and not (lead and works_for(user, lead)):
        return no(_("Only the coordination or staff of the lead department record the work with actors."))
    if not RECOMMENDATION.allows("co_create", recommendation):
        return not_now(_("Actors work on a draft; this one is on its way already."))
    return YES


def can_mediate(user: User, statement: Statement) -> Verdict:
    """The coordination mediates between a department that disagrees and the lead department, before the decision."""
    if not (verdict := coordinates(user)):
        return verdict
    if statement.position != Position.DISAGREE or hasattr(statement, "mediation"):
        return not_now(_("There is no open dissent to mediate."))
    if not statement.recommendation.life.is_read_by_others:
        return not_now(_("Dissent is mediated before the decision."))
    return YES


def can_start_consultation(user: User, recommendation: Recommendation) -> Verdict:
    """The coordination asks departments to co-sign a draft that has a lead department."""
    if not (verdict := coordinates(user)):
        return verdict
    if not RECOMMENDATION.allows("start_consultation", recommendation):
        return not_now(_("Co-signing starts from a draft."))
    if recommendation.lead_department is None:
        return not_now(_("Name the lead department first."))
    return YES


def can_sign(user: User, statement: Statement) -> Verdict:
    """Head or deputy sign for their own department only; the office records what a body outside answers."""
    if statement.department is None:
        if not (verdict := coordinates(user)):
            return verdict
    elif not decides_for(user, statement.department):
        return no(
            _("Only the head of %(department)s answers for this department.") % {"department": statement.department}
        )
    if statement.recommendation.status != Status.CONSULTATION or statement.closed_at:
        return not_now(_("Statements are given while co-signing runs."))
    if statement.position:
        return not_now(_("This statement has been given."))
    return YES


def can_remind(user: User, statement: Statement) -> Verdict:
    """The coordination reminds a department whose statement is open."""
    if not (verdict := coordinates(user)):
        return verdict
    if statement.recommendation.status != Status.CONSULTATION or statement.position or statement.closed_at:
        return not_now(_("There is nothing to remind of."))
    return YES


def can_submit(user: User, recommendation: Recommendation, *, today: date | None = None) -> Verdict:
    """The coordination submits a complete recommendation, after co-signing once all answered or the time is over."""
    if not (verdict := coordinates(user)):
        return verdict
    if not RECOMMENDATION.allows("submit", recommendation):
        return not_now(_("Only a draft can be submitted."))
    if recommendation.lead_department is None:
        return not_now(_("Without a lead department nobody may decide. Name the lead department first."))
    if not recommendation.responsible_level:
        return not_now(_("Without a responsible level nobody may decide. Name the responsible level first."))
    if not recommendation.proposed_resolution.strip():
        return not_now(_("The proposed resolution is missing."))
    if not recommendation.rationale.strip():
        return not_now(_("The rationale is missing."))
    if not recommendation.evidence.exists():
        return not_now(_("No figure is pinned as evidence yet."))
    if recommendation.evidence.filter(doubts__answer="").exists():
        return not_now(_("A pinned figure was changed since. Check the evidence first."))
    if recommendation.status == Status.CONSULTATION:
        today = today or timezone.localdate()
        waiting = recommendation.statements.open().filter(due_on__gte=today).select_related("department", "actor")
        if statement := waiting.first():
            return not_now(_("Possible once %(body)s has answered or the time is over.") % {"body": statement.body})
    return YES


def can_take_back(user: User, recommendation: Recommendation) -> Verdict:
    """The coordination takes a recommendation back to change it, as long as nothing is decided."""
    if not (verdict := coordinates(user)):
        return verdict
    if not RECOMMENDATION.allows("take_back", recommendation):
        return not_now(_("Only what is in co-signing or submitted can be taken back."))
    return YES


def can_withdraw(user: User, recommendation: Recommendation) -> Verdict:
    """The coordination withdraws a recommendation for good, as long as nothing is decided."""
    if not (verdict := coordinates(user)):
        return verdict
    if not RECOMMENDATION.allows("withdraw", recommendation):
        return not_now(_("Only what is not decided yet can be withdrawn."))
    return YES


def needs_remarks(position: str) -> bool:
    """Remarks and disagreement say why."""
    return position in (Position.REMARKS, Position.DISAGREE)


def can_name_lead(user: User, recommendation: Recommendation) -> Verdict:
    """The coordination names the lead department freely until others were asked; then both departments must agree."""
    if not (verdict := can_edit(user, recommendation)):
        return verdict
    if others_were_asked(recommendation):
        return not_now(_("Departments were asked already. Another lead needs both departments: propose the change."))
    return YES


def others_were_asked(recommendation: Recommendation) -> bool:
    return recommendation.round > 0 or recommendation.statements.exists()
