# SPDX-License-Identifier: EUPL-1.2
"""A table on its way out: the same rows as CSV, as XLSX and as JSON, with source and legend beside them.

The only writer of such files. Cells are text, numbers, days and moments; dates and numbers stay what they are.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

FORMATS = ("csv", "xlsx", "json")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = re.compile(r"^(?=(?:[^\S\n]|[\ufeff\u200b])*+[=+\-@＝＋－＠|])", re.M)
NUMBER = re.compile(r"[-−+]?\d[\d.]*(?:,\d+)?")
SEPARATORS = set(';,\t|"\n\r')
LONGEST_CELL = 32_767  # characters that a cell of Excel holds
FIRST_YEAR = 1900  # of Excel's calendar


@dataclass(frozen=True)
class Sheet:
    """Rows of cells under headings; ``notes`` say source, licence, state and the meaning of signs."""

    name: str
    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Any]]
    notes: Sequence[str] = field(default_factory=list)


def respond(sheet: Sheet, kind: str) -> HttpResponse:
    """The sheet as a file to download."""
    content, mime = {
        "csv": (_csv, "text/csv; charset=utf-8"),
        "xlsx": (_xlsx, XLSX),
        "json": (_json, "application/json"),
    }[kind]
    response = HttpResponse(content(sheet), content_type=mime)
    response["Content-Disposition"] = f'attachment; filename="{slugify(sheet.name) or "tabelle"}.{kind}"'
    return response


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula, in none of its lines; a number with its sign stays one."""
    return text.replace("−", "-") if NUMBER.fullmatch(text) else FORMULA.sub("'", text)


def csv_of(rows: Iterable[Sequence[Any]]) -> str:
    """Rows as a German Excel opens them: semicolons, decimal commas, and a mark that says UTF-8."""
    return "\ufeff" + "".join(";".join(map(_csv_cell, row)) + "\r\n" for row in rows)


def _csv(sheet: Sheet) -> str:
    return csv_of([sheet.header, *sheet.rows, [], *([note] for note in (sheet.title, *sheet.notes))])


def _csv_cell(value: object) -> str:
    if isinstance(value, (int, float, Decimal)):
        return format(_decimal(value), "f").replace(".", ",")
    if isinstance(value, date):
        return date_format(_local(value), "d.m.Y H:i" if isinstance(value, datetime) else "d.m.Y")
    text = harmless("" if value is None else _printable(value).replace("\xa0", " "))
    # also what a reader with other separators than ours would cut
    return '"' + text.replace('"', '""') + '"' if SEPARATORS & set(text) and not NUMBER.fullmatch(text) else text


def _decimal(value: Decimal | float) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _local(moment: date) -> date:
    return timezone.make_naive(moment) if isinstance(moment, datetime) and timezone.is_aware(moment) else moment


def _printable(value: object) -> str:
    # control characters, such as word processors leave in a title, stand in no workbook
    return ILLEGAL_CHARACTERS_RE.sub(" ", str(value))


def _xlsx(sheet: Sheet) -> bytes:
    workbook = Workbook(write_only=True)
    page = workbook.create_sheet(_("Values"))
    page.freeze_panes = "A2"
    for index, heading in enumerate(sheet.header):
        longest = max([len(str(heading)), *(len(str(row[index])) for row in sheet.rows[:200])], default=8)
        page.column_dimensions[get_column_letter(index + 1)].width = min(longest + 3, 60)
    page.append([_text_cell(page, heading, bold=True) for heading in sheet.header])
    for row in sheet.rows:
        page.append([_cell(page, cell) for cell in row])
    about = workbook.create_sheet(_("About these values"))
    about.column_dimensions["A"].width = 110
    for index, note in enumerate((sheet.title, *sheet.notes)):
        about.append([_text_cell(about, note, bold=index == 0)])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _cell(page: Any, value: object) -> WriteOnlyCell:
    """A number with the decimals it was given, a day as a day, all else as text."""
    if isinstance(value, (int, float, Decimal)):
        cell = WriteOnlyCell(page, _decimal(value))
        decimals = max(0, -int(_decimal(value).as_tuple().exponent))
        cell.number_format = "0" if isinstance(value, int) else "#,##0" + "." * bool(decimals) + "0" * decimals
        return cell
    if isinstance(value, date) and value.year >= FIRST_YEAR:
        cell = WriteOnlyCell(page, _local(value))
        cell.number_format = "DD.MM.YYYY HH:MM" if isinstance(value, datetime) else "DD.MM.YYYY"
        return cell
    return _text_cell(page, date_format(value, "d.m.Y") if isinstance(value, date) else value)


def _text_cell(page: Any, value: object, *, bold: bool = False) -> WriteOnlyCell:
    text = "" if value is None else _printable(value)
    cell = WriteOnlyCell(page, text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…")
    cell.data_type = "s"  # never a formula, whatever it starts with
    cell.quotePrefix = bool(FORMULA.match(text))  # nor when somebody opens the cell and leaves it again
    if bold:
        cell.font = Font(bold=True)
    return cell


def _json(sheet: Sheet) -> str:
    rows = [dict(zip(sheet.header, (_plain(cell) for cell in row), strict=True)) for row in sheet.rows]
    return json.dumps({"title": sheet.title, "rows": rows, "notes": list(sheet.notes)}, ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return _local(value).isoformat()
    return float(value) if isinstance(value, Decimal) else value
