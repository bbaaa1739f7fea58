# SPDX-License-Identifier: EUPL-1.2
"""Whether what a briefing says has been overtaken since it was made."""

from dataclasses import dataclass

from recommendations.models import Doubt, PaperOfRecommendation


@dataclass(frozen=True)
class Overtaken:
    """Figures that were changed since, whether the approval was taken back, and the paper that took the place."""

    doubts: list
    reopened: bool
    successor: str = ""  # number of the later paper of the same recommendation

    def __bool__(self):
        return bool(self.doubts or self.reopened)


def overtaken(briefing):
    """What has changed since a ready briefing was ordered, for then its content was frozen; false where nothing has."""
    origin = PaperOfRecommendation.objects.select_related("recommendation__paper").filter(paper=briefing.paper).first()
    if briefing.finished_at is None or origin is None:
        return Overtaken([], False)
    recommendation = origin.recommendation
    doubts = Doubt.objects.filter(evidence__recommendation=recommendation).unsettled_or_since(briefing.requested_at)
    later = recommendation.paper
    return Overtaken(
        list(doubts),
        reopened=not origin.holds,
        successor=later.reference if later and later.pk != briefing.paper_id and later.is_public else "",
    )
