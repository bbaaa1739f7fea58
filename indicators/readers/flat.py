# SPDX-License-Identifier: EUPL-1.2
"""GENESIS flat file CSV in the present (long) layout: one row, one value; rows in any order."""

import csv
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from indicators.readers.delivery import Cell, Delivery, Key, Rejection
from indicators.readers.values import REGION_VARIABLE, level_of, period_of, value_of

HEAD = ["statistics_code", "statistics_label", "time_code", "time_label", "time"]
TAIL = ["value", "value_unit", "value_variable_code", "value_variable_label"]
BLOCK = ["variable_code", "variable_label", "variable_attribute_code", "variable_attribute_label"]
TABLE_IN_NAME = re.compile(r"([0-9A-Z]{2,6}(?:-[0-9A-Z]+)+)(?=[_.]|$)")


def recognises(first_line):
    return first_line.startswith("statistics_code;") and ";value;" in first_line


def read(text, file_name, *, table_code=""):
    rows = csv.reader(text.lstrip().splitlines(), delimiter=";")
    header = next(rows)
    blocks = _blocks(header)
    width = len(header)
    value_at = len(HEAD) + 4 * blocks
    has_quality = header[-1] == "value_q"
    delivery = None
    for row in rows:
        line = rows.line_num
        if not row:
            continue
        if delivery is None and len(row) == width:
            delivery = _delivery(row, file_name, table_code)
        if len(row) != width or (delivery and row[0] != delivery.statistic_code):
            _reject(delivery, line, _("The columns of this row are shifted."))
            continue
        _add(delivery, row, line, blocks, value_at, has_quality)
    if delivery is None:
        raise ValidationError(_("The file has a header but no values. Please download the table again."))
    return delivery


class FlatDelivery(Delivery):
    statistic_code = ""


def _delivery(row, file_name, table_code):
    in_name = TABLE_IN_NAME.match(file_name.rsplit("/", 1)[-1])
    delivery = FlatDelivery(
        layout="genesis-flat-long",
        table_code=table_code or (in_name.group(1) if in_name else row[0]),
        title=row[1],
        statistic=f"{row[0]} {row[1]}",
    )
    delivery.statistic_code = row[0]
    delivery.period_kind = {"STAG": "reference_date", "STAGV": "reference_date", "SEMEST": "semester"}.get(
        row[2], "year"
    )
    return delivery


def _blocks(header):
    """How many blocks of variables the header has; a header in another form is refused."""
    tail = header[-5:-1] if header[-1] == "value_q" else header[-4:]
    middle = header[len(HEAD) : len(header) - len(tail) - (header[-1] == "value_q")]
    expected = [f"{number + 1}_{name}" for number in range(len(middle) // 4) for name in BLOCK]
    if header[: len(HEAD)] != HEAD or tail != TAIL or middle != expected:
        raise ValidationError(_("The header of this flat file is not complete. Please download the table again."))
    return len(middle) // 4


def _reject(delivery, line, reason):
    if delivery is not None:
        delivery.rejected.append(Rejection(line, reason))


def _add(delivery, row, line, blocks, value_at, has_quality):
    period = period_of(row[4])
    if period is None:
        return _reject(delivery, line, _("The time “%(time)s” is not known.") % {"time": row[4]})
    read_value = value_of(row[value_at])
    if read_value is None:
        return _reject(delivery, line, _("“%(value)s” is neither a number nor a sign.") % {"value": row[value_at]})
    region, name, variable, dimensions = "DG", "", "DINSG", []
    found = False
    for number in range(blocks):
        code, _label, category, category_label = row[len(HEAD) + 4 * number : len(HEAD) + 4 * number + 4]
        if not code:
            continue
        if not found and REGION_VARIABLE.fullmatch(code):
            region, name, variable, found = category or "DG", category_label.strip(), code, True
        else:
            dimensions.append(f"{code}={category or 'INSGESAMT'}")
    value, sign, quality = read_value
    if has_quality and row[-1].strip():
        quality = row[-1].strip()
    key = Key(period, region, ";".join(sorted(dimensions)), row[value_at + 2], row[value_at + 1])
    if key in delivery.cells:
        return _reject(delivery, line, _("This value stands in the file twice."))
    delivery.cells[key] = Cell(key, name or region, level_of(region, variable), value, sign, quality)
    return None
