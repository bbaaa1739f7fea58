# SPDX-License-Identifier: EUPL-1.2
"""Key figures as series: worked out from observations, with every sign kept."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.figures import figure
from core.series import Point, Series, to_json
from indicators.models import KeyFigure, Observation, PeriodKind, Region

WORST_FIRST = ("()", "s", "p", "r", "e")


def period_label(period, kind):
    """A period as people write it: “2022/23”, “1. März 2024”, “WS 2023/24”, “2025”."""
    if period.endswith("P6M"):
        year, month = period[:4], period[5:7]
        return f"WS {year}/{int(year[2:]) + 1:02d}" if month == "10" else f"SS {year}"
    if len(period) == 10:
        year, month, day = period.split("-")
        return pgettext("date format", "%(day)s.%(month)s.%(year)s") % {"day": day, "month": month, "year": year}
    if period.isdigit() and kind == PeriodKind.SCHOOL_YEAR_END:
        return f"{int(period) - 1}/{period[2:]}"
    if period.isdigit() and kind == PeriodKind.SCHOOL_YEAR_START:
        return f"{period}/{int(period[2:]) + 1:02d}"
    return period


def series_of(key_figure, region_key):
    """The key figure of one region over all periods there are; a missing period stays missing."""
    region = Region.objects.filter(key=region_key).first()
    numerators = _observations(key_figure, key_figure.numerator, region_key)
    denominators = _observations(key_figure, key_figure.denominator, region_key) if key_figure.denominator else {}
    points = [_point(key_figure, period, numerators[period], denominators.get(period)) for period in sorted(numerators)]
    return Series(
        name=region.name if region else region_key,
        points=tuple(points),
        own=bool(region_key) and region_key == settings.MUNICIPALITY_KEY,
    )


def _observations(key_figure, selector, region_key):
    """The observations a selector names, by period."""
    wanted = {name: selector[name] for name in ("measure", "unit", "dimensions") if name in selector}
    found = Observation.objects.filter(region_key=region_key, **wanted)
    if "table" in selector:
        found = found.filter(table__code=selector["table"])
    else:
        found = found.filter(table=key_figure.table_id)
    return {one.period: one for one in found}


def _point(key_figure, period, numerator, denominator):
    label = period_label(period, key_figure.table.period_kind)
    if not key_figure.denominator:
        return Point(label, numerator.value, numerator.sign, numerator.quality)
    parts = [part for part in (numerator, denominator) if part is not None]
    sign = next((part.sign for part in parts if part.sign), "")
    if denominator is None:
        sign = sign or "..."
    quality = next((mark for mark in WORST_FIRST if any(part.quality == mark for part in parts)), "")
    numbers = {"numerator": numerator.value, "denominator": denominator.value if denominator else None}
    if sign or not denominator.value:
        return Point(label, None, sign or "x", "", **numbers)
    value = numerator.value / denominator.value * Decimal(key_figure.factor)
    return Point(label, value, "", quality, **numbers)


@dataclass(frozen=True)
class Snapshot:
    """A figure as it is now, ready to be pinned: everything evidence keeps a copy of."""

    key_figure: KeyFigure
    name: str
    value: Decimal | None
    sign: str
    quality: str
    unit: str
    decimals: int
    period: str
    region_key: str
    region_name: str
    comparison: str
    series: list[dict[str, Any]]
    table_code: str
    source_label: str
    as_of: str
    reading_example: str


def snapshot(key_figure, *, region_key, comparison_key=None):
    """The latest value of a region with its series, and one region to compare with; None where there is no value."""
    own = series_of(key_figure, region_key)
    latest = own.latest
    if latest is None:
        return None
    own = Series(own.name, own.points, own=True)
    shown, comparison = [own], ""
    if comparison_key:
        other = series_of(key_figure, comparison_key)
        if other.latest:
            shown.append(other)
            value = figure(
                other.latest.value, other.latest.sign, other.latest.quality, key_figure.decimals, key_figure.unit
            )
            comparison = _("%(region)s %(period)s: %(value)s") % {
                "region": other.name,
                "period": other.latest.period,
                "value": value,
            }
    return Snapshot(
        key_figure=key_figure,
        name=key_figure.name,
        value=latest.value,
        sign=latest.sign,
        quality=latest.quality,
        unit=key_figure.unit,
        decimals=key_figure.decimals,
        period=latest.period,
        region_key=region_key,
        region_name=own.name,
        comparison=comparison,
        series=to_json(shown),
        table_code=key_figure.table.code,
        source_label=key_figure.source_label,
        as_of=state_of_data(key_figure),
        reading_example=key_figure.reading_example,
    )


def state_of_data(key_figure):
    """The date that the newest delivery of the table gives for itself, or the day it was taken over."""
    newest = (
        Observation.objects.filter(table=key_figure.table_id)
        .select_related("source")
        .order_by("-source__stored_at")
        .first()
    )
    if newest is None:
        return ""
    return newest.source.as_of or newest.source.stored_at.strftime("%d.%m.%Y")
