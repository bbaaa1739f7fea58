# SPDX-License-Identifier: EUPL-1.2
"""Small files that stop whoever reads statistics: a person gets a sentence, the web process notices nothing."""

import io
import resource
import time
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from indicators.intake import Upload
from indicators.models import Import
from indicators.readers import UnknownLayoutError
from tests.files import Gathered, flat_file

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CELL = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def workbook(rows, more=()):
    """The smallest workbook that Excel opens, with these rows as they are written."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{CELL}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{CELL}.worksheet+xml"/></Types>',
        )
        for name, kind, target in (
            ("_rels/.rels", "officeDocument", "xl/workbook.xml"),
            ("xl/_rels/workbook.xml.rels", "worksheet", "worksheets/sheet1.xml"),
        ):
            archive.writestr(
                name,
                f'<Relationships xmlns="{PACKAGE}/relationships">'
                f'<Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>',
            )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
            '<sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        )
        for name, data in more:
            archive.writestr(name, data)
    return out.getvalue()


def stray(cell):
    return workbook(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="{cell}"><v>2</v></c></row>')


STRAY = stray("XFD1048576")
FILES = {
    "a stray cell in the last row": (STRAY, "x.xlsx", "XFD1048576"),
    "a stray cell whose place is written in another way": (stray("&#88;FD1048576"), "x.xlsx", ""),
    "a sheet that is no XML": (workbook("<row><c r='A1'>" * 2000), "x.xlsx", ""),
    "a field without end": (b'Name;Zahl\n"' + b"x" * 40_000 + b"\n", "x.csv", "2"),
    "a line of columns": (b"a;" * 3000 + b"\n", "x.csv", "2000"),
    "many members": (workbook("", [(f"x/{number}.xml", "") for number in range(2100)]), "x.xlsx", "MB"),
}


@pytest.fixture
def monitor(make_user):
    return make_user("Jonas Arndt", office=["monitoring"])


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_a_sentence_and_the_web_process_does_not_notice(name):
    content, file_name, said = FILES[name]
    before, began = resource.getrusage(resource.RUSAGE_SELF), time.monotonic()
    with pytest.raises(ValidationError) as refusal:
        list(Upload(content, file_name).read().cells)
    after = resource.getrusage(resource.RUSAGE_SELF)
    assert after.ru_maxrss - before.ru_maxrss < 64 << 10  # kilobytes
    assert after.ru_utime - before.ru_utime < 1
    assert time.monotonic() - began < 30
    with translation.override("en"):
        english = refusal.value.messages[0]
    with translation.override("de"):
        german = refusal.value.messages[0]
    assert german != english
    assert said in german


def test_the_stray_cell_is_1_4_kilobytes_and_its_upload_is_a_page_that_says_where_it_is(client, monitor):
    assert len(STRAY) < 1500
    client.force_login(monitor)
    answer = client.post(reverse("indicators:import_create"), {"file": SimpleUploadedFile("tabelle.xlsx", STRAY)})
    assert answer.status_code == 422
    assert "reicht bis zur Zelle XFD1048576" in answer.content.decode()
    assert not Import.objects.exists()


def test_cells_that_are_only_coloured_do_not_count():
    coloured = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    with pytest.raises(UnknownLayoutError):
        Upload(workbook(f'<row r="1"><c r="A1"><v>1</v></c></row>{coloured}'), "x.xlsx").read()


def test_what_the_enclosure_gives_is_what_the_reader_reads():
    data = flat_file((("2023", "94", "1027"), ("2024", ".", "1038"))) + b"KREISE;kaputt\r\n"
    here, there = Gathered(data, "x.csv"), Upload(data, "x.csv").read()
    assert list(there.cells) == here.cells
    for name in ("layout", "table_code", "title", "regions", "labels", "rejected", "lost_zeros", "period_kind"):
        assert getattr(there, name) == getattr(here.delivery, name), name
