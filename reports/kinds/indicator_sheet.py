# SPDX-License-Identifier: EUPL-1.2
"""The sheet of a key figure, one page: its numbers, development and districts, its definition, and what stands on it.

It is made from released values alone, so it has one edition: public.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.figures import figure, signed
from core.series import Series, from_json, to_json
from core.templatetags.ui import sign_legend
from indicators.models import Region
from indicators.output import rounding_note
from indicators.series import series_for, state_of_data
from recommendations.models import Recommendation
from reports.kinds import Kind, drawing, parts, rights, setting
from reports.kinds.briefing import in_percent
from reports.kinds.house import house

if TYPE_CHECKING:
    from indicators.models import KeyFigure
    from reports.content import Content

MOST_DISTRICTS = 12


def build(key_figure: KeyFigure, variant: str, options: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A key figure for one region (``options["region"]``, else the municipality), beside the level above it."""
    options = options or {}
    asked = Region.objects.filter(key=options.get("region", "")).values_list("key", flat=True).first()
    own_key = asked or settings.MUNICIPALITY_KEY
    region = Region.objects.select_related("parent").filter(key=own_key).first()
    above = region.parent if region else None
    below = list(region.children.filter(is_current=True).order_by("key")[:MOST_DISTRICTS]) if region else []
    keys = [own_key, *([above.key] if above else []), *(one.key for one in below)]
    found = series_for([key_figure], list(dict.fromkeys(keys)))
    own = found[key_figure.pk, own_key]
    other = found.get((key_figure.pk, above.key)) if above else None
    table = key_figure.table
    shown = [Series(own.name, own.points, own=True), *([Series(other.name, other.points)] if other else [])]
    return {
        **house(variant),
        "code": key_figure.code,
        "name": key_figure.name,
        "topic": key_figure.indicator.topic,
        "indicator": key_figure.indicator.name,
        "definition": key_figure.definition,
        "numerator": key_figure.numerator_label,
        "denominator": key_figure.denominator_label,
        "measured_in": key_figure.unit,
        "decimals": key_figure.decimals,
        "population": key_figure.population,
        "period_label": key_figure.period_label,
        "caveats": key_figure.caveats,
        "reading_example": key_figure.reading_example,
        "source": key_figure.source_label,
        "table": table.code,
        "publisher": table.publisher,
        "licence": table.licence,
        "protected": not table.is_open,
        "rounding": rounding_note(table),
        "as_of": parts.date_of(state_of_data(key_figure)),
        "next": parts.day(table.next_delivery_on),
        "series": to_json(one for one in shown if one.points),
        "districts": to_json(_named(found[key_figure.pk, one.key], one) for one in below),
        "stand_on_it": _stand_on_it(key_figure),
    }


def _named(series: Series, region: Region) -> Series:
    return Series(series.name if series.points else region.name, series.points, own=True)


def _stand_on_it(key_figure: KeyFigure) -> list[str]:
    """Approved recommendations that stand on the figure; what is not approved yet is not public."""
    approved = Recommendation.objects.filter(evidence__key_figure=key_figure, approval__isnull=False)
    return [
        ", ".join((one.title, one.lead_department.code, str(one.state_label)))
        for one in approved.select_related("lead_department", "approval").order_by("pk").distinct()
    ]


def context(content: Content) -> dict[str, Any]:
    """Key numbers, the sentence about the development, both charts with their tables, and the definition."""
    series = from_json(content["series"])
    code = _("Key figure sheet %(code)s") % {"code": content["code"]}
    made = setting.frame(
        content,
        title=content["name"],
        kind=code,
        head=code,
        rule=_("Values that are kept secret stand in no edition."),
        facts=[
            (_("Topic"), content["topic"]),
            (_("Status"), setting.status(False)),
            (_("State of the data"), content["as_of"]),
            (_("Next value"), content["next"]),
        ],
        page="sheet",
    ) | {"aside_code": True}
    if not series or not series[0].latest:
        return {"frame": made, "figures": [], "claim": _("There is no released value yet."), "terms": _terms(content)}
    unit = content["measured_in"]
    draw = drawing.line(series, name=content["name"], unit=unit, decimals=content["decimals"])
    if len(series[0].points) < 3:
        draw = drawing.columns(series, name=content["name"], unit=unit, decimals=content["decimals"])
    table = parts.table_of(
        series,
        decimals=content["decimals"],
        period_label=parts.short(content["period_label"], 14),
        numerator=content["numerator"],
        denominator=content["denominator"],
    )
    development = {
        "drawing": draw,
        "caption": in_percent(content["name"]) if unit == "%" else f"{content['name']}, {unit}",
        "table": table,
        "unit": unit,
    }
    districts = _districts(content, series[0])
    everything = [*series, *from_json(content["districts"])] if districts else series
    signs = sign_legend(everything)
    if table["unmeant"]:
        signs = ", ".join(part for part in (signs, _("x not given here")) if part)
    return {
        "frame": made,
        "figures": _figures(content, series),
        "claim": claim_of(series[0]),
        "development": development,
        "districts_pair": districts,
        "signs": signs,
        "terms": _terms(content),
    }


