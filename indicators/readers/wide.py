# SPDX-License-Identifier: EUPL-1.2
"""GENESIS flat file CSV in the old (wide) layout, German or English: one row, one value column per measure.

The English header repeats column names, so columns are known by place. A value column is called ``CODE__Label__Unit``,
split at its first and its last double underscore; ``CODE__Label__q`` after it has the quality.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from core.sentences import sentence as _
from indicators.readers.delivery import Cell, Delivery, Item, RegionLabel
from indicators.readers.flat import PERIOD_KINDS, code_in
from indicators.readers.values import REGION_VARIABLE, UNKNOWN_UNIT, full_key, level_of, period_of, unit_of, value_of

if TYPE_CHECKING:
    from indicators.readers.source import Source

HEAD = 5
BLOCK_START = re.compile(r"\d_(?:Merkmal|variable)_[Cc]ode")


def recognises(source: Source) -> bool:
    start = source.first_line
    return start.startswith(("Statistik_Code;Statistik_Label;", "statistics_code;statistics_label;")) and (
        ";value;" not in start
    )


def read(source: Source, *, table_code: str = "", repair: bool = False) -> Delivery:
    rows = source.rows()
    header = [cell.strip() for cell in next(row for row in rows if row)]
    columns = _columns(header)
    first = next((row for row in rows if len(row) == len(header) and row[0][:1].isdigit()), None)
    if first is None:
        raise ValidationError(_("The file has a header but no values. Please download the table again."))
    delivery = Delivery(
        layout="genesis-flat-wide",
        table_code=table_code or code_in(source.name) or first[0],
        title=first[1],
        statistic=f"{first[0]} {first[1]}",
        period_kind=PERIOD_KINDS.get(first[2], "year"),
        unknown_units=any(unit == UNKNOWN_UNIT for _at, _code, _label, unit, _quality in columns),
        cells=iter(()),
    )
    delivery.cells = _cells(source, delivery, columns, len(header), first[0], repair)
    return delivery


def _columns(header: Sequence[str]) -> list[tuple[int, str, str, str, int]]:
    """Each value column as ``(place, code, label, unit, place of its quality or 0)``."""
    columns = []
    for place, name in enumerate(header[HEAD:], HEAD):
        if "__" not in name:
            continue
        code, rest = name.split("__", 1)
        label, separator, unit = rest.rpartition("__")
        if not separator:
            label, unit = rest, ""
        if unit == "q":
            if columns and columns[-1][1] == code:
                columns[-1] = (*columns[-1][:4], place)
            continue
        columns.append((place, code.strip(), label.replace("_", " ").strip(), unit.replace("_", " "), 0))
    if not columns or (columns[0][0] - HEAD) % 4:
        raise ValidationError(_("The header of this flat file is not complete. Please download the table again."))
    return columns


def _cells(
    source: Source,
    delivery: Delivery,
    columns: Sequence[tuple[int, str, str, str, int]],
    width: int,
    statistic: str,
    repair: bool,
) -> Iterator[Cell]:
    rows = source.rows()
    next(row for row in rows if row)
    first_value = columns[0][0]
    items = {}
    for row in rows:
        line = rows.line_num
        if not row:
            continue
        if len(row) != width or row[0] != statistic:
            delivery.reject(line, _("The columns of this row are shifted."))
            continue
        period = period_of(row[4])
        if period is None:
            delivery.reject(line, _("The time “%(time)s” is not known.") % {"time": row[4]})
            continue
        region, name, variable, categories, words = "DG", "", "", [], []
        for start in range(HEAD, first_value, 4):
            code, category, label = row[start], row[start + 2], row[start + 3]
            if not code:
                continue
            if not variable and REGION_VARIABLE.fullmatch(code):
                region, name, variable = category or "DG", label.strip(), code
            else:
                categories.append(f"{code}={category or 'INSGESAMT'}")
                words.append(label.strip())
        region, mended = full_key(region, repair)
        if mended:
            delivery.lost_zeros[region] = mended
            delivery.reject(line, _("The region key “%(key)s” has lost its leading zero.") % {"key": region})
            continue
        delivery.regions.setdefault(region, RegionLabel(name or region, level_of(region, variable or "DINSG")))
        dimensions = ";".join(sorted(categories))
        for place, code, label, unit, quality_at in columns:
            text = row[place]
            if not text.strip():  # not every measure has every category
                continue
            read_value = value_of(text)
            if read_value is None:
                delivery.reject(line, _("“%(value)s” is neither a number nor a sign.") % {"value": text})
                continue
            number, sign, quality = read_value
            if quality_at and row[quality_at].strip():
                quality = row[quality_at].strip()[:4]
            item = items.get((dimensions, code, unit))
            if item is None:
                item = Item(dimensions, code, "Anzahl" if unit == UNKNOWN_UNIT else unit_of(unit))
                items[dimensions, code, unit] = item
                delivery.labels.setdefault(item, ", ".join([label, *filter(None, words)]))
            yield Cell(line, region, period, item, number, sign, quality)
