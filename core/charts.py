# SPDX-License-Identifier: EUPL-1.2
"""Charts of the screen as geometry: numbers in, coordinates out. Paper draws its own (``reports.kinds.drawing``)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.figures import PRINTED, figure

if TYPE_CHECKING:
    from core.series import Point, Series

REFERENCE_DAY = re.compile(r"\d{2}\.\d{2}\.\d{4}")


@dataclass(frozen=True)
class Mark:
    x: float
    y: float
    text: str = ""
    text_y: float = 0.0
    provisional: bool = False

    @property
    def corner_x(self) -> float:
        return self.x - 4

    @property
    def corner_y(self) -> float:
        return self.y - 4


@dataclass(frozen=True)
class Line:
    name: str
    own: bool
    runs: list[str]
    marks: list[Mark]
    signs: list[Mark]
    label_x: float
    label_y: float


@dataclass(frozen=True)
class LineChart:
    """A line chart of 620 × 260 units: one run of points per stretch without a gap."""

    title: str
    lines: list[Line]
    ticks: list[Mark]
    periods: list[Mark]
    left: float
    right: float
    bottom: float
    width: int = 620
    height: int = 260

    @property
    def tick_x(self) -> float:
        return self.left - 8


def in_words(series: Iterable[Series], *, title: str, decimals: int, unit: str) -> str:
    """The chart as a sentence: what it shows, and every value with its period; a sign in its words."""
    missing = _("no value")

    def said(point: Point) -> str:
        if point.value is None:
            return str(PRINTED.get(point.sign, ("", missing))[1])
        return figure(point.value, point.sign, point.quality, decimals, unit)

    parts = [f"{one.name} {', '.join(f'{point.period}: {said(point)}' for point in one.points)}" for one in series]
    return f"{title}. {'; '.join(parts)}."


def line_chart(series: Sequence[Series], *, title: str, decimals: int = 1, unit: str = "") -> LineChart:
    """Lines over all periods, from zero; values at the ends of the own line, the sign where a value is missing."""
    periods = sorted({point.period for one in series for point in one.points}, key=order_of(series))
    left, right, top, bottom = 46.0, 460.0, 24.0, 214.0
    step = (right - left - 30) / max(len(periods) - 1, 1)
    x_of = {period: round(left + 15 + index * step, 1) for index, period in enumerate(periods)}
    ticks = _ticks(series)
    height = float(ticks[-1]) or 1.0

    def y_of(value: Decimal) -> float:
        return round(bottom - float(value) / height * (bottom - top), 1)

    lines, taken = [], []
    for one in sorted(series, key=lambda item: not item.own):
        runs, run, marks, signs = [], [], [], []
        for point in one.points:
            x = x_of[point.period]
            if point.value is None:
                signs.append(Mark(x, bottom - 6, PRINTED.get(point.sign, (point.sign,))[0]))
                runs, run = [*runs, run], []
                continue
            y = y_of(point.value)
            run.append(f"{x},{y}")
            text = figure(point.value, "", point.quality, decimals) if one.own else ""
            marks.append(Mark(x, y, text, y - 10, point.quality == "p"))
        runs.append(run)
        label_y = _free((marks[-1].y if marks else bottom) + 5, taken)
        taken.append(label_y)
        lines.append(
            Line(
                one.name,
                one.own,
                [" ".join(part) for part in runs if len(part) > 1],
                marks,
                signs,
                (marks[-1].x if marks else right) + 12,
                label_y,
            )
        )
    crowded = len(periods) > 8
    axis = _axis(periods)
    return LineChart(
        title=in_words(series, title=title, decimals=decimals, unit=unit),
        lines=lines,
        ticks=[Mark(left, y_of(tick), figure(tick, "", "", _tick_decimals(ticks)), y_of(tick) + 4) for tick in ticks],
        periods=[
            Mark(x_of[period], bottom + 22, axis[period])
            for index, period in enumerate(periods)
            if not crowded or index % 2 == (len(periods) - 1) % 2
        ],
        left=left,
        right=right,
        bottom=bottom,
    )


@dataclass(frozen=True)
class Sparkline:
    """A line of 160 × 44 units over a baseline of zero, without an axis: its numbers stand beside it."""

    title: str
    runs: list[str]
    dots: list[Mark]
    last: Mark | None
    width: int = 160
    height: int = 44


def sparkline(series: Series, *, title: str, decimals: int = 1, unit: str = "") -> Sparkline:
    """One series in small; runs break where a value is missing, a lone value is a dot."""
    points = series.points[-10:]
    highest = float(max((point.value for point in points if point.value is not None), default=1)) or 1.0
    lowest = float(min((point.value for point in points if point.value is not None), default=0))
    floor_at = min(lowest, 0.0)
    step = 148 / max(len(points) - 1, 1)
    runs, run, last = [], [], None
    for index, point in enumerate(points):
        if point.value is None:
            runs, run = [*runs, run], []
            continue
        last = Mark(
            round(6 + index * step, 1),
            round(38 - (float(point.value) - floor_at) / ((highest - floor_at) or 1.0) * 32, 1),
        )
        run.append(f"{last.x},{last.y}")
    runs.append(run)
    lone = [part[0].split(",") for part in runs if len(part) == 1]
    return Sparkline(
        in_words([series], title=title, decimals=decimals, unit=unit),
        [" ".join(part) for part in runs if len(part) > 1],
        [Mark(float(x), float(y)) for x, y in lone],
        last,
    )


def order_of(series: Iterable[Series]) -> Callable[[str], tuple[int, int]]:
    seen = {}
    for one in series:
        for index, point in enumerate(one.points):
            seen[point.period] = max(seen.get(point.period, 0), index)
    return lambda period: (_year(period), seen[period])


def _year(period: str) -> int:
    digits = [int(part) for part in "".join(c if c.isdigit() else " " for c in period).split() if len(part) == 4]
    return digits[0] if digits else 0


def _axis(periods: Sequence[str]) -> dict[str, str]:
    """What stands under the axis: of a reference day its year, with the month where a year has several."""
    short = [_short(period) for period in periods]
    alone = len(set(short)) == len(short)
    return {
        period: text if alone or not REFERENCE_DAY.fullmatch(period) else f"{period[3:5]}/{period[-2:]}"
        for period, text in zip(periods, short, strict=True)
    }


def _short(period: str) -> str:
    """“2019/20”, “1. März 2024” and “01.03.2024” as they fit under an axis."""
    text = period.split()[-1]
    if REFERENCE_DAY.fullmatch(text):
        return text[-4:]
    return text[2:] if "/" in text and len(text) == 7 else text


def _ticks(series: Iterable[Series]) -> list[Decimal]:
    highest = max(
        (point.value for one in series for point in one.points if point.value is not None), default=Decimal(1)
    )
    raw = float(highest) / 4 or 0.25
    magnitude = 10 ** floor(log10(raw))
    size = next(step * magnitude for step in (1, 2, 2.5, 5, 10) if step * magnitude >= raw)
    return [Decimal(str(round(size * index, 6))) for index in range(ceil(float(highest) / size) + 1)]


def _tick_decimals(ticks: Iterable[Decimal]) -> int:
    return max(0, *(-int(tick.normalize().as_tuple().exponent) for tick in ticks if tick))


def _free(y: float, taken: Collection[float]) -> float:
    while any(abs(y - other) < 18 for other in taken):
        y += 18
    return y
