# SPDX-License-Identifier: EUPL-1.2
"""“Statistischer Bericht”: the sheets called ``csv-…`` of the report's workbook, or one of them saved as CSV.

Regions stand in them by name, never by key; columns between the region and the year are categories.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from core.sentences import sentence as _
from indicators.readers.delivery import Cell, Delivery, Item, RegionLabel
from indicators.readers.values import STATES, clean_category, level_of, period_of, unit_of, value_of
from indicators.readers.workbook import rows_of

if TYPE_CHECKING:
    from indicators.readers.source import Source

FIXED = {"Statistik", "Gebiet", "Jahr", "Masseinheit", "Anmerkung"}
CODE = re.compile(r"(\d{5})")


def recognises(source: Source) -> bool:
    if source.workbook is not None:
        return any(name.startswith("csv-") for name in source.workbook.sheet_names)
    return {"Statistik", "Gebiet", "Jahr", "Masseinheit"} <= set(source.first_line.split(";"))


def read(source: Source, *, table_code: str = "", repair: bool = False) -> Delivery:
    if source.workbook is not None:
        names = [name for name in source.workbook.sheet_names if name.startswith("csv-")]
        tables = [rows_of(source.sheet(name)) for name in names]
        named = names[0]
    else:
        tables = [list(source.rows())]
        named = source.name
    found = CODE.search(named)
    rows = [row for row in tables[0][1:] if row and row[0].strip()]
    if not rows:
        raise ValidationError(_("The file has a header but no values. Please download the table again."))
    delivery = Delivery(
        layout="statistical-report",
        table_code=table_code or (found.group(1) if found else named),
        title=rows[0][0].strip(),
        statistic=rows[0][0].strip(),
        publisher="Statistisches Bundesamt (Destatis)",
        cells=iter(()),
    )
    delivery.cells = _cells(delivery, tables)
    return delivery


def _cells(delivery: Delivery, tables: Iterable[list[list[str]]]) -> Iterator[Cell]:
    for table in tables:
        header = [cell.strip() for cell in table[0]]
        if not {"Gebiet", "Jahr", "Masseinheit"} <= set(header):
            delivery.reject(1, _("This sheet lacks the columns for region, year or unit."))
            continue
        yield from _sheet(delivery, header, table[1:])


def _sheet(delivery: Delivery, header: Sequence[str], rows: Iterable[list[str]]) -> Iterator[Cell]:
    at = {name: place for place, name in enumerate(header)}
    between = [place for place, name in enumerate(header) if name not in FIXED and place < at["Masseinheit"]]
    values_at = [place for place, name in enumerate(header) if name not in FIXED and place > at["Masseinheit"]]
    for line, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        name = row[at["Gebiet"]].strip()
        region, period = STATES.get(name), period_of(row[at["Jahr"]])
        if region is None or period is None:
            delivery.reject(line, _("The region “%(name)s” or the year is not known.") % {"name": name[:60]})
            continue
        delivery.regions.setdefault(region, RegionLabel(name, level_of(region)))
        dimensions = ";".join(sorted(f"{header[place]}={clean_category(row[place])}" for place in between))
        for place in values_at:
            read_value = value_of(row[place])
            if read_value is None:
                reason = _("“%(value)s” is neither a number nor a sign.") % {"value": row[place].strip()}
                delivery.reject(line, reason)
                continue
            item = Item(dimensions, header[place], unit_of(row[at["Masseinheit"]]))
            words = [row[other].strip() for other in between]
            delivery.labels.setdefault(item, ", ".join([header[place].replace("_", " "), *filter(None, words)]))
            yield Cell(line, region, period, item, *read_value)
