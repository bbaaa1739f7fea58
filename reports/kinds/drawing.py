# SPDX-License-Identifier: EUPL-1.2
"""Charts on paper: every value labelled, so no grid and no axis of values; the baseline is zero.

The town is solid, the comparison hatched and named, a provisional value dashed; a missing year keeps its place with its
sign. Every value stands in the title too, for those who do not see the picture. Coordinates are never localized.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from core.charts import in_words
from core.figures import PRINTED, SHOWN_QUALITIES, figure
from reports.kinds.house import accent

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from core.series import Point, Series

INK, GREY = "#15191c", "#454d52"
MOST_COLUMNS = 6


@dataclass(frozen=True)
class Drawing:
    """A picture of so many units, so many millimetres wide: ``(tag, attributes, text)`` one by one."""

    title: str
    width: float
    height: float
    millimetres: float
    marks: list = field(default_factory=list)
    hatch: float = 0.0


@dataclass(frozen=True)
class Scale:
    """The measures of one size of chart, in its units."""

    width: float
    height: float
    millimetres: float
    base: float
    highest: float
    label: float
    small: float


SMALL = Scale(176, 120, 60, 100, 80, 8.3, 7.6)
LARGE = Scale(500, 246, 164, 200, 172, 19, 17)


def svg(drawing: Drawing) -> SafeString:
    """The drawing as inline picture."""
    marks = format_html_join(
        "",
        "<{0}{1}>{2}</{0}>",
        (
            (tag, format_html_join("", ' {}="{}"', ((key, _plain(value)) for key, value in attributes.items())), text)
            for tag, attributes, text in drawing.marks
        ),
    )
    hatch = ""
    if drawing.hatch:
        hatch = format_html(
            '<defs><pattern id="other" width="{0}" height="{0}" patternUnits="userSpaceOnUse" '
            'patternTransform="rotate(45)"><path d="M0 0V{0}" stroke="{1}" stroke-width="{2}"/></pattern></defs>',
            _plain(drawing.hatch),
            GREY,
            _plain(drawing.hatch * 0.44),
        )
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" font-family="Fira Sans" width="{}mm" height="{}mm" '
        'viewBox="0 0 {} {}"><title>{}</title>{}{}</svg>',
        _plain(drawing.millimetres),
        _plain(round(drawing.height / drawing.width * drawing.millimetres, 1)),
        _plain(drawing.width),
        _plain(drawing.height),
        drawing.title,
        hatch,
        marks,
    )


def _plain(value: float | str) -> str:
    return f"{value:g}" if isinstance(value, int | float) else value


def _text(
    x: float, y: float, text: str, *, size: float, bold: bool = False, anchor: str = "middle", fill: str = INK
) -> tuple[str, dict[str, Any], str]:
    attributes = {"x": round(x, 1), "y": round(y, 1), "font-size": size, "text-anchor": anchor, "fill": fill}
    return "text", attributes | ({"font-weight": 600} if bold else {}), text


def _shown(point: Any, decimals: int) -> str:
    """A value as it stands at its place: a number, or the sign of what is missing."""
    if point.value is None:
        return PRINTED.get(point.sign, (point.sign or "…",))[0]
    return figure(point.value, "", point.quality, decimals)


def short_period(period: str, *, narrow: bool = False) -> str:
    """“01.03.2024” as its year, and “2019/20” as “19/20” where columns are narrow: what fits under a column."""
    text = str(period).split()[-1]
    if text.count(".") == 2:
        return text[-4:]
    return text[2:] if narrow and len(text) == 7 and text[4] == "/" else text


def _missing(point: Point) -> str:
    """Why there is no bar, in a word."""
    if point.sign == ".":
        return _("kept secret")
    return str(PRINTED.get(point.sign, ("", _("no value")))[1])


def _highest(points: Iterable[Point]) -> float:
    return float(max((point.value for point in points if point.value is not None), default=Decimal(1))) or 1.0


def _split(series: Sequence[Series]) -> tuple[Series, Series | None]:
    own = next((one for one in series if one.own), series[0])
    others = [one for one in series if one is not own and one.latest]
    return own, others[0] if others else None


def columns(series: Sequence[Series], *, name: str, unit: str, decimals: int, scale: Scale = SMALL) -> Drawing:
    """Columns of the town over the years, and the newest value of the first comparison beside them."""
    own, other = _split(series)
    points = list(own.points[-MOST_COLUMNS:])
    slots = len(points) + (1.45 if other else 0)
    step = min(scale.width / max(slots, 4), scale.width * 0.23)
    wide = round(step * 0.78, 1)
    highest = _highest([*points, *([other.latest] if other else [])])  # type: ignore[list-item]
    large = scale is LARGE
    narrow = not large and step < 31
    marks, x = [], 0.0
    for point in points:
        marks += _column(point, x, wide, highest, decimals, scale, own=True)
        marks.append(
            _text(
                x + wide / 2, scale.base + scale.small * 1.3, short_period(point.period, narrow=narrow), **_small(scale)
            )
        )
        x += step
    if other:
        x = scale.width - wide if len(points) > 3 else x + 0.45 * step
        latest = other.latest
        marks += _column(latest, x, wide, highest, decimals, scale, own=False)
        for line, text in enumerate((short_period(latest.period, narrow=narrow), brief_name(other.name)), 1):
            marks.append(_text(x + wide / 2, scale.base + scale.small * 1.3 * line, text, **_small(scale)))
    marks.append(("path", {"d": f"M0 {scale.base:g}H{scale.width:g}", "stroke": INK, "stroke-width": _line(scale)}, ""))
    marks.append(_text(0, scale.base + scale.small * 2.6, own.name, anchor="start", **_small(scale)))
    title = in_words(
        [own, *([_latest_only(other)] if other else [])],
        title=_("Column chart: %(name)s") % {"name": name},
        decimals=decimals,
        unit=unit,
    )
    return Drawing(title, scale.width, scale.height, scale.millimetres, marks, 9 if large else 3.6)


def _small(scale: Scale) -> dict[str, Any]:
    return {"size": scale.small, "fill": GREY}


def _line(scale: Scale) -> float:
    return 2 if scale is LARGE else 0.8


def brief_name(name: str) -> str:
    """A region's name where there is room for one word: “Land” for “Land Mittelauen”, “Bremen” for “Stadt Bremen”."""
    words = name.split(",")[0].split("(")[0].split()
    if not words or len(" ".join(words)) <= 11:
        return " ".join(words) or name
    return words[-1] if words[0] in ("Stadt", "Freie", "Landkreis", "Kreis", "Landeshauptstadt") else words[0]


