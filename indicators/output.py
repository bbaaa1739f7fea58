# SPDX-License-Identifier: EUPL-1.2
"""Key figures as sheets for download. They hold what the page shows: publishable values, rounded as printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.figures import PRINTED, QUALITIES, SHOWN_QUALITIES
from core.sheets import Sheet
from indicators.series import newest_delivery, state_of_data

if TYPE_CHECKING:
    from core.series import Series
    from indicators.models import KeyFigure, Table


def shown(value: Decimal | None, decimals: int) -> Decimal | None:
    """A value as it is printed, so that no channel says more than another."""
    return None if value is None else value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def series_sheet(key_figure: KeyFigure, series: Sequence[Series]) -> Sheet:
    """One row per region and period."""
    header = [
        *(_("key figure"), _("region key"), _("region"), _("period"), _("value"), _("sign"), _("quality")),
        *(_("unit"), _("numerator"), _("denominator")),
    ]
    rows = [
        [
            key_figure.name,
            one.key,
            one.name,
            point.period,
            shown(point.value, key_figure.decimals),
            PRINTED.get(point.sign, ("",))[0],
            point.quality if point.quality in SHOWN_QUALITIES else "",
            key_figure.unit,
            shown(point.numerator, 0),
            shown(point.denominator, 0),
        ]
        for one in series
        for point in one.points
    ]
    return Sheet(key_figure.code, key_figure.name, header, rows, notes_of(key_figure, series))


def overview_sheet(name: str, title: str, rows: Sequence[tuple[KeyFigure, Series, Series | None]]) -> Sheet:
    """One row per key figure: ``(key figure, series, comparison series or None)``."""
    header = [
        *(_("code"), _("key figure"), _("topic"), _("region"), _("period"), _("value"), _("sign"), _("unit")),
        *(_("change"), _("compared with"), _("value there"), _("source")),
    ]
    table = []
    for key_figure, own, other in rows:
        latest, there = own.latest, other.latest if other else None
        table.append(
            [
                key_figure.code,
                key_figure.name,
                key_figure.indicator.topic,
                own.name,
                latest.period if latest else "",
                shown(latest.value, key_figure.decimals) if latest else None,
                PRINTED.get(latest.sign, ("",))[0] if latest else "",
                key_figure.unit,
                shown(own.change, key_figure.decimals),
                other.name if other else "",
                shown(there.value, key_figure.decimals) if there else None,
                key_figure.source_label,
            ]
        )
    return Sheet(name, title, header, table, legend_notes([own for _key_figure, own, _other in rows]))


def notes_of(key_figure: KeyFigure, series: Sequence[Series]) -> list[str]:
    """Definition, source, licence and state, and what every sign means."""
    table = key_figure.table
    lines = [
        key_figure.definition,
        _("Source: %(source)s, table %(table)s, as of %(as_of)s.")
        % {"source": key_figure.source_label, "table": table.code, "as_of": state_of_data(key_figure) or "–"},
        table.licence,
        key_figure.caveats,
        rounding_note(table),
        *legend_notes(series),
    ]
    delivery = newest_delivery(table)
    if delivery and delivery.footnotes:
        lines.append(delivery.footnotes)
    return [line for line in lines if line]


def rounding_note(table: Table) -> str:
    """The sentence that every table of rounded values needs."""
    base = {"round_5": 5, "round_3": 3}.get(table.protection)
    if not base:
        return ""
    return _("For confidentiality, counts are rounded to multiples of %(base)s; sums may differ from their parts.") % {
        "base": base
    }


def legend_notes(series: Iterable[Series]) -> list[str]:
    """Each sign and quality that occurs, with its meaning."""
    points = [point for one in series for point in one.points]
    signs = sorted({point.sign for point in points if point.sign in PRINTED})
    qualities = sorted({point.quality for point in points if point.quality in SHOWN_QUALITIES})
    return [f"{PRINTED[sign][0]}  {PRINTED[sign][1]}" for sign in signs] + [
        f"{quality}  {QUALITIES[quality]}" for quality in qualities
    ]
