# SPDX-License-Identifier: EUPL-1.2
"""The classic table CSV, as clerks download it: title lines, stacked header rows, data, footnotes.

The layout names no variables. A column's dimensions are taken from its header path: a header row whose labels repeat
under every label above it is a variable of its own (``Spalte 2=weiblich``); one whose labels differ names categories
of the label above (``Geschlecht=weiblich``). A category in the rows is ``Zeile=Gymnasien``.
"""

import csv
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from indicators.readers.delivery import Cell, Delivery, Key, Rejection
from indicators.readers.values import level_of, period_of, value_of

FIRST_LINE = re.compile(r"(?:GENESIS-)?Tabelle:\s*(\S+?)\s*;*")
MEASURE_LINE = re.compile(r"(.+?) \(([^()]+)\)")
REGION_KEY = re.compile(r"DG|\d{2,12}(?:-\d+)?|\d{5}-\d{1,2}")
STAND = re.compile(r"Stand:\s*(\d{2}\.\d{2}\.\d{4}(?:\s*/\s*[\d:]+)?)")
YEAR = re.compile(r"\d{4}|\d{2}\.\d{2}\.\d{4}")


def recognises(first_line):
    return bool(FIRST_LINE.fullmatch(first_line))


def read(text, file_name, *, table_code=""):
    lines = text.lstrip().split("\n")
    code = FIRST_LINE.fullmatch(lines[0].strip()).group(1)
    reader = csv.reader(lines[1:], delimiter=";")
    titles, headers, data, notes = [], [], [], []
    for row in reader:
        line = reader.line_num + 1
        if notes or (row and row[0].startswith("____")):
            notes.append(row)
        elif not data and row and not row[0].strip() and any(cell.strip() for cell in row):
            headers.append([cell.strip() for cell in row])
        elif not headers and row and row[0].strip():
            titles.append(row[0].strip())
        elif headers and any(cell.strip() for cell in row):
            data.append((line, row))
    if not headers or not data:
        raise ValidationError(_("The file has a header but no values. Please download the table again."))
    footnotes = "\n".join(row[0] for row in notes[1:] if row)
    stand = STAND.search(footnotes)
    measure, unit = _pop_measure(titles)
    delivery = Delivery(
        layout="genesis-table-csv",
        table_code=table_code or code,
        title=_joined(titles[:-1] or titles),
        statistic=titles[-1] if titles else "",
        as_of=stand.group(1) if stand else "",
        licence=_licence(footnotes),
        footnotes=footnotes,
        period_kind=_period_kind(code, titles, footnotes),
    )
    _read_data(delivery, headers, data, measure, unit)
    return delivery


def _pop_measure(titles):
    if titles and (match := MEASURE_LINE.fullmatch(titles[-1])):
        titles.pop()
        return match.group(1), match.group(2)
    return "", ""


def _joined(lines):
    """Title lines were broken at about sixty characters."""
    return " ".join(lines)


def _licence(footnotes):
    found = re.search(r"Dieses Werk ist lizenziert unter der ([^.]*\d\.\d)", footnotes)
    return " ".join(found.group(1).split()) if found else ""


def _period_kind(code, titles, footnotes):
    """School tables write one year and mean a school year: its start for pupils, its end for leavers."""
    if code.startswith("21111-02"):
        return "school_year_end"
    if any("Schuljahresbeginn" in line for line in titles):
        return "school_year_start"
    return "year"


def _read_data(delivery, headers, data, measure, unit):
    width = max(len(header) for header in headers)
    heads = min(next(index for index, cell in enumerate(header) if cell) for header in headers)
    columns = _columns(headers, heads, width, measure, unit)
    timed = any(column["period"] for column in columns)
    year_first = not timed and YEAR.fullmatch(data[0][1][0].strip())
    for line, row in data:
        if len(row) != width:
            delivery.rejected.append(Rejection(line, _("The number of columns differs from the header.")))
            continue
        head = list(row[:heads])
        period = period_of(head.pop(0)) if year_first else None
        key, name, *categories = head if len(head) > 1 else (*head, "")
        key = key.strip()
        if not REGION_KEY.fullmatch(key) or (year_first and period is None):
            delivery.rejected.append(Rejection(line, _("The region key “%(key)s” is not known.") % {"key": key[:30]}))
            continue
        row_dimensions = [
            f"{'Zeile' if len(categories) == 1 else f'Zeile {number}'}={_clean(category)}"
            for number, category in enumerate(categories, 1)
            if category.strip()
        ]
        for index, column in enumerate(columns):
            text = row[heads + index]
            read_value = value_of(text)
            if read_value is None:
                reason = _("“%(value)s” is neither a number nor a sign.") % {"value": text.strip()}
                delivery.rejected.append(Rejection(line, reason))
                continue
            value, sign, quality = read_value
            cell_key = Key(
                column["period"] or period or "",
                key,
                ";".join(sorted([*row_dimensions, *column["dimensions"]])),
                column["measure"],
                column["unit"],
            )
            if cell_key in delivery.cells:
                delivery.rejected.append(Rejection(line, _("This value stands in the file twice.")))
                continue
            delivery.cells[cell_key] = Cell(cell_key, name.strip() or key, level_of(key), value, sign, quality)


def _columns(headers, heads, width, measure, unit):
    """Measure, unit, period and dimensions of each value column."""
    paths = [[header[index] if index < len(header) else "" for header in headers] for index in range(heads, width)]
    units = [unit] * len(paths)
    if not measure:
        units = [path.pop() for path in paths]
    periods = [""] * len(paths)
    for row in range(len(paths[0])):
        cells = [path[row] for path in paths]
        if all(period_of(cell) for cell in cells):
            periods = [period_of(cell) for cell in cells]
            for path in paths:
                path[row] = ""
    measures = [measure or path[0] for path in paths]
    rests = [list(path) if measure else path[1:] for path in paths]
    if measure and rests[0] and len({rest[0] for rest in rests}) == 1:
        rests = [rest[1:] for rest in rests]  # one label over the whole table is its title again
    nested = _is_nested(rests)
    return [
        {"measure": name, "unit": its_unit, "period": period, "dimensions": _dimensions(rest, nested)}
        for name, its_unit, period, rest in zip(measures, units, periods, rests, strict=True)
    ]


def _is_nested(rests):
    """Whether the last two header rows are variable and category rather than two variables."""
    pairs = {}
    for rest in rests:
        labels = [cell for cell in rest if cell]
        if len(labels) >= 2:
            pairs.setdefault(labels[-2], set()).add(labels[-1])
    return len({frozenset(labels) for labels in pairs.values()}) > 1


def _dimensions(rest, nested):
    labels = [_clean(cell) for cell in rest if cell]
    if nested and len(labels) == 2:
        return [f"{labels[0]}={labels[1]}"]
    return [f"Spalte {number}={label}" for number, label in enumerate(labels, 1)]


def _clean(label):
    """A label that fits between the separators of a dimension list."""
    return " ".join(label.replace(";", ",").replace("=", ":").split())