def _latest_only(series: Series) -> Series:
    return type(series)(series.name, (series.latest,), series.own)


def _column(
    point: Any, x: float, wide: float, highest: float, decimals: int, scale: Scale, *, own: bool
) -> list[tuple[str, dict[str, Any], str]]:
    marks = []
    top = scale.base
    if point.value is not None:
        size = round(max(float(point.value), 0) / highest * scale.highest, 1)
        top = round(scale.base - size, 1)
        place = {"x": round(x, 1), "y": top, "width": wide, "height": size}
        edge = _line(scale)
        if not own:
            paint = {"fill": "url(#other)", "stroke": GREY, "stroke-width": edge}
        elif point.quality in SHOWN_QUALITIES:
            paint = {"fill": "#ffffff", "stroke": accent(), "stroke-width": edge * 1.4, "stroke-dasharray": "2.4 1.6"}
        else:
            paint = {"fill": accent()}
        marks.append(("rect", place | paint, ""))
    gap = scale.label * 0.45
    marks.append(_text(x + wide / 2, top - gap, _shown(point, decimals), size=scale.label, bold=True))
    return marks


def line(series: Sequence[Series], *, name: str, unit: str, decimals: int) -> Drawing:
    """A line of the town from zero; where a value is missing the line breaks. The newest comparison is a square."""
    own, other = _split(series)
    points = list(own.points[-8:])
    highest = _highest([*points, *([other.latest] if other else [])])  # type: ignore[list-item]
    base, colour = 104.0, accent()
    step = 148 / max(len(points) - 1, 1)
    lines, dots, texts = [], [], []
    before, own_label = None, 0
    for index, point in enumerate(points):
        x = round(14 + index * step, 1)
        texts.append(_text(x, 114, short_period(point.period), size=7.6 if step > 30 else 6.6, fill=GREY))
        if point.value is None:
            texts.append(_text(x, 98, _shown(point, decimals), size=8.3, bold=True))
            before = None
            continue
        y = round(base - float(point.value) / highest * 84, 1)
        provisional = point.quality in SHOWN_QUALITIES
        if before:
            dash = {"stroke-dasharray": "3 2.4"} if provisional else {}
            path = f"M{before[0]:g} {before[1]:g} {x:g} {y:g}"
            lines.append(("path", {"d": path, "fill": "none", "stroke": colour, "stroke-width": 2} | dash, ""))
        paint = {"fill": "#ffffff", "stroke": colour, "stroke-width": 1.4} if provisional else {"fill": colour}
        dots.append(("circle", {"cx": x, "cy": y, "r": 2.7} | paint, ""))
        own_label = len(texts)
        texts.append(_text(x, y - 6, _shown(point, decimals), size=8.3, bold=True))
        before = (x, y)
    if other and other.latest.value is not None:
        y = round(base - float(other.latest.value) / highest * 84, 1)
        dots.append(("rect", {"x": 158.6, "y": y - 3.4, "width": 6.8, "height": 6.8, "fill": GREY}, ""))
        below = 12.8 if not before or y >= before[1] else -7
        if below < 0 and before[1] - y < 16:  # type: ignore[index]  # the two numbers would lie on each other: the town's goes below its point
            texts[own_label] = _text(before[0], before[1] + 12.8, _shown(own.latest, decimals), size=8.3, bold=True)  # type: ignore[index]
        texts.append(_text(162, y + below, _shown(other.latest, decimals), size=8.3, bold=True))
        texts.append(_text(151, y + below, brief_name(other.name), size=7.6, anchor="end", fill=GREY))
    axis = ("path", {"d": f"M0 {base:g}H176", "stroke": INK, "stroke-width": 0.8}, "")
    title = in_words(
        [type(own)(own.name, tuple(points), own.own), *([_latest_only(other)] if other else [])],
        title=_("Line chart: %(name)s") % {"name": name},
        decimals=decimals,
        unit=unit,
    )
    return Drawing(title, 176, 118, 60, [axis, *lines, *dots, *texts])


