# SPDX-License-Identifier: EUPL-1.2
"""Who ends the implementation, begins the effect review and closes the matter, and on which facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.sentences import sentence as _
from core.verdicts import YES, no, not_now
from recommendations.lifecycle import RECOMMENDATION
from recommendations.permissions.standing import coordinates, works_for

if TYPE_CHECKING:
    from accounts.models import User
    from core.verdicts import Verdict
    from recommendations.models import Recommendation


def can_conclude(user: User, recommendation: Recommendation) -> Verdict:
    """The lead department ends the implementation once a measure has begun; what is not done needs its reason."""
    lead = recommendation.lead_department
    if lead is None or not works_for(user, lead):
        return no(_("Only the lead department ends the implementation."))
    if not RECOMMENDATION.allows("conclude", recommendation):
        return not_now(_("The implementation ends after it has begun, and once."))
    return YES


def can_evaluate(user: User, recommendation: Recommendation) -> Verdict:
    """The coordination begins the effect review of what was implemented, once it is fixed how to look at it."""
    if not (verdict := coordinates(user)):
        return verdict
    if not RECOMMENDATION.allows("evaluate", recommendation):
        return not_now(_("The effect review begins after the implementation has ended."))
    if not recommendation.effect_reviews.standing().exists():
        return not_now(
            _("%(department)s has not fixed yet how the effect is looked at.")
            % {"department": recommendation.lead_department}
        )
    return YES


def can_close(user: User, recommendation: Recommendation) -> Verdict:
    """The coordination closes what was stopped, and the rest once the department has written about the effect."""
    if not (verdict := coordinates(user)):
        return verdict
    if not RECOMMENDATION.allows("close", recommendation):
        return not_now(_("Closed is what was stopped, and what the effect review is over of."))
    reviews = recommendation.effect_reviews
    if recommendation.life.effect_is_due and (reviews.waiting() or not reviews.answered().exists()):
        return not_now(
            _("%(department)s has not written about the effect yet.") % {"department": recommendation.lead_department}
        )
    return YES
