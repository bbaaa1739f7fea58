# SPDX-License-Identifier: EUPL-1.2
"""The evidence chain (Belegkette): from the figure's source file to the value of today, for one recommendation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indicators.series import series_for

if TYPE_CHECKING:
    from recommendations.models import Recommendation
    from recommendations.querysets import EvidenceQuerySet


@dataclass(frozen=True)
class Link:
    """One pinned figure: the deliveries it stands on, and what stands in its place today.

    ``today`` is the value of the pinned period as it is now, ``latest`` the newest one; both are points of a series.
    """

    evidence: Any
    imports: list
    today: Any
    latest: Any

    @property
    def is_stale(self) -> bool:
        """Whether the pinned value is no longer the value of its period."""
        pinned = self.evidence
        if self.today is None:
            return True
        if pinned.value is None or self.today.value is None:
            return pinned.sign != self.today.sign
        return round(pinned.value, 10) != round(self.today.value, 10)


def links(recommendation: Recommendation) -> list[Link]:
    """The pinned figures of a recommendation, each beside what is published today; a handful of queries."""
    return links_of(recommendation.evidence.all())


def links_of(pinned: EvidenceQuerySet) -> list[Link]:
    """The same for any pinned figures (a queryset of ``Evidence``), in a number of queries that does not grow."""
    evidence = list(
        pinned.select_related("key_figure__table", "finding__key_figure", "pinned_by").prefetch_related(
            "finding__imports"
        )
    )
    figures = {one.key_figure_id: one.key_figure for one in evidence}
    found = series_for(list(figures.values()), list({one.region_key for one in evidence})) if evidence else {}
    chain = []
    for one in evidence:
        series = found[one.key_figure_id, one.region_key]
        today = next((point for point in series.points if point.period == one.period), None)
        chain.append(Link(one, list(one.finding.imports.all()) if one.finding else [], today, series.latest))
    return chain
