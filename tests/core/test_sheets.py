# SPDX-License-Identifier: EUPL-1.2
"""Tables to take away: no cell is a formula, days are days, numbers are numbers, in every program that opens them."""

import csv
import io
import shutil
import subprocess
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from core.sheets import Sheet, harmless, respond

FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+cmd|' /C calc'!A0",
    "@SUM(1;1)",
    "\t=1+1",
    "\n=1+1",
    "\r=1+1",
    " =1+1",
    "\xa0=1+1",
    "\u3000=1+1",
    "\ufeff=1+1",
    "＝1+1",
    "＋1",
    "Müller\n=1+1",
    "Müller,=1+1",
    "Müller;=1+1",
    'Müller";=1+1',
    "a\t=1+1",
    "|cmd",
]
DAY = date(2026, 12, 5)
ROW = ["Straße", DAY, datetime(2026, 12, 5, 17, 30), Decimal("3.0"), Decimal("-1234.56"), 2026, None, Decimal("1E+3")]


def file_of(kind, rows, header=("A",)):
    return respond(Sheet("tabelle", "Titel", header, rows, ["=Quelle"]), kind).content


def is_formula(text):
    return any(line.lstrip("\ufeff \t\xa0\u3000\r").startswith(tuple("=+-@＝＋－＠|")) for line in text.split("\n"))


def test_no_cell_of_a_csv_begins_a_formula_whatever_separates_the_cells():
    content = file_of("csv", [[one] for one in FORMULAS]).decode("utf-8-sig")
    for separator in ";,\t|":
        for row in csv.reader(io.StringIO(content, newline=""), delimiter=separator):
            assert not any(map(is_formula, row)), (separator, row)


def test_no_cell_of_a_workbook_is_a_formula_even_when_somebody_opens_it():
    page = load_workbook(io.BytesIO(file_of("xlsx", [[one] for one in FORMULAS]))).worksheets[0]
    cells = [cell for (cell,) in page.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert cells[0].quotePrefix
    assert all(cell.quotePrefix for cell in cells if is_formula(str(cell.value).split("\n")[0]))


def test_a_number_with_its_sign_stays_a_number():
    assert [harmless(one) for one in ("-3,4", "−3,4", "+2", "8,8 %", "-")] == ["-3,4", "-3,4", "+2", "8,8 %", "'-"]


def test_days_and_numbers_are_what_they_are_in_a_workbook():
    row = next(load_workbook(io.BytesIO(file_of("xlsx", [ROW], "ABCDEFGH"))).worksheets[0].iter_rows(min_row=2))
    assert row[1].value.date() == DAY
    assert row[1].is_date
    assert row[1].number_format == "DD.MM.YYYY"
    assert row[2].value == datetime(2026, 12, 5, 17, 30)
    assert (row[3].value, row[3].number_format) == (3, "#,##0.0")
    assert (row[4].value, row[4].number_format) == (-1234.56, "#,##0.00")
    assert (row[5].value, row[5].number_format) == (2026, "0")
    assert row[7].value == 1000


def test_a_german_excel_opens_the_csv_as_it_is():
    content = file_of("csv", [ROW], "ABCDEFGH")
    assert content.startswith(b"\xef\xbb\xbf")
    first = content.decode("utf-8-sig").split("\r\n")[1]
    assert first == "Straße;05.12.2026;05.12.2026 17:30;3,0;-1234,56;2026;;1000"


def test_a_moment_is_told_in_local_time_and_a_day_before_excel_as_text():
    moment = timezone.make_aware(datetime(2026, 7, 1, 0, 30))
    assert b"01.07.2026 00:30" in file_of("csv", [[moment]])
    page = load_workbook(io.BytesIO(file_of("xlsx", [[moment], [date(1871, 1, 18)], ["x" * 40_000]]))).worksheets[0]
    assert page["A2"].value == datetime(2026, 7, 1, 0, 30)
    assert page["A3"].value == "18.01.1871"
    assert len(page["A4"].value) == 32_767


@pytest.mark.services
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice Calc is not installed")
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_libreoffice_reads_what_was_written(tmp_path, kind):
    path = tmp_path / f"tabelle.{kind}"
    path.write_bytes(file_of(kind, [ROW, *([one, *ROW[1:]] for one in FORMULAS)], "ABCDEFGH"))
    # separator 59, quotes 34, UTF-8, from line 1, German: as a German installation opens it
    reading = ["--infilter=CSV:59,34,76,1,,1031,false,true"] if kind == "csv" else []
    where = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", where, "--headless", *reading, "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    subprocess.run([*command, "--outdir", tmp_path / "read", path], check=True, capture_output=True, timeout=120)
    rows = list(load_workbook(tmp_path / "read" / "tabelle.xlsx").worksheets[0].iter_rows(min_row=2, max_row=21))
    assert "f" not in {cell.data_type for row in rows for cell in row}
    assert rows[0][0].value == "Straße"
    assert rows[0][1].value.date() == DAY
    assert [rows[0][place].value for place in (3, 4, 5)] == [3, -1234.56, 2026]
    assert all(row[1].is_date for row in rows if row[1].value is not None)
