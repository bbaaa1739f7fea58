# SPDX-License-Identifier: EUPL-1.2
"""Whether what a briefing says has been overtaken since it was made."""

from dataclasses import dataclass

from recommendations.models import Doubt, Recommendation


@dataclass(frozen=True)
class Overtaken:
    """Figures that were changed since, and whether the approval was taken back."""

    doubts: list
    reopened: bool

    def __bool__(self):
        return bool(self.doubts or self.reopened)


def overtaken(briefing):
    """What has changed since a ready briefing was made; false where nothing has."""
    if briefing.finished_at is None:
        return Overtaken([], False)
    about = Recommendation.objects.filter(paper=briefing.paper)
    doubts = Doubt.objects.filter(evidence__recommendation__in=about).since(briefing.finished_at)
    return Overtaken(list(doubts), about.filter(approval=None).exists())
