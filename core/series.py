# SPDX-License-Identifier: EUPL-1.2
"""A figure over time, as charts and tables show it and as evidence keeps it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.figures import figure


@dataclass(frozen=True)
class Point:
    """One period's value, or the official sign in its place; ``quality`` marks, say, ``p`` for provisional."""

    period: str
    value: Decimal | None
    sign: str = ""
    quality: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True)
class Series:
    """The values of one region in the order of time; ``own`` is the municipality, everything else a comparison."""

    name: str
    points: tuple[Point, ...]
    own: bool = False
    key: str = ""

    @property
    def latest(self) -> Point | None:
        return self.points[-1] if self.points else None

    @property
    def change(self) -> Decimal | None:
        """What the latest value is above or below the one before it, both as shown; None where either is a sign."""
        if len(self.points) < 2:
            return None
        before, now = self.points[-2].value, self.points[-1].value
        return None if before is None or now is None else now - before


_NUMBERS = ("value", "numerator", "denominator")


def to_json(series: Iterable[Series]) -> list[dict[str, Any]]:
    """Series as plain data, decimals as text so that nothing is rounded."""
    return [
        {
            "name": one.name,
            "own": one.own,
            "points": [
                {"period": point.period, "sign": point.sign, "quality": point.quality}
                | {name: None if getattr(point, name) is None else str(getattr(point, name)) for name in _NUMBERS}
                for point in one.points
            ],
        }
        for one in series
    ]


def from_json(data: Iterable[dict[str, Any]]) -> list[Series]:
    """The reverse of ``to_json``."""
    return [Series(one["name"], tuple(_point(point) for point in one["points"]), one["own"]) for one in data]


def _point(data: dict[str, Any]) -> Point:
    numbers = {name: None if data[name] is None else Decimal(data[name]) for name in _NUMBERS}
    return Point(**{**data, **numbers})


def compared(data: Iterable[dict[str, Any]], decimals: int, unit: str) -> str:
    """The latest value of what a figure is compared with, as the reader writes numbers; or nothing."""
    other = next((one for one in from_json(data) if not one.own and one.latest), None)
    if other is None or other.latest is None:
        return ""
    latest = other.latest
    value = figure(latest.value, latest.sign, latest.quality, decimals, unit)
    return _("%(region)s %(period)s: %(value)s") % {"region": other.name, "period": latest.period, "value": value}


def told(pinned: Any, name: str, decimals: int, unit: str) -> str:
    """A pinned figure as a sentence, where nobody wrote a better one."""
    value = figure(pinned.value, pinned.sign, pinned.quality, decimals, unit)
    words = {"name": name, "region": pinned.region_name, "period": pinned.period, "value": value}
    text = _("%(name)s, %(region)s, %(period)s: %(value)s") % words
    other = compared(pinned.series, decimals, unit)
    return f"{text} ({other})" if other else text
