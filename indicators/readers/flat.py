# SPDX-License-Identifier: EUPL-1.2
"""GENESIS flat file CSV in the present (long) layout: one row, one value; rows in any order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from core.sentences import sentence as _
from indicators.readers.delivery import Cell, Delivery, Item, RegionLabel
from indicators.readers.values import REGION_VARIABLE, TABLE_CODE, full_key, level_of, period_of, unit_of, value_of

if TYPE_CHECKING:
    from indicators.readers.source import Source

HEAD = ["statistics_code", "statistics_label", "time_code", "time_label", "time"]
TAIL = ["value", "value_unit", "value_variable_code", "value_variable_label"]
BLOCK = ["variable_code", "variable_label", "variable_attribute_code", "variable_attribute_label"]
PERIOD_KINDS = {"STAG": "reference_date", "STAGV": "reference_date", "SEMEST": "semester"}


def recognises(source: Source) -> bool:
    return source.first_line.startswith("statistics_code;") and ";value;" in source.first_line


def read(source: Source, *, table_code: str = "", repair: bool = False) -> Delivery:
    rows = source.rows()
    header = next(row for row in rows if row)
    blocks = _blocks(header)
    first = next((row for row in rows if len(row) == len(header)), None)
    if first is None:
        raise ValidationError(_("The file has a header but no values. Please download the table again."))
    delivery = Delivery(
        layout="genesis-flat-long",
        table_code=table_code or code_in(source.name) or first[0],
        title=first[1],
        statistic=f"{first[0]} {first[1]}",
        period_kind=PERIOD_KINDS.get(first[2], "year"),
        cells=iter(()),
    )
    delivery.cells = _cells(source, delivery, header, blocks, first[0], repair)
    return delivery


def code_in(name: str) -> str:
    """The table code at the start of a file name, or nothing."""
    found = TABLE_CODE.match(name)
    return found.group(1) if found else ""


def _blocks(header: Sequence[str]) -> int:
    """How many blocks of variables the header has; a header in another form is refused."""
    tail = header[-5:-1] if header[-1] == "value_q" else header[-4:]
    middle = header[len(HEAD) : len(header) - len(tail) - (header[-1] == "value_q")]
    expected = [f"{number + 1}_{name}" for number in range(len(middle) // 4) for name in BLOCK]
    if header[: len(HEAD)] != HEAD or tail != TAIL or middle != expected:
        raise ValidationError(_("The header of this flat file is not complete. Please download the table again."))
    return len(middle) // 4


def _cells(
    source: Source, delivery: Delivery, header: Sequence[str], blocks: int, statistic: str, repair: bool
) -> Iterator[Cell]:
    """Every row; what repeats from row to row (items, periods, values, regions) is worked out once."""
    rows = source.rows()
    next(row for row in rows if row)
    width, value_at, has_quality = len(header), len(HEAD) + 4 * blocks, header[-1] == "value_q"
    starts = range(len(HEAD), value_at, 4)
    is_region, items, periods, values = {}, {}, {}, {}
    # row -> the codes of what it measures, in one call: those of all blocks but the region's, unit and measure
    codes_without = {
        block: itemgetter(
            *(at for start in starts if start != block for at in (start, start + 2)), value_at + 1, value_at + 2
        )
        for block in (0, *starts)
    }
    block, make = 0, Cell._make
    regions, reject = delivery.regions, delivery.reject
    for row in rows:
        if len(row) != width or row[0] != statistic:
            if row:
                reject(rows.line_num, _("The columns of this row are shifted."))
            continue
        if block != starts[0] or not is_region.get(row[block]):
            block = _region_block(row, starts, is_region)
        region = (row[block + 2] or "DG") if block else "DG"
        if region not in regions:
            name, variable = (row[block + 3], row[block]) if block else ("", "DINSG")
            region, mended = full_key(region, repair)
            if mended:
                delivery.lost_zeros[region] = mended
                reject(rows.line_num, _("The region key “%(key)s” has lost its leading zero.") % {"key": region})
                continue
            regions.setdefault(region, RegionLabel(name.strip() or region, level_of(region, variable)))
        codes = codes_without[block](row)
        item = items.get(codes)
        if item is None:
            item = items[codes] = _item(delivery, row, [start for start in starts if start != block], value_at)
        period = periods.get(row[4], "")
        if period == "":
            period = periods[row[4]] = period_of(row[4])
        if period is None:
            reject(rows.line_num, _("The time “%(time)s” is not known.") % {"time": row[4]})
            continue
        text = row[value_at]
        read_value = values.get(text)
        if read_value is None:
            read_value = value_of(text)
            if read_value is None:
                reject(rows.line_num, _("“%(value)s” is neither a number nor a sign.") % {"value": text})
                continue
            if len(values) < 20_000:
                values[text] = read_value
        number, sign, quality = read_value
        if has_quality and row[-1]:
            quality = row[-1].strip()[:4]
        yield make((rows.line_num, region, period, item, number, sign, quality))


def _region_block(row: Sequence[str], starts: range, is_region: dict[str, bool]) -> int:
    """Where the block of the region starts, the first one where there are two; 0 where there is none."""
    for start in starts:
        code = row[start]
        if code not in is_region:
            is_region[code] = bool(REGION_VARIABLE.fullmatch(code))
        if is_region[code]:
            return start
    return 0


def _item(delivery: Delivery, row: Sequence[str], starts: Iterable[int], value_at: int) -> Item:
    categories, words = [], []
    for start in starts:
        code, _label, category, label = row[start : start + 4]
        if code:
            categories.append(f"{code}={category or 'INSGESAMT'}")
            words.append(label.strip())
    unit, measure, measure_label = row[value_at + 1 : value_at + 4]
    item = Item(";".join(sorted(categories)), measure, unit_of(unit))
    delivery.labels.setdefault(item, ", ".join([measure_label.strip(), *filter(None, words)]))
    return item