def _figures(content: Content, series: Sequence[Series]) -> list[tuple[str, str]]:
    own, decimals, unit = series[0], content["decimals"], content["measured_in"]
    latest = own.latest
    found = [(figure(latest.value, latest.sign, latest.quality, decimals, unit), f"{own.name}, {latest.period}")]
    known = [point for point in own.points if point.value is not None]
    if len(known) > 1 and latest.value is not None:
        change = signed(latest.value - known[0].value, decimals)  # type: ignore[operator]
        words = _("percentage points since %(period)s") if unit == "%" else _("since %(period)s")
        found.append((change, words % {"period": known[0].period}))
    for other in series[1:2]:
        there = other.latest
        found.append((figure(there.value, there.sign, there.quality, decimals, unit), f"{other.name}, {there.period}"))
    return found


def claim_of(own: Series) -> str:
    """How the figure developed, in one sentence; no word about causes."""
    known = [point.value for point in own.points if point.value is not None]
    if len(known) < 2:
        return _("There is one value so far.")
    if len(known) < len(own.points) and own.latest.value is None:
        return _("There is no newest value.")
    moves = [(now > before) - (now < before) for before, now in itertools.pairwise(known)]
    last = moves[-1]
    run = 0
    for move in reversed(moves):
        if move != last:
            break
        run += 1
    if last == 0:
        return _("The value did not change last.")
    before = moves[: len(moves) - run]
    if run == 1 and len(before) > 1 and len(set(before)) == 1 and before[0]:
        if last < 0:
            return _("The value rose %(times)s times in a row and fell last.") % {"times": _times(len(before))}
        return _("The value fell %(times)s times in a row and rose last.") % {"times": _times(len(before))}
    if run == len(moves) and run > 1:
        if last > 0:
            return _("The value has risen every time since %(period)s.") % {"period": _first(own)}
        return _("The value has fallen every time since %(period)s.") % {"period": _first(own)}
    if run == 1:
        return _("The value rose last.") if last > 0 else _("The value fell last.")
    if last > 0:
        return _("The value rose %(times)s times in a row.") % {"times": _times(run)}
    return _("The value fell %(times)s times in a row.") % {"times": _times(run)}


def _first(own: Series) -> str:
    return next(point.period for point in own.points if point.value is not None)


def _times(count: int) -> str:
    """Small numbers as words, as people write them in a sentence."""
    words = {2: _("two"), 3: _("three"), 4: _("four"), 5: _("five"), 6: _("six"), 7: _("seven"), 8: _("eight")}
    return words.get(count, str(count))


def _districts(content: Content, own: Series) -> dict[str, Any] | None:
    """The newest period of which districts have values, longest bar first; nothing where there are no districts."""
    districts = [one for one in from_json(content["districts"]) if one.points]
    if len(districts) < 2:
        return None
    period = districts[0].latest.period
    rows = [(one.name, next((point for point in one.points if point.period == period), None)) for one in districts]
    rows = [(name, point) for name, point in rows if point is not None]
    rows.sort(key=lambda row: (row[1].value is None, -(row[1].value or 0)))
    mean = next((point for point in own.points if point.period == period), None)
    decimals, unit = content["decimals"], content["measured_in"]
    counts = any(point.denominator is not None for _name, point in rows)
    header = [_("District")]
    if counts:
        header += [
            parts.short(content["denominator"]) or _("Denominator"),
            parts.short(content["numerator"]) or _("Numerator"),
        ]
    table = {
        "header": header,
        "counts": counts,
        "rows": [parts.row(name, point, decimals, counts, own=True) for name, point in rows],
        "total": parts.row(own.name, mean, decimals, counts, own=True) if mean else None,
    }
    words = {"label": content["period_label"], "period": period}
    return {
        "drawing": drawing.bars(
            rows,
            name=content["name"],
            period=period,
            unit=unit,
            decimals=decimals,
            mean=mean,
            mean_name=drawing.brief_name(own.name),
        ),
        "caption": _("%(label)s %(period)s") % words,
        "table": table,
        "unit": unit,
        "hidden": any(point.sign == "." for _name, point in rows),
    }


def _terms(content: Content) -> list[tuple[str, str]]:
    """The definition, term by term."""
    secrecy = ""
    if content["protected"]:
        secrecy = _("Small counts and what would give them away are kept secret.")
    found = [
        (_("Definition"), content["definition"]),
        (_("Numerator"), content["numerator"]),
        (_("Denominator"), content["denominator"]),
        (_("Population"), content["population"]),
        (_("Limits"), content["caveats"]),
        (_("Source"), ", ".join(part for part in (content["source"], content["table"]) if part)),
        (_("Licence"), content["licence"]),
        (_("Confidentiality"), " ".join(part for part in (secrecy, content["rounding"]) if part)),
    ]
    return [(name, text) for name, text in found if text]


def attachments(content: Content) -> list[tuple[str, str, bytes]]:
    series = [*from_json(content["series"]), *from_json(content["districts"])]
    rows = parts.series_rows(series, content["decimals"], content["measured_in"])
    return [setting.csv_file(_("key figure"), content["code"], parts.series_header(), rows)] if rows else []


KIND = Kind(
    code="indicator_sheet",
    label=gettext_lazy("Key figure sheet"),
    subject="indicators.KeyFigure",
    template="print/kinds/indicator_sheet.html",
    variants=("public",),
    build=build,
    context=context,
    may_order=rights.can_order_sheet,
    attachments=attachments,
    asks=("region",),
)
