# SPDX-License-Identifier: EUPL-1.2
"""Own CSV and XLSX tables, read by a mapping that says what each column is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from core.sentences import sentence as _
from indicators.readers.delivery import Cell, Delivery, Item, RegionLabel, UnknownLayoutError
from indicators.readers.values import clean_category, full_key, level_of, period_of, unit_of, value_of
from indicators.readers.workbook import rows_of

if TYPE_CHECKING:
    from indicators.readers.source import Source

GERMAN = re.compile(r"-?(?:\d{1,3}(?:[. \xa0\u202f]\d{3})+|\d+)(?:,\d+)?")
ENGLISH = re.compile(r"-?(?:\d{1,3}(?:[, \xa0\u202f]\d{3})+|\d+)(?:\.\d+)?")


@dataclass(frozen=True)
class Mapping:
    """What the columns of an own table mean.

    ``roles`` gives each heading one of ``region_key``, ``region_name``, ``period``, ``category``, ``unit``, ``value``
    and ``ignore``. ``region`` and ``period`` stand in where no column has them; ``region_keys`` turns names into keys.
    ``add_repeats`` adds up rows that name the same value twice, as files with one row per school and track need.
    """

    table_code: str
    title: str
    roles: dict[str, str]
    publisher: str = ""
    unit: str = "Anzahl"
    region: str = ""
    period: str = ""
    period_kind: str = "year"
    decimal: str = ","
    add_repeats: bool = False
    region_keys: dict[str, str] = field(default_factory=dict)


def table_of(source: Source) -> list[tuple[int, list[str]]]:
    """All rows of the first sheet or of the text, the heading first; blank rows left out."""
    if source.workbook is not None:
        name = next((one for one in source.workbook.sheet_names), "")
        rows = enumerate(rows_of(source.sheet(name)), 1)
        return [(line, row) for line, row in rows if any(cell.strip() for cell in row)]
    delimiter = max(";\t,|", key=source.first_line.count)
    reader = source.rows(delimiter)
    return [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]


def unknown(source: Source) -> UnknownLayoutError:
    """The error for a table in no known layout, with headings and samples for a mapping."""
    rows = table_of(source)
    columns = [cell.strip() for cell in rows[0][1]] if rows else []
    message = _(
        "This layout is not known. Please download the table as “flat file CSV”, as “CSV” or as XLSX and upload it "
        "unchanged, or say what its columns mean."
    )
    usable = len(rows) > 1 and len(columns) > 1 and len(set(columns)) == len(columns) and all(columns)
    return UnknownLayoutError(message, columns=columns if usable else (), samples=[row for _line, row in rows[1:6]])


def read(source: Source, mapping: Mapping, *, repair: bool = False) -> Delivery:
    rows = table_of(source)
    header = [cell.strip() for cell in rows[0][1]] if rows else []
    missing = [name for name, role in mapping.roles.items() if role != "ignore" and name not in header]
    if missing:
        raise ValidationError(
            _("The columns %(names)s are missing. Please check the mapping or the file.")
            % {"names": ", ".join(missing)}
        )
    delivery = Delivery(
        layout="own-table",
        table_code=mapping.table_code,
        title=mapping.title,
        publisher=mapping.publisher,
        period_kind=mapping.period_kind,
        official=False,
        cells=iter(()),
    )
    cells = _cells(delivery, header, rows[1:], mapping, repair)
    delivery.cells = _added_up(cells) if mapping.add_repeats else cells
    return delivery


def _added_up(cells: Iterable[Cell]) -> Iterator[Cell]:
    """Repeated numbers of one value added; a sign among them stays, for what is unknown makes the sum unknown."""
    found = {}
    for cell in cells:
        key = (cell.region, cell.period, cell.item)
        known = found.get(key)
        if known is None:
            found[key] = cell
        elif known.number is not None and cell.number is not None:
            found[key] = known._replace(number=format(Decimal(known.number) + Decimal(cell.number), "f"))
        elif (known.number is not None and cell.sign != "-") or (known.sign == "-" and cell.number is not None):
            found[key] = cell._replace(line=known.line)
    yield from found.values()


def _cells(
    delivery: Delivery, header: Sequence[str], rows: Iterable[tuple[int, list[str]]], mapping: Mapping, repair: bool
) -> Iterator[Cell]:
    places = {role: [] for role in ("region_key", "region_name", "period", "category", "unit", "value")}
    for place, name in enumerate(header):
        places.get(mapping.roles.get(name, "ignore"), []).append(place)
    for line, row in rows:
        if len(row) < len(header):
            row = [*row, *[""] * (len(header) - len(row))]
        key, name = _region(row, places, mapping)
        period_text = row[places["period"][0]] if places["period"] else mapping.period
        period = period_of(period_text)
        if not key:
            delivery.reject(line, _("The region “%(name)s” is not known. Please add it first.") % {"name": name[:60]})
            continue
        if period is None:
            delivery.reject(line, _("The time “%(time)s” is not known.") % {"time": period_text[:30]})
            continue
        key, mended = full_key(key, repair)
        if mended:
            delivery.lost_zeros[key] = mended
            delivery.reject(line, _("The region key “%(key)s” has lost its leading zero.") % {"key": key})
            continue
        delivery.regions.setdefault(key, RegionLabel(name or key, level_of(key, "GEMEIN")))
        unit = unit_of(row[places["unit"][0]]) if places["unit"] else mapping.unit
        categories = ";".join(
            sorted(f"{clean_category(header[place])}={clean_category(row[place])}" for place in places["category"])
        )
        words = [row[place].strip() for place in places["category"] if row[place].strip()]
        for place in places["value"]:
            read_value = _value(row[place], mapping.decimal)
            if read_value is None:
                if row[place].strip():
                    reason = _("“%(value)s” is neither a number nor a sign.") % {"value": row[place].strip()[:30]}
                    delivery.reject(line, reason)
                continue
            item = Item(categories, header[place], unit)
            delivery.labels.setdefault(item, ", ".join([header[place], *words]))
            yield Cell(line, key, period, item, *read_value)


def _region(row: Sequence[str], places: dict[str, list[int]], mapping: Mapping) -> tuple[str, str]:
    name = row[places["region_name"][0]].strip() if places["region_name"] else ""
    key = row[places["region_key"][0]].strip() if places["region_key"] else ""
    return key or (mapping.region_keys.get(name, "") if name else mapping.region), name


def _value(text: str, decimal: str) -> tuple[str | None, str, str] | None:
    """A number as people write it: with thousands set apart, and a decimal comma or point as the mapping says."""
    compact = text.strip().replace("−", "-")
    if decimal == "," and GERMAN.fullmatch(compact):
        return re.sub(r"[. \xa0\u202f]", "", compact).replace(",", "."), "", ""
    if decimal == "." and ENGLISH.fullmatch(compact):
        return re.sub(r"[, \xa0\u202f]", "", compact), "", ""
    found = value_of(text)
    return found if found and found[0] is None else None
