# SPDX-License-Identifier: EUPL-1.2
"""Tables as clerks download them, from CSV or XLSX: titles, stacked header rows, data, footnotes.

The layout names no variables. A column's dimensions are taken from its header path: a header row whose labels repeat
under every label above it is a variable of its own (``Spalte 2=weiblich``); one whose labels differ names categories
of the label above (``Geschlecht=weiblich``). A category in the rows is ``Zeile=Gymnasien``.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from core.sentences import sentence as _
from indicators.readers.delivery import Cell, Delivery, Item, RegionLabel
from indicators.readers.values import clean_category, full_key, level_of, period_of, unit_of, value_of

MEASURE_LINE = re.compile(r"(.+?) \(([^()]+)\)")
REGION_KEY = re.compile(r"DG|\d{1,12}|\d{5,8}-\d{1,3}")
STAND = re.compile(r"Stand:\s*(\d{2}\.\d{2}\.\d{4}(?:\s*/\s*[\d:]+)?)")
REFERENCE_DATE = re.compile(r"Stichtag:?\s*(\d{2}\.\d{2}\.\d{4})")
YEAR = re.compile(r"\d{4}|\d{2}\.\d{2}\.\d{4}")
RULE = "____"


def read_grid(rows: Iterable[tuple[int, list[str]]], *, layout: str, table_code: str, repair: bool = False) -> Delivery:
    """Read ``(line, cells)`` rows. The first cells of header rows are blank; footnotes stand under a rule."""
    rows = iter(rows)
    titles: list[str] = []
    headers: list[list[str]] = []
    first = None
    for line, row in rows:
        if row and row[0].startswith(RULE):
            break
        if not any(cell.strip() for cell in row):
            continue
        if not row[0].strip():
            headers.append([cell.strip() for cell in row])
        elif not headers:
            titles.append(row[0].strip())
        else:
            first = (line, row)
            break
    if not headers or first is None:
        raise ValidationError(_("The file has a header but no values. Please download the table again."))
    measure, unit = _pop_measure(titles)
    reference = next((match.group(1) for title in titles if (match := REFERENCE_DATE.fullmatch(title))), "")
    titles = [title for title in titles if not REFERENCE_DATE.fullmatch(title)]
    delivery = Delivery(
        layout=layout,
        table_code=table_code,
        title=" ".join(" ".join(titles[:-1] or titles).split()),
        statistic=titles[-1] if titles else "",
        period_kind="reference_date" if reference else period_kind_of(table_code, titles),
        cells=iter(()),
    )
    delivery.cells = _cells(delivery, rows, first, headers, measure, unit, period_of(reference), repair)
    return delivery


def period_kind_of(code: str, titles: Iterable[str]) -> str:
    """School tables write one year and mean a school year: its start for pupils, its end for leavers."""
    if code.startswith("21111-02"):
        return "school_year_end"
    if any("Schuljahresbeginn" in line for line in titles):
        return "school_year_start"
    return "year"


def take_footnotes(delivery: Delivery, notes: Iterable[str]) -> None:
    """The block under the rule: footnotes, copyright, licence and the state of the data."""
    delivery.footnotes = "\n".join(notes)
    stand = STAND.search(delivery.footnotes)
    delivery.as_of = stand.group(1) if stand else ""
    licence = re.search(
        r"Dieses Werk ist lizenziert unter der ([^.]*\d\.\d)", delivery.footnotes.replace("\n- ", " - ")
    )
    delivery.licence = " ".join(licence.group(1).split()) if licence else ""
    if owner := re.search(r"©\s*([^\n\d]+?),? *(?:\d{4}|Deutschland|$)", delivery.footnotes, re.M):
        delivery.publisher = " ".join(owner.group(1).split())


def _pop_measure(titles: list[str]) -> tuple[str, str]:
    if titles and (match := MEASURE_LINE.fullmatch(titles[-1])):
        titles.pop()
        return match.group(1), match.group(2)
    return "", ""


def _cells(
    delivery: Delivery,
    rows: Iterator[tuple[int, list[str]]],
    first: tuple[int, list[str]],
    headers: Sequence[list[str]],
    measure: str,
    unit: str,
    reference: str | None,
    repair: bool,
) -> Iterator[Cell]:
    width = max(len(header) for header in headers)
    heads = min(next(index for index, cell in enumerate(header) if cell) for header in headers)
    columns = _columns(headers, heads, width, measure, unit)
    timed = bool(reference) or any(period for _rest, period in columns)
    year_first = not timed and YEAR.fullmatch(first[1][0].strip())
    items, notes = {}, []

    def data() -> Iterator[tuple[int, list[str]]]:
        yield first
        for line, row in rows:
            if row and row[0].startswith(RULE):
                notes.extend(other[0] for _line, other in rows if other and other[0].strip())
                return
            if any(cell.strip() for cell in row):
                yield line, row

    for line, row in data():
        if len(row) != width:
            delivery.reject(line, _("The number of columns differs from the header."))
            continue
        head = [cell.strip() for cell in row[:heads]]
        period = period_of(head.pop(0)) if year_first else reference
        key, name, *rest = head if len(head) > 1 else (*head, "")
        if not REGION_KEY.fullmatch(key) or (year_first and period is None):
            delivery.reject(line, _("The region key “%(key)s” is not known.") % {"key": key[:30]})
            continue
        key, mended = full_key(key, repair)
        if mended:
            delivery.lost_zeros[key] = mended
            delivery.reject(line, _("The region key “%(key)s” has lost its leading zero.") % {"key": key})
            continue
        delivery.regions.setdefault(key, RegionLabel(name or key, level_of(key)))
        categories = tuple(rest)
        for index, (described, its_period) in enumerate(columns):
            text = row[heads + index]
            read_value = value_of(text)
            if read_value is None:
                reason = _("“%(value)s” is neither a number nor a sign.") % {"value": text.strip()}
                delivery.reject(line, reason)
                continue
            item = items.get((index, categories))
            if item is None:
                item = items[index, categories] = _item(delivery, described, categories)
            number, sign, quality = read_value
            yield Cell(line, key, its_period or period or "", item, number, sign, quality)
    take_footnotes(delivery, notes)


def _item(delivery: Delivery, described: tuple[str, str, list[str], list[str]], categories: tuple[str, ...]) -> Item:
    name, unit, dimensions, words = described
    rows = [
        f"{'Zeile' if len(categories) == 1 else f'Zeile {number}'}={clean_category(category)}"
        for number, category in enumerate(categories, 1)
        if category
    ]
    item = Item(";".join(sorted([*rows, *dimensions])), name, unit)
    delivery.labels.setdefault(item, ", ".join([name, *filter(None, (*categories, *words))]))
    return item


def _columns(
    headers: Iterable[list[str]], heads: int, width: int, measure: str, unit: str
) -> list[tuple[tuple[str, str, list[Any], list[Any]], str]]:
    """``((measure, unit, dimensions, words), period)`` of each value column."""
    paths = [[header[index] if index < len(header) else "" for header in headers] for index in range(heads, width)]
    units = [unit] * len(paths)
    if not measure:
        units = [path.pop() for path in paths]
    periods = [""] * len(paths)
    for row in range(len(paths[0])):
        cells = [path[row] for path in paths]
        if all(period_of(cell) for cell in cells):
            periods = [period_of(cell) or "" for cell in cells]
            for path in paths:
                path[row] = ""
    measures = [measure or path[0] for path in paths]
    rests = [list(path) if measure else path[1:] for path in paths]
    if measure and rests[0] and len({rest[0] for rest in rests}) == 1:
        rests = [rest[1:] for rest in rests]  # one label over the whole table is its title again
    nested = _is_nested(rests)
    return [
        ((name, unit_of(its_unit), _dimensions(rest, nested), [cell for cell in rest if cell]), period)
        for name, its_unit, period, rest in zip(measures, units, periods, rests, strict=True)
    ]


def _is_nested(rests: Iterable[list[str]]) -> bool:
    """Whether the last two header rows are variable and category rather than two variables."""
    pairs = {}
    for rest in rests:
        labels = [cell for cell in rest if cell]
        if len(labels) >= 2:
            pairs.setdefault(labels[-2], set()).add(labels[-1])
    return len({frozenset(labels) for labels in pairs.values()}) > 1


def _dimensions(rest: Iterable[str], nested: bool) -> list[str]:
    labels = [clean_category(cell) for cell in rest if cell]
    if nested and len(labels) == 2:
        return [f"{labels[0]}={labels[1]}"]
    return [f"Spalte {number}={label}" for number, label in enumerate(labels, 1)]
