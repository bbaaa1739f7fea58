# SPDX-License-Identifier: EUPL-1.2
"""What becomes of one value in public, and what its print tells a reader."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from indicators.models import Item, Protection
from indicators.publishable.links import cell_of

if TYPE_CHECKING:
    from indicators.publishable.links import Cell

RATES = {"%", "Prozent", "Promille", "Index", "Verhältnis", "EUR", "€", "Tsd. EUR"}


@dataclass
class Treated:
    """One value as the release treats it: its exact number or sign, and what is shown of it."""

    item: Item
    region_key: str
    period: str
    exact: Decimal | None
    sign: str
    quality: str
    protection: Protection
    base: int
    hidden: str = ""

    @property
    def cell(self) -> Cell:
        return cell_of(self.item.measure, self.item.unit, self.item.dimensions, self.region_key, self.period)

    @property
    def shown(self) -> Decimal | None:
        """The value in public, ``None`` where a sign stands."""
        if self.hidden or self.exact is None:
            return None
        return rounded(self.exact, self.base)

    @property
    def shown_sign(self) -> str:
        return "." if self.hidden else self.sign

    @property
    def interval(self) -> tuple[int, float]:
        """The integers that the print allows."""
        return interval_of(self.shown, self.base, hidden=bool(self.hidden), sign=self.sign)


def rounded(value: Decimal, base: int) -> Decimal:
    """The nearest multiple of the base, from the exact value; the value itself without a base."""
    if not base:
        return value
    return (value / base).quantize(Decimal(1), rounding=ROUND_HALF_UP) * base


def interval_of(shown: Decimal | None, base: int, *, hidden: bool, sign: str = "") -> tuple[int, float]:
    """What a reader knows of a count from its print: a number, a rounded number, a dot, or a dash."""
    if shown is not None:
        half = base // 2
        return max(0, int(shown) - half), int(shown) + half
    if hidden:
        return (0 if base else 1), float("inf")
    return (0, 0) if sign == "-" else (0, float("inf"))


def is_count(item: Item, value: Decimal) -> bool:
    """Whether a value counts people or things, so that the rules for small counts fit."""
    return item.unit not in RATES and value is not None and value >= 0 and value == value.to_integral_value()