def bars(
    rows: Sequence[tuple[str, Point]],
    *,
    name: str,
    period: str,
    unit: str,
    decimals: int,
    mean: Point | None = None,
    mean_name: str = "",
) -> Drawing:
    """Districts one below the other, longest first: ``(name, point)``; a dashed line for the whole."""
    highest = _highest([point for _name, point in rows] + ([mean] if mean else []))
    marks, height = [], len(rows) * 18 + 2.0
    room = 176 - 52 - 24
    labels = []
    line_at = None
    if mean is not None and mean.value is not None:
        line_at = round(52 + float(mean.value) / highest * room, 1)
    for index, (label, point) in enumerate(rows):
        y = 2 + index * 18
        marks.append(_text(47, y + 9, label, size=8.3, anchor="end"))
        if point.value is None:
            labels.append(_text(57, y + 9, _shown(point, decimals), size=8.3, bold=True, anchor="start"))
            labels.append(_text(64, y + 9, _missing(point), size=7.6, anchor="start", fill=GREY))
            continue
        size = round(float(point.value) / highest * room, 1)
        marks.append(("rect", {"x": 52, "y": y, "width": size, "height": 12, "fill": accent()}, ""))
        # where the line of the mean would cross the number, the number moves into its bar
        inside = line_at is not None and 52 + size - 2 < line_at < 52 + size + 20 and size > 24
        place = {"anchor": "end", "fill": "#ffffff"} if inside else {"anchor": "start"}
        labels.append(
            _text((49 if inside else 55) + size, y + 9, _shown(point, decimals), size=8.3, bold=True, **place)
        )
    if line_at is not None:
        x = line_at
        path = f"M{x:g} 0V{height:g}"
        marks.append(("path", {"d": path, "stroke": "#ffffff", "stroke-width": 2}, ""))
        dashes = {"d": path, "stroke": INK, "stroke-width": 0.8, "stroke-dasharray": "2.4 1.8"}
        marks.append(("path", dashes, ""))
        marks.append(_text(x, height + 9, f"{mean_name} {_shown(mean, decimals)}", size=7.6, fill=GREY))
    marks.append(("path", {"d": f"M52 0V{height:g}", "stroke": INK, "stroke-width": 0.8}, ""))
    marks += labels

    def said(point: Point) -> str:
        if point.value is None:
            return _missing(point)
        return figure(point.value, point.sign, point.quality, decimals, unit)

    title = _("Bar chart: %(name)s, %(period)s") % {"name": name, "period": period}
    values = "; ".join(f"{label} {said(point)}" for label, point in [*rows, *([(mean_name, mean)] if mean else [])])
    return Drawing(f"{title}. {values}.", 176, height + 14, 60, marks)
