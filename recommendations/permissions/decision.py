# SPDX-License-Identifier: EUPL-1.2
"""Who decides, reopens, checks the evidence of a decision, and takes it on to the committees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.roles import COORDINATION, holds
from core.sentences import sentence as _
from core.verdicts import YES, no, not_now
from recommendations import resolved
from recommendations.lifecycle import RECOMMENDATION, Status
from recommendations.models import APPROVALS, DecisionKind, Origin, ResponsibleLevel
from recommendations.permissions.standing import coordinates, decides_for, works_for

if TYPE_CHECKING:
    from accounts.models import User
    from core.verdicts import Verdict
    from recommendations.models import Recommendation


def can_decide(user: User, recommendation: Recommendation, kind: DecisionKind | None = None) -> Verdict:
    """The head of the lead department, or the deputy on that day, decides what others wrote and submitted.

    ``kind`` asks for one decision; approving also needs that the department may decide the matter at all.
    """
    if not user.is_active:
        return no(_("This account is switched off."))
    if had_a_hand_in(user, recommendation):
        return no(_("Whoever wrote, changed or submitted the text does not decide it (four eyes)."))
    department = recommendation.lead_department
    if department is None:
        return no(_("No lead department is named. Therefore nobody may decide."))
    if not recommendation.responsible_level:
        return no(_("No responsible level is named. Therefore nobody may decide."))
    if not decides_for(user, department):
        if holds(user, COORDINATION):
            return no(
                _("The coordination never decides. Only the head of %(department)s does.") % {"department": department}
            )
        return no(_("Only the head of %(department)s decides.") % {"department": department})
    if kind in APPROVALS and recommendation.is_suggestion:
        return no(
            _("%(level)s decides this matter. It is a suggestion; there is no approval for it.")
            % {"level": ResponsibleLevel(recommendation.responsible_level)}
        )
    if recommendation.status != Status.SUBMITTED:
        decision = recommendation.decisions.filter(round=recommendation.round).first()
        if decision and decision.decided_by_id != user.pk:
            return not_now(
                _("%(name)s has decided already: %(decision)s.")
                % {"name": decision.signature, "decision": decision.outcome}
            )
        return not_now(_("Only what is submitted can be decided."))
    if kind not in (None, DecisionKind.RETURN) and recommendation.evidence.filter(doubts__answer="").exists():
        return not_now(_("A pinned figure was changed at its source. Until that is checked it can only be returned."))
    return YES


def had_a_hand_in(user: User, recommendation: Recommendation) -> bool:
    """Whether this person wrote any version since the last decision, submitted it, or recorded the work with actors.

    The wording of an earlier decision, and a version in which only the lead changed, are nobody's text.
    """
    if user.pk in (recommendation.author_id, recommendation.submitted_by_id):
        return True
    decided = recommendation.decisions.first()
    written = recommendation.versions.filter(by=user, origin=Origin.TEXT, number__gt=decided.version if decided else 0)
    recorded = recommendation.workshops.filter(recorded_by=user, round__gte=decided.round if decided else 0)
    return written.exists() or recorded.exists()


def can_reopen(user: User, recommendation: Recommendation) -> Verdict:
    """Head or deputy of the lead department open again what was decided; what was rejected the coordination too."""
    department = recommendation.lead_department
    restarts = recommendation.status == Status.REJECTED and holds(user, COORDINATION)
    if not restarts and not (department and decides_for(user, department)):
        return no(_("Only the head of the lead department reopens what was decided."))
    if not RECOMMENDATION.allows("reopen", recommendation):
        return not_now(_("Only what was approved or rejected can be reopened, until it is implemented."))
    return YES


def can_check_evidence(user: User, recommendation: Recommendation) -> Verdict:
    """Head or deputy say whether what they approved still holds on a changed figure; before that the office does."""
    lead = recommendation.lead_department
    if recommendation.approval_id and not (lead and decides_for(user, lead)):
        return no(_("Only the head of %(department)s says whether the approval still holds.") % {"department": lead})
    if not recommendation.approval_id and not (verdict := coordinates(user)):
        return verdict
    if not recommendation.evidence.filter(doubts__answer="").exists():
        return not_now(_("No pinned figure was changed."))
    return YES


def can_confirm_resolution(user: User, recommendation: Recommendation) -> Verdict:
    """Head or deputy of the lead department confirm the difference where a body resolved other words than theirs."""
    lead = recommendation.lead_department
    if lead is None or not decides_for(user, lead):
        return no(_("Only the head of the lead department confirms what was resolved in other words."))
    if not recommendation.life.measures_may_begin or resolved.unconfirmed(recommendation) is None:
        return not_now(_("No resolution waits for the confirmation of its changes."))
    return YES


def can_make_paper(user: User, recommendation: Recommendation) -> Verdict:
    """After the approval the coordination or the lead department makes a paper for the committees."""
    lead = recommendation.lead_department
    if not holds(user, COORDINATION) and not (lead and works_for(user, lead)):
        return no(_("Only the coordination or the lead department makes the paper."))
    if recommendation.status == Status.IN_COMMITTEE:
        return not_now(_("There is a paper already."))
    if not RECOMMENDATION.allows("make_paper", recommendation):
        return not_now(_("Only what the department has approved goes to the committees."))
    return YES
