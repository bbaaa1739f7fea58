# SPDX-License-Identifier: EUPL-1.2
"""Key figures as series: worked out from publishable values alone, with every sign kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import pgettext

from core.series import Point, Series, compared, to_json, told
from indicators.expressions import terms_of
from indicators.models import (
    ComparisonGroup,
    Finding,
    Import,
    ImportState,
    Item,
    KeyFigure,
    Observation,
    PeriodKind,
    Region,
)
from indicators.publishable import published
from indicators.publishable.links import cell_of

if TYPE_CHECKING:
    from indicators.expressions import Term
    from indicators.models import Table
    from indicators.publishable.door import Value
    from indicators.querysets import ImportQuerySet

WORST_FIRST = ("()", "s", "p", "r", "e")
WORST_SIGN_FIRST = (".", "x", "/", "...", "-")
SMALLEST_BASE = 20  # a rate on fewer people says more about them than about the region
GROUP = "group:"


def equivalents(key: str) -> list[str]:
    """The keys under which official tables know the same territory: a city state, a city without a district."""
    found = [key]
    if key in ("02", "11"):
        found += [f"{key}000", f"{key}000000"]
    elif key in ("02000", "11000"):
        found += [key[:2], f"{key}000"]
    elif len(key) == 5:
        found.append(f"{key}000")
    elif len(key) == 8 and key.endswith("000"):
        found += [key[:5], *([key[:2]] if key[:5] in ("02000", "11000") else [])]
    return found


def period_label(period: str, kind: str) -> str:
    """A period as people write it: “2022/23”, “1. März 2024”, “WS 2023/24”, “2025”."""
    if period.endswith("P6M"):
        year, month = period[:4], period[5:7]
        return f"WS {year}/{int(year[2:]) + 1:02d}" if month == "10" else f"SS {year}"
    if len(period) == 10:
        year, month, day = period.split("-")
        return pgettext("date format", "%(day)s.%(month)s.%(year)s") % {"day": day, "month": month, "year": year}
    if period.isdigit() and kind == PeriodKind.SCHOOL_YEAR_END:
        return f"{int(period) - 1}/{period[2:]}"
    if period.isdigit() and kind in (PeriodKind.SCHOOL_YEAR_START, PeriodKind.KINDERGARTEN_YEAR):
        return f"{period}/{(int(period) + 1) % 100:02d}"
    return period


def series_of(key_figure: KeyFigure, region_key: str) -> Series:
    """The key figure of one region, or of ``group:<id>``, over all periods there are; a missing one stays missing."""
    return series_for([key_figure], [region_key])[key_figure.pk, region_key]


def series_for(key_figures: Sequence[KeyFigure], region_keys: Sequence[str]) -> dict[tuple[int, str], Series]:
    """``{(key figure id, region key): Series}``, all of them with a handful of queries."""
    groups = {
        f"{GROUP}{group.pk}": group
        for group in ComparisonGroup.objects.filter(
            pk__in=[key.removeprefix(GROUP) for key in region_keys if key.startswith(GROUP)]
        ).prefetch_related("members")
    }
    members = {key: [member.key for member in group.members.all()] for key, group in groups.items()}
    plain = {key for key in region_keys if key not in groups} | {one for keys in members.values() for one in keys}
    names = dict(Region.objects.filter(key__in=plain).values_list("key", "name"))
    source = _Source(key_figures, {one for key in plain for one in equivalents(key)})
    found = {}
    for key_figure in key_figures:
        for key in region_keys:
            if key in groups:
                points, name = source.group_points(key_figure, members[key]), groups[key].name
            else:
                points, name = source.points(key_figure, key), names.get(key, key)
            own = bool(key) and key == settings.MUNICIPALITY_KEY
            found[key_figure.pk, key] = Series(name, tuple(points), own, key)
    return found


class _Source:
    """The publishable values that some key figures are made of, for some regions."""

    def __init__(self, key_figures: Sequence[KeyFigure], region_keys: Iterable[str]) -> None:
        self.terms = {
            key_figure.pk: (terms_of(key_figure.numerator), terms_of(key_figure.denominator))
            for key_figure in key_figures
        }
        wanted = defaultdict(set)
        for key_figure in key_figures:
            for side in self.terms[key_figure.pk]:
                for name in (name for term in side for name in term.names):
                    wanted[name.get("table", key_figure.table.code)].add(name["measure"])
        items = [
            item
            for code, measures in wanted.items()
            for item in Item.objects.filter(table__code=code, measure__in=measures).select_related("table")
        ]
        self.items = defaultdict(list)
        for item in items:
            self.items[item.table.code, item.measure].append(item)
        self.values = defaultdict(dict)
        for (item_id, region, period), value in published(items, region_keys).items():
            self.values[item_id, region][period] = value

    def _item(self, key_figure: KeyFigure, name: Mapping[str, str]) -> Item | None:
        """The item a name stands for; without categories it is the total."""
        for item in self.items.get((name.get("table", key_figure.table.code), name["measure"]), ()):
            if "unit" in name and item.unit != name["unit"]:
                continue
            if "dimensions" in name:
                if item.dimensions == name["dimensions"]:
                    return item
            elif not cell_of("", "", item.dimensions, "", "").dimensions:
                return item
        return None

    def _term(self, key_figure: KeyFigure, term: Term, region: str) -> tuple[dict[str, Value], bool]:
        """``({period: value}, whether the table is protected)`` of one summand in one region."""
        found, protected = {}, False
        for name in reversed(term.names):
            item = self._item(key_figure, name)
            if item is None:
                continue
            protected = protected or not item.table.is_open
            for key in reversed(equivalents(region)):
                found.update(self.values.get((item.pk, key), {}))
        if term.shift:
            found = {str(int(period[:4]) - term.shift): value for period, value in found.items()}
        return found, protected

    def _side(
        self, key_figure: KeyFigure, terms: Iterable[Term], region: str
    ) -> tuple[dict[str, tuple[Any, str, str]], bool]:
        """``{period: (value, sign, quality)}`` of numerator or denominator, and whether it is protected."""
        sides = [self._term(key_figure, term, region) for term in terms]
        if not sides:
            return {}, False
        found = {}
        for period in sides[0][0]:
            parts = [_at(values, period) for values, _protected in sides]
            sign = _worst([part.sign if part else "..." for part in parts], WORST_SIGN_FIRST)
            value = None
            if not sign:
                value = sum(term.times * part.value for term, part in zip(terms, parts, strict=True))
            found[period] = (value, sign, _worst([part.quality for part in parts if part], WORST_FIRST))
        return found, any(protected for _values, protected in sides)

    def points(self, key_figure: KeyFigure, region: str) -> list[Point]:
        numerator_terms, denominator_terms = self.terms[key_figure.pk]
        numerators, secret = self._side(key_figure, numerator_terms, region)
        denominators, also_secret = self._side(key_figure, denominator_terms, region)
        return [
            _point(
                key_figure,
                period,
                numerators[period],
                _at(denominators, period) if denominator_terms else None,
                secret or also_secret,
            )
            for period in sorted(numerators)
        ]

    def group_points(self, key_figure: KeyFigure, members: Sequence[str]) -> list[Point]:
        """All members as one: numerators and denominators added up, a mean where there is no denominator."""
        everyone = [self._sides(key_figure, member) for member in members]
        periods = sorted({period for numerators, _denominators, _secret in everyone for period in numerators})
        points = []
        for period in periods:
            tops = [numerators.get(period, (None, "...", "")) for numerators, _denominators, _secret in everyone]
            top = _added(tops)
            bottom = None
            if key_figure.denominator:
                bottom = _added([_at(denominators, period) or (None, "...", "") for _n, denominators, _s in everyone])
            elif top[0] is not None:
                top = (top[0] / len(members), *top[1:])
            points.append(_point(key_figure, period, top, bottom, any(secret for *_rest, secret in everyone)))
        return points

    def _sides(
        self, key_figure: KeyFigure, region: str
    ) -> tuple[dict[str, tuple[Decimal, str, str]], dict[str, tuple[Decimal, str, str]], bool]:
        numerator_terms, denominator_terms = self.terms[key_figure.pk]
        numerators, secret = self._side(key_figure, numerator_terms, region)
        denominators, also_secret = self._side(key_figure, denominator_terms, region)
        return numerators, denominators, secret or also_secret


def _at(values: Mapping[str, Any], period: str) -> Any:
    """The value of a period; of a reference date in its year where the other side names years."""
    if period in values:
        return values[period]
    return next((values[other] for other in sorted(values, reverse=True) if other[:4] == period[:4]), None)


def _added(sides: Sequence[tuple[Any, str, str]]) -> tuple[Any, str, str]:
    sign = _worst([sign for _value, sign, _quality in sides], WORST_SIGN_FIRST)
    quality = _worst([quality for _value, _sign, quality in sides], WORST_FIRST)
    return (None if sign else sum(value for value, _sign, _quality in sides)), sign, quality


def _worst(marks: Sequence[str], order: Iterable[str]) -> str:
    return next((mark for mark in order if mark in marks), "")


def _point(
    key_figure: KeyFigure,
    period: str,
    numerator: Any,
    denominator: Any,
    secret: bool,
) -> Point:
    label = period_label(period, key_figure.table.period_kind)
    value, sign, quality = numerator
    if not key_figure.denominator:
        return Point(label, value, sign, quality)
    below, sign_below, quality_below = denominator or (None, "...", "")
    numbers = {"numerator": value, "denominator": below}
    sign = _worst([sign, sign_below], WORST_SIGN_FIRST)
    if secret and below is not None and below < SMALLEST_BASE:
        return Point(label, None, ".", "", **numbers)
    if sign or not below:
        return Point(label, None, sign or "x", "", **numbers)
    rate = value / below * Decimal(key_figure.factor)
    return Point(label, rate, "", _worst([quality, quality_below], WORST_FIRST), **numbers)


def deliveries_of(key_figure: KeyFigure, region_keys: Sequence[str]) -> ImportQuerySet:
    """The deliveries that the values of these regions come from."""
    items = _Source([key_figure], ()).items
    ids = [item.pk for found in items.values() for item in found]
    sources = Observation.objects.filter(item__in=ids, region_key__in=region_keys).values("source")
    return Import.objects.filter(pk__in=sources)


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
    comparison_key: str
    comparison: str
    series: list[dict[str, Any]]
    table_code: str
    source_label: str
    as_of: str
    reading_example: str
    finding: Finding | None = None

    @property
    def sentence(self) -> str:
        """The figure as a sentence, where nobody wrote a better one."""
        return told(self, self.name, self.decimals, self.unit)


def snapshot(key_figure: KeyFigure, *, region_key: str, comparison_key: str | None = None) -> Snapshot | None:
    """The latest value of a region with its series, and one region to compare with; None where there is no value."""
    keys = [region_key, *([comparison_key] if comparison_key else [])]
    found = series_for([key_figure], keys)
    own = found[key_figure.pk, region_key]
    latest = own.latest
    if latest is None:
        return None
    own = Series(own.name, own.points, own=True)
    shown = [own]
    if comparison_key and (other := found[key_figure.pk, comparison_key]).latest:
        shown.append(Series(other.name, other.points))
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
        comparison_key=comparison_key or "",
        comparison=_compared(to_json(shown), key_figure),
        series=to_json(shown),
        table_code=key_figure.table.code,
        source_label=key_figure.source_label,
        as_of=state_of_data(key_figure),
        reading_example=key_figure.reading_example,
    )


def snapshot_of(finding: Finding) -> Snapshot:
    """The figure as a finding has pinned it."""
    key_figure = finding.key_figure
    return Snapshot(
        key_figure=key_figure,
        name=key_figure.name,
        value=finding.value,
        sign=finding.sign,
        quality=finding.quality,
        unit=key_figure.unit,
        decimals=key_figure.decimals,
        period=finding.period,
        region_key=finding.region_key,
        region_name=finding.region_name,
        comparison_key=finding.comparison_key,
        comparison=_compared(finding.series, key_figure),
        series=finding.series,
        table_code=key_figure.table.code,
        source_label=key_figure.source_label,
        as_of=state_of_data(key_figure),
        reading_example=key_figure.reading_example,
        finding=finding,
    )


def _compared(series: Sequence[dict[str, Any]], key_figure: KeyFigure) -> str:
    """What a decision freezes under its checksum, in the language of the installation whoever pins it."""
    with translation.override(settings.LANGUAGE_CODE):
        return compared(series, key_figure.decimals, key_figure.unit)


def state_of_data(key_figure: KeyFigure) -> str:
    """The date that the newest delivery of the table gives for itself, or the day it was taken over."""
    newest = newest_delivery(key_figure.table)
    return (newest.as_of or f"{timezone.localtime(newest.stored_at):%d.%m.%Y}") if newest else ""


def newest_delivery(table: Table) -> Import | None:
    """The delivery of a table that was taken over last."""
    return Import.objects.filter(table_code=table.code, state=ImportState.STORED).order_by("-stored_at").first()
