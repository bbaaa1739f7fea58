# SPDX-License-Identifier: EUPL-1.2
"""The look at the effect: then, now and target side by side, from published figures that claim no cause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import pgettext

from core.series import Point
from indicators.series import series_for, snapshot
from recommendations.models.effect import target_line

if TYPE_CHECKING:
    from core.series import Series
    from indicators.models import KeyFigure
    from indicators.series import Snapshot
    from recommendations.models import EffectReview, Evidence


@dataclass(frozen=True)
class Baseline:
    """The figure a review starts from: what is copied into it, so that later deliveries leave it alone."""

    key_figure: Any
    region_key: str
    region_name: str
    comparison_key: str
    name: str
    unit: str
    decimals: int
    value: Decimal | None
    sign: str
    quality: str
    period: str


def baseline_of(pinned: Evidence | Snapshot) -> Baseline:
    """The baseline as evidence or a snapshot has pinned it."""
    if hasattr(pinned, "comparison_key"):
        comparison = pinned.comparison_key
    else:
        comparison = pinned.finding.comparison_key if pinned.finding else ""
    copied = (
        "key_figure",
        "region_key",
        "region_name",
        "name",
        "unit",
        "decimals",
        "value",
        "sign",
        "quality",
        "period",
    )
    return Baseline(comparison_key=comparison, **{field: getattr(pinned, field) for field in copied})


def baseline_of_key_figure(key_figure: KeyFigure) -> Baseline | None:
    """The municipality's latest value of a key figure; None where there is none."""
    found = snapshot(key_figure, region_key=settings.MUNICIPALITY_KEY)
    return baseline_of(found) if found else None


@dataclass(frozen=True)
class Development:
    """One review with the value of then, the one of now, the same for the comparison, and what the target says of it.

    ``now`` is None where nothing newer than the baseline is published.
    """

    review: Any
    now: Point | None
    comparison_name: str
    comparison_then: Point | None
    comparison_now: Point | None
    series: list

    @property
    def target(self) -> str:
        """“at most 27,0 %”, or nothing."""
        review = self.review
        return target_line(review.direction, review.target_value, review.decimals, review.unit)

    @property
    def verdict(self) -> str:
        """What the two numbers say about the target, in words; nothing where there is no number to compare."""
        review, now = self.review, self.now
        if now is None or now.value is None or review.target_value is None:
            return ""
        gap = _gap(review, now.value)
        if gap <= 0:
            return pgettext("target", "The target is reached.")
        if review.baseline_value is None:
            return pgettext("target", "The target is not reached.")
        before = _gap(review, review.baseline_value)
        if gap < before:
            return pgettext("target", "The target is not reached; the value is closer to it than then.")
        if gap > before:
            return pgettext("target", "The target is not reached; the value is further from it than then.")
        return pgettext("target", "The target is not reached; the value is as far from it as then.")


def _gap(review: EffectReview, value: Decimal) -> Decimal:
    """How far a value is from the target; nothing or less where it is reached."""
    value, target = round(value, review.decimals), round(review.target_value or Decimal(0), review.decimals)
    return target - value if review.direction == "at_least" else value - target


def developments(reviews: Iterable[EffectReview]) -> list[Development]:
    """The reviews with their figures, as ``Development``; the number of queries does not grow with them."""
    reviews = list(reviews)
    with_figure = [one for one in reviews if one.key_figure_id]
    figures = {one.key_figure_id: one.key_figure for one in with_figure if one.key_figure}
    regions = {key for one in with_figure for key in (one.region_key, one.comparison_key) if key}
    found = series_for(list(figures.values()), sorted(regions)) if with_figure else {}
    return [_development(one, found) for one in reviews]


def _development(review: EffectReview, found: Mapping[Any, Series]) -> Development:
    own = found.get((review.key_figure_id, review.region_key))
    other = found.get((review.key_figure_id, review.comparison_key)) if review.comparison_key else None
    now: Point | None
    if review.answered_at and review.now_period:
        now = Point(review.now_period, review.now_value, review.now_sign, review.now_quality)
    else:
        now = own.latest if own and own.latest and own.latest.period != review.baseline_period else None
    then = next((point for point in other.points if point.period == review.baseline_period), None) if other else None
    return Development(
        review=review,
        now=now,
        comparison_name=other.name if other else "",
        comparison_then=then,
        comparison_now=next((point for point in other.points if now and point.period == now.period), None)
        if other
        else None,
        series=[one for one in (own, other) if one and one.points],
    )
