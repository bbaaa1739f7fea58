# SPDX-License-Identifier: EUPL-1.2
"""A table on its way out: the same rows as CSV, as XLSX and as JSON, with source and legend beside them."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

FORMATS = ("csv", "xlsx", "json")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RISKY = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Sheet:
    """Rows of text and decimals under headings; ``notes`` say source, licence, state and the meaning of signs."""

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
    """Text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text.startswith(RISKY) else text


def _csv(sheet):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow([harmless(str(cell)) for cell in sheet.header])
    for row in sheet.rows:
        writer.writerow([_csv_cell(cell) for cell in row])
    writer.writerow([])
    for note in (sheet.title, *sheet.notes):
        writer.writerow([harmless(str(note))])
    return "\ufeff" + out.getvalue()


def _csv_cell(value):
    if value is None:
        return ""
    if isinstance(value, Decimal | int | float):
        return str(value).replace(".", ",")
    return harmless(str(value))


def _xlsx(sheet):
    workbook = Workbook(write_only=True)
    page = workbook.create_sheet(_("Values"))
    page.freeze_panes = "A2"
    for index, heading in enumerate(sheet.header):
        longest = max([len(str(heading)), *(len(str(row[index])) for row in sheet.rows[:200])], default=8)
        page.column_dimensions[get_column_letter(index + 1)].width = min(longest + 3, 60)
    page.append([_text_cell(page, heading, bold=True) for heading in sheet.header])
    for row in sheet.rows:
        page.append([cell if isinstance(cell, Decimal | int | float) else _text_cell(page, cell) for cell in row])
    about = workbook.create_sheet(_("About these values"))
    about.column_dimensions["A"].width = 110
    for index, note in enumerate((sheet.title, *sheet.notes)):
        about.append([_text_cell(about, note, bold=index == 0)])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _text_cell(page, value, *, bold=False):
    # control characters, such as word processors leave in a title, stand in no workbook
    cell = WriteOnlyCell(page, "" if value is None else ILLEGAL_CHARACTERS_RE.sub(" ", str(value)))
    cell.data_type = "s"  # never a formula, whatever it starts with
    if bold:
        cell.font = Font(bold=True)
    return cell


def _json(sheet):
    rows = [dict(zip(sheet.header, (_plain(cell) for cell in row), strict=True)) for row in sheet.rows]
    return json.dumps({"title": sheet.title, "rows": rows, "notes": list(sheet.notes)}, ensure_ascii=False)


def _plain(value):
    return float(value) if isinstance(value, Decimal) else value
