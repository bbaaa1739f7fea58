# SPDX-License-Identifier: EUPL-1.2
"""GENESIS flat file CSV in the present (long) layout: one row, one value; rows in any order."""

import csv

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from indicators.readers.delivery import Cell, Delivery, Item, RegionLabel
from indicators.readers.values import REGION_VARIABLE, TABLE_CODE, full_key, level_of, period_of, unit_of, value_of

HEAD = ["statistics_code", "statistics_label", "time_code", "time_label", "time"]
TAIL = ["value", "value_unit", "value_variable_code", "value_variable_label"]
BLOCK = ["variable_code", "variable_label", "variable_attribute_code", "variable_attribute_label"]
PERIOD_KINDS = {"STAG": "reference_date", "STAGV": "reference_date", "SEMEST": "semester"}


def recognises(source):
    return source.first_line.startswith("statistics_code;") and ";value;" in source.first_line


def read(source, *, table_code="", repair=False):
    rows = csv.reader(source.lines(), delimiter=";")
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


def code_in(name):
    """The table code at the start of a file name, or nothing."""
    found = TABLE_CODE.match(name)
    return found.group(1) if found else ""


def _blocks(header):
    """How many blocks of variables the header has; a header in another form is refused."""
    tail = header[-5:-1] if header[-1] == "value_q" else header[-4:]
    middle = header[len(HEAD) : len(header) - len(tail) - (header[-1] == "value_q")]
    expected = [f"{number + 1}_{name}" for number in range(len(middle) // 4) for name in BLOCK]
    if header[: len(HEAD)] != HEAD or tail != TAIL or middle != expected:
        raise ValidationError(_("The header of this flat file is not complete. Please download the table again."))
    return len(middle) // 4


def _cells(source, delivery, header, blocks, statistic, repair):
    """Every row; what repeats from row to row (items, periods, values, regions) is worked out once."""
    rows = csv.reader(source.lines(), delimiter=";")
    next(row for row in rows if row)
    width, value_at, has_quality = len(header), len(HEAD) + 4 * blocks, header[-1] == "value_q"
    starts = range(len(HEAD), value_at, 4)
    is_region, items, periods, values = {}, {}, {}, {}
    regions, reject = delivery.regions, delivery.reject
    for row in rows:
        if len(row) != width or row[0] != statistic:
            if row:
                reject(rows.line_num, _("The columns of this row are shifted."))
            continue
        region, name, variable = "DG", "", "DINSG"
        rest = row[len(HEAD) : value_at]
        for start in starts:
            code = row[start]
            found = is_region.get(code)
            if found is None:
                found = is_region[code] = bool(REGION_VARIABLE.fullmatch(code))
            if found:
                region, name, variable = row[start + 2] or "DG", row[start + 3], code
                del rest[start - len(HEAD) : start - len(HEAD) + 4]
                break
        if region not in regions:
            region, mended = full_key(region, repair)
            if mended:
                delivery.lost_zeros[region] = mended
                reject(rows.line_num, _("The region key “%(key)s” has lost its leading zero.") % {"key": region})
                continue
            regions.setdefault(region, RegionLabel(name.strip() or region, level_of(region, variable)))
        measured = (*rest, *row[value_at + 1 : value_at + 4])
        item = items.get(measured)
        if item is None:
            item = items[measured] = _item(delivery, measured)
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
            quality = row[-1].strip()
        yield Cell(rows.line_num, region, period, item, number, sign, quality)


def _item(delivery, measured):
    *rest, unit, measure, measure_label = measured
    categories, words = [], []
    for start in range(0, len(rest), 4):
        code, _label, category, label = rest[start : start + 4]
        if code:
            categories.append(f"{code}={category or 'INSGESAMT'}")
            words.append(label.strip())
    item = Item(";".join(sorted(categories)), measure, unit_of(unit))
    delivery.labels.setdefault(item, ", ".join([measure_label.strip(), *filter(None, words)]))
    return item
