# SPDX-License-Identifier: EUPL-1.2
"""The board: the stations of the thread as columns, each with what has waited there longest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from recommendations.lifecycle import OVER, RECOMMENDATION, Station
from recommendations.models import Recommendation
from recommendations.waiting import attach

if TYPE_CHECKING:
    from recommendations.querysets import RecommendationQuerySet

SHOWN = 6  # cards of a column; the rest stands on the list behind it


@dataclass(frozen=True)
class Column:
    """A station: its code in addresses, its name, and the states that stand there."""

    code: str
    label: Any
    states: tuple[Any, ...]


COLUMNS = tuple(
    Column(station.value, station.label, states)
    for station in Station
    if (states := RECOMMENDATION.where(station=station, is_over=False))
)
FINISHED = Column(Station.FINISHED.value, Station.FINISHED.label, OVER)


@dataclass(frozen=True)
class Filled:
    """A column with its cards and how many there are in all."""

    column: Column
    cards: list
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.cards)


def fill(recommendations: RecommendationQuerySet) -> tuple[list[Filled], int]:
    """The columns over these recommendations, and how many are finished; the same few queries however much there is."""
    counts = recommendations.counted_by_status()
    total = {column: sum(counts.get(state, 0) for state in column.states) for column in (*COLUMNS, FINISHED)}
    shown = Q(pk=None)
    for column in COLUMNS:
        if total[column]:
            longest = recommendations.filter(status__in=column.states).order_by("changed_at", "pk")
            shown |= Q(pk__in=longest.values("pk")[:SHOWN])
    cards = attach(Recommendation.objects.filter(shown).for_display().order_by("changed_at", "pk"))
    return [
        Filled(column, [card for card in cards if card.status in column.states], total[column]) for column in COLUMNS
    ], total[FINISHED]
