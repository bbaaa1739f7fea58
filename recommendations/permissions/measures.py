# SPDX-License-Identifier: EUPL-1.2
"""Who plans, reports and looks at effects; who keeps the goals and looks up what others see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.roles import ADMINISTRATION, COORDINATION, DATA_PROTECTION, MONITORING, holds
from committees.permissions import can_prepare
from core.sentences import sentence as _
from core.verdicts import YES, no, not_now
from recommendations import resolved
from recommendations.lifecycle import Status, Turn
from recommendations.permissions.standing import works_for

if TYPE_CHECKING:
    from accounts.models import User
    from committees.models import Committee
    from core.verdicts import Verdict
    from recommendations.models import Measure, Recommendation


def can_plan_measure(user: User, recommendation: Recommendation) -> Verdict:
    """The lead department plans measures once the recommendation is approved."""
    if recommendation.lead_department is None or not works_for(user, recommendation.lead_department):
        return no(_("Only the lead department plans measures."))
    if recommendation.approval_id is None:
        return not_now(_("Measures follow from an approved recommendation."))
    if not recommendation.life.measures_are_planned:
        return not_now(_("The implementation has ended. What is to come needs a new recommendation."))
    return YES


def can_report_measure(user: User, measure: Measure) -> Verdict:
    """The responsible department reports on its measure."""
    if not works_for(user, measure.department):
        return no(_("Only %(department)s reports on this measure.") % {"department": measure.department})
    if measure.life.is_finished and measure.recommendation.life.is_concluded:
        return not_now(_("The implementation has ended with this measure as it is."))
    return YES


def can_start_measure(user: User, measure: Measure) -> Verdict:
    """A measure starts after the approval, and where there is a paper after the resolution.

    Before that it is fixed how its effect will be looked at, or why no figure can show it, and the lead department has
    confirmed what was resolved in other words than its own.
    """
    if not (verdict := can_report_measure(user, measure)):
        return verdict
    recommendation = measure.recommendation
    if recommendation.life.turn == Turn.COMMITTEE:
        return not_now(_("The committees have not resolved yet. Measures start after the resolution."))
    if not recommendation.life.measures_may_begin:
        return not_now(_("Measures start only while an approval holds and the implementation has not ended."))
    if resolution := resolved.unconfirmed(recommendation):
        return not_now(
            _("%(committee)s resolved with changes. First the head of %(department)s confirms the difference.")
            % {"committee": resolution.committee, "department": recommendation.lead_department}
        )
    if not recommendation.effect_reviews.filter(replaced_at=None).exists():
        return not_now(
            _("Before the measure starts, %(department)s fixes the effect review: figure, target and day.")
            % {"department": recommendation.lead_department}
        )
    return YES


def can_replan_measure(user: User, measure: Measure) -> Verdict:
    """The lead department changes the plan of an unfinished measure, with a reason; the former plan stays readable."""
    lead = measure.recommendation.lead_department
    if lead is None or not works_for(user, lead):
        return no(_("Only the lead department changes the plan of a measure."))
    if measure.life.is_finished:
        return not_now(_("What is done or stopped is not planned anew."))
    if measure.recommendation.approval_id is None:
        return not_now(_("The approval no longer holds. The measure can be planned anew after the next approval."))
    return YES


def can_change_steps(user: User, measure: Measure) -> Verdict:
    """Responsible and lead department write the small steps of an unfinished measure."""
    lead = measure.recommendation.lead_department
    if not works_for(user, measure.department) and not (lead and works_for(user, lead)):
        return no(_("Only %(department)s changes the steps of this measure.") % {"department": measure.department})
    if measure.life.is_finished:
        return not_now(_("The steps of a finished measure are not changed any more."))
    return YES


def can_report_done(user: User, committee: Committee) -> Verdict:
    """Whoever prepares the committee's meetings notes that a done measure was reported there."""
    return can_prepare(user, committee)


def can_plan_effect(user: User, recommendation: Recommendation) -> Verdict:
    """The lead department fixes how the effect will be looked at, from the approval until the matter is closed."""
    lead = recommendation.lead_department
    if lead is None or not works_for(user, lead):
        return no(_("Only the lead department fixes the effect review."))
    if recommendation.approval_id is None:
        return not_now(_("The effect review follows from an approved recommendation."))
    if recommendation.status == Status.CLOSED:
        return not_now(_("This matter is closed."))
    return YES


def can_propose_effect(user: User, recommendation: Recommendation) -> Verdict:
    """Coordination and education monitoring may propose what the figures show; the department has the word."""
    if not (holds(user, COORDINATION) or holds(user, MONITORING)):
        return no(_("Only the coordination or education monitoring proposes the state of the effect."))
    if not _under_review(recommendation):
        return not_now(_("The effect review has not begun."))
    if recommendation.effect_reviews.answered().exists() and not recommendation.effect_reviews.waiting():
        return not_now(_("The department has answered already."))
    return YES


def can_review_effect(user: User, recommendation: Recommendation) -> Verdict:
    """The lead department says in one paragraph how things developed, once the day has come or the review began."""
    lead = recommendation.lead_department
    if lead is None or not works_for(user, lead):
        return no(_("Only the lead department writes the paragraph of the effect review."))
    if not _under_review(recommendation):
        return not_now(_("The effect review has not begun."))
    return YES


def _under_review(recommendation: Recommendation) -> bool:
    if recommendation.status == Status.EVALUATION:
        return True
    return recommendation.effect_reviews.due().exists()


def can_maintain_goals(user: User) -> Verdict:
    """The coordination keeps the tree of strategic goals and what hangs on it."""
    return YES if holds(user, COORDINATION) else no(_("Only the coordination maintains the strategic goals."))


def can_simulate(user: User) -> Verdict:
    """Administration and data protection look up what somebody sees and may do; it is logged."""
    if holds(user, ADMINISTRATION) or holds(user, DATA_PROTECTION):
        return YES
    return no(_("Only the administration and data protection look at what somebody else sees and may do."))
