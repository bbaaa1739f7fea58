# SPDX-License-Identifier: EUPL-1.2
"""XLSX tables of the statistics portals: as exported, and as people hand them on after editing."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from core.sentences import sentence as _
from indicators.readers.delivery import Cell, Delivery, Item, RegionLabel
from indicators.readers.grid import REGION_KEY, read_grid, take_footnotes
from indicators.readers.values import TABLE_CODE, clean_category, full_key, level_of, period_of, unit_of, value_of

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

    from indicators.readers.source import Source

KEY_HEADINGS = {"id", "ags", "schlüssel", "regionalschlüssel", "schlüsselnummer", "kreisschlüssel"}


def _name_and_unit(heading: str) -> tuple[str, str]:
    """“Kinder (Anzahl)” as its name and its unit."""
    name, _bracket, unit = heading.rpartition("(")
    is_unit = name.strip() and unit.endswith(")") and unit[:-1] and ")" not in unit[:-1]
    return (name.rstrip(), unit[:-1]) if is_unit else (heading, "")


def text_of(value: object) -> str:
    """A cell as the text a CSV would have: whole numbers without a point, dates as in German."""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(value, ".10g")
    if isinstance(value, datetime.datetime | datetime.date):
        return value.strftime("%d.%m.%Y")
    return "" if value is None else str(value)


def rows_of(sheet: CalamineSheet) -> list[list[str]]:
    return [[text_of(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]


def recognises(source: Source) -> bool:
    return source.workbook is not None and bool(_table_sheet(source.workbook))


def read(source: Source, *, table_code: str = "", repair: bool = False) -> Delivery:
    name = _table_sheet(source.workbook)
    sheet = source.sheet(name)
    rows = rows_of(sheet)
    code = table_code or TABLE_CODE.match(name).group(1)
    heading = next((at for at, row in enumerate(rows[:12]) if row and row[0].strip().lower() in KEY_HEADINGS), None)
    if heading is None:
        _spread_merged_headers(rows, sheet.merged_cell_ranges or [])
        return read_grid(enumerate(rows, 1), layout="genesis-xlsx", table_code=code, repair=repair)
    return _read_edited(source, rows, heading, code, repair)


def _table_sheet(workbook: CalamineWorkbook) -> str:
    names = [name for name in workbook.sheet_names if TABLE_CODE.fullmatch(name.strip())]
    return names[0] if names else ""


def _spread_merged_headers(
    rows: Sequence[list[str]], merged: Iterable[tuple[tuple[int, int], tuple[int, int]]]
) -> None:
    """Write a merged heading over every column it spans; the corner above the row heads is made blank."""
    for (top, left), (_bottom, right) in merged:
        if left == 0 and right < len(rows[top]) - 1:
            rows[top][left] = ""
        for column in range(left, right + 1):
            if left > 0:
                rows[top][column] = rows[top][left]


def _read_edited(source: Source, rows: Sequence[list[str]], heading: int, code: str, repair: bool) -> Delivery:
    """A table that went through hands: one header row, years as rows of their own, repeated keys left blank."""
    header = [cell.strip() for cell in rows[heading]]
    data = rows[heading + 1 :]
    values_at = [at for at in range(2, len(header)) if _holds_values(data, at)]
    if not values_at:
        raise ValidationError(_("The file has a header but no values. Please download the table again."))
    title, statistic = _titles(source, rows[:heading])
    delivery = Delivery(layout="genesis-xlsx-edited", table_code=code, title=title, statistic=statistic, cells=iter(()))
    if "footnote" in source.workbook.sheet_names:
        notes = rows_of(source.sheet("footnote"))
        take_footnotes(delivery, [row[0] for row in notes if row and row[0].strip("_ ")])
    delivery.cells = _edited_cells(delivery, data, heading + 2, header, values_at, repair)
    return delivery


def _holds_values(data: Sequence[list[str]], at: int) -> bool:
    found = [row[at] for row in data[:400] if row[at].strip()]
    return bool(found) and all(value_of(text) is not None for text in found)


def _titles(source: Source, above: Sequence[list[str]]) -> tuple[str, str]:
    if "metadata" in source.workbook.sheet_names:
        above = rows_of(source.sheet("metadata"))[:2]
    lines = [" ".join(row[0].split()) for row in above if row and row[0].strip()]
    return (lines[0], lines[-1]) if lines else ("", "")


def _edited_cells(
    delivery: Delivery,
    data: Iterable[list[str]],
    first_line: int,
    header: Sequence[str],
    values_at: Sequence[int],
    repair: bool,
) -> Iterator[Cell]:
    period, key, name = None, "", ""
    categories = [at for at in range(2, len(header)) if at not in values_at]
    columns = []
    for at in values_at:
        columns.append((at, *_name_and_unit(header[at])))
    for line, row in enumerate(data, first_line):
        filled = [cell.strip() for cell in row if cell.strip()]
        if not filled:
            continue
        if len(filled) == 1 and row[0].strip() and (section := period_of(row[0])):
            period, key, name = section, "", ""
            continue
        if row[0].strip():
            key, name = row[0].strip(), row[1].strip()
        if period is None or not REGION_KEY.fullmatch(key):
            delivery.reject(line, _("The region key “%(key)s” is not known.") % {"key": key[:30]})
            continue
        region, mended = full_key(key, repair)
        if mended:
            delivery.lost_zeros[region] = mended
            delivery.reject(line, _("The region key “%(key)s” has lost its leading zero.") % {"key": region})
            continue
        delivery.regions.setdefault(region, RegionLabel(name or region, level_of(region)))
        words = [row[at].strip() for at in categories]
        dimensions = ";".join(
            f"{clean_category(header[at])}={clean_category(row[at])}" for at in categories if row[at].strip()
        )
        for at, measure, unit in columns:
            read_value = value_of(row[at])
            if read_value is None:
                if row[at].strip():
                    reason = _("“%(value)s” is neither a number nor a sign.") % {"value": row[at].strip()}
                    delivery.reject(line, reason)
                continue
            item = Item(dimensions, measure.strip(), unit_of(unit))
            delivery.labels.setdefault(item, ", ".join([item.measure, *filter(None, words)]))
            yield Cell(line, region, period, item, *read_value)
