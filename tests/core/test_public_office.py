# SPDX-License-Identifier: EUPL-1.2
"""What the copies of Office files for readers hold, looked at with ``unzip`` and by programs that open them."""

import io
import subprocess

import pytest
from django.utils import translation
from openpyxl import load_workbook

from core.documents.examining import work
from core.documents.verdict import Refused
from tests import documents
from tests.documents import docx, odf, pptx, relation, xlsx

CANARY = "KANARIE"


def copied(content, name):
    _extension, cleaned, removed, _remarks = work(content, name, "Titel")
    return cleaned, set(removed)


def unzipped(content, tmp_path):
    """Everything in the archive, names and bytes, as ``unzip`` has it."""
    path = tmp_path / "copy.zip"
    path.write_bytes(content)
    subprocess.run(["unzip", "-tqq", path], check=True)
    names = subprocess.run(["unzip", "-Z1", path], capture_output=True, check=True).stdout
    return names + subprocess.run(["unzip", "-p", path], capture_output=True, check=True).stdout


def field(code, shown="gezeigt"):
    first, rest = code[:4], code[4:]
    return (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{first}</w:instrText></w:r><w:r><w:instrText>{rest}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t>{shown}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


SETTINGS = (
    f'<w:settings {documents.WORD} {documents.LINKS}><w:docVars><w:docVar w:name="x" w:val="{CANARY}"/></w:docVars>'
    f'<w:rsids><w:rsid w:val="00{CANARY}"/></w:rsids><w:attachedTemplate r:id="rT"/><w:defaultTabStop w:val="708"/>'
    f"</w:settings>"
)
WITH_SETTINGS = docx(
    document_rels=relation("rS", "settings", "settings.xml"),
    **{
        "word/settings.xml": SETTINGS,
        "word/_rels/settings.xml.rels": documents.RELATIONS.format(
            relation("rT", "attachedTemplate", f"file:///server/{CANARY}.dotm", external=True)
        ),
    },
)
TEXT = "<w:p><w:r><w:t>Text</w:t></w:r></w:p>"
GONE = {
    "parts that nobody knows": (
        docx(**{f"word/{CANARY}.xml": f"<x>{CANARY}</x>", f"{CANARY}/a.bin": CANARY}),
        "a.docx",
    ),
    "an element of another world": (
        docx(f'{TEXT}<x:y xmlns:x="http://x.example/" x:z="{CANARY}">{CANARY}</x:y>'),
        "a.docx",
    ),
    "an attribute of another world": (docx(f'<w:p xmlns:x="http://x.example/" x:z="{CANARY}"/>{TEXT}'), "a.docx"),
    "a comment in the XML": (docx(f"<!-- {CANARY} --><?{CANARY} x?>{TEXT}"), "a.docx"),
    "revision numbers": (docx(f'<w:p w:rsidR="{CANARY}" w:rsidRDefault="{CANARY}"/>{TEXT}'), "a.docx"),
    "variables and a template": (WITH_SETTINGS, "a.docx"),
    "altChunk": (
        docx(
            f'{TEXT}<w:altChunk r:id="rA"/>',
            document_rels=relation("rA", "aFChunk", "chunk.xml"),
            **{"word/chunk.xml": f"<x>{CANARY}</x>"},
        ),
        "a.docx",
    ),
    "DDE": (docx(TEXT + field(f"DDEAUTO excel {CANARY}")), "a.docx"),
    "INCLUDETEXT": (docx(TEXT + field(f'INCLUDETEXT "//server/{CANARY}.docx"')), "a.docx"),
    "INCLUDEPICTURE": (docx(TEXT + field(f'INCLUDEPICTURE "http://{CANARY}.example/x.png"')), "a.docx"),
    "the author's name": (
        docx(f'{TEXT}<w:fldSimple w:instr=" DOCPROPERTY {CANARY} "><w:r><w:t>x</w:t></w:r></w:fldSimple>'),
        "a.docx",
    ),
    "a link into the house": (
        docx(
            f'{TEXT}<w:p><w:hyperlink r:id="rH"><w:r><w:t>hier</w:t></w:r></w:hyperlink></w:p>',
            document_rels=relation("rH", "hyperlink", f"file:///server/{CANARY}.xlsx", external=True),
        ),
        "a.docx",
    ),
    "strings of cells that are gone": (
        xlsx(
            rows='<row r="1"><c r="A1" t="s"><v>1</v></c></row>',
            strings=f"<si><t>{CANARY}</t></si><si><t>Text</t></si>",
        ),
        "a.xlsx",
    ),
    "another workbook": (
        xlsx(
            rows=f'<row r="1"><c r="A1"><f>\'[1]{CANARY}\'!A1</f><v>7</v></c></row>',
            strings="<si><t>Text</t></si>",
            workbook_rels=relation("rE", "externalLink", "externalLinks/externalLink1.xml"),
            more='<externalReferences><externalReference r:id="rE"/></externalReferences>',
            **{"xl/externalLinks/externalLink1.xml": f"<x>{CANARY}</x>"},
        ),
        "a.xlsx",
    ),
    "DDE in a cell": (
        xlsx(rows=f'<row r="1"><c r="A1"><f>cmd|\'/c {CANARY}\'!A0</f><v>7</v></c></row>'),
        "a.xlsx",
    ),
    "the data behind a pivot table": (
        xlsx(
            workbook_rels=relation("rP", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml"),
            more='<pivotCaches><pivotCache cacheId="1" r:id="rP"/></pivotCaches>',
            **{"xl/pivotCache/pivotCacheDefinition1.xml": f"<x>{CANARY}</x>"},
        ),
        "a.xlsx",
    ),
    "scenarios with their author": (
        xlsx(after=f'<scenarios><scenario name="x" user="{CANARY}"/></scenarios>'),
        "a.xlsx",
    ),
    "speaker notes": (
        pptx(
            slide_rels=relation("rN", "notesSlide", "../notesSlides/notesSlide1.xml"),
            **{"ppt/notesSlides/notesSlide1.xml": f"<p:notes {documents.SLIDE}>{CANARY}</p:notes>"},
        ),
        "a.pptx",
    ),
    "variables of LibreOffice": (
        odf(
            f'<text:user-field-decls><text:user-field-decl office:string-value="{CANARY}"/>'
            "</text:user-field-decls><text:p>Text</text:p>"
        ),
        "a.odt",
    ),
    "DDE in LibreOffice": (
        odf(f'<text:section><office:dde-source office:dde-topic="{CANARY}"/><text:p>Text</text:p></text:section>'),
        "a.odt",
    ),
    "a section from another file": (
        odf(
            f'<text:section><text:section-source xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="../{CANARY}"/>'
            "<text:p>Text</text:p></text:section>"
        ),
        "a.odt",
    ),
    "other parts of LibreOffice": (
        odf(members={f"{CANARY}/x.xml": f"<x>{CANARY}</x>", "manifest.rdf": CANARY}),
        "a.odt",
    ),
}


@pytest.mark.parametrize("name", GONE)
def test_what_no_list_names_is_not_in_the_copy(name, tmp_path):
    content, file_name = GONE[name]
    assert CANARY.encode() in unzipped(content, tmp_path)
    copy, _removed = copied(content, file_name)
    everything = unzipped(copy, tmp_path)
    assert CANARY.encode() not in everything
    assert b"Text" in everything or file_name == "a.xlsx"


def test_fields_become_what_they_show_and_harmless_ones_stay(tmp_path):
    body = TEXT + field("DDEAUTO excel x", "das Ergebnis") + field("PAGE \\* ARABIC", "7")
    copy, removed = copied(docx(body), "a.docx")
    everything = unzipped(copy, tmp_path)
    assert b"das Ergebnis" in everything
    assert b"DDE" not in everything
    assert b"PAGE" in everything.replace(b"</w:instrText></w:r><w:r><w:instrText>", b"")
    assert "links_outside" in removed


HIDDEN = {
    "a sheet": (xlsx('<sheet name="Löhne" sheetId="1" r:id="r1" state="veryHidden"/>'), "a.xlsx", "Blatt „Löhne“"),
    "rows": (xlsx(rows='<row r="5" hidden="1"><c r="A5"><v>1</v></c></row>'), "a.xlsx", "Zeilen 5 des Blattes „A“"),
    "columns": (
        xlsx(before='<cols><col min="3" max="3" hidden="1"/></cols>', rows='<row r="1"><c r="C1"><v>1</v></c></row>'),
        "a.xlsx",
        "Spalten C des Blattes „A“",
    ),
    "a format that shows nothing": (
        xlsx(rows='<row r="1"><c r="B1" s="1"><v>1</v></c></row>', format=";;;"),
        "a.xlsx",
        "Zellen B1 des Blattes „A“",
    ),
    "text": (docx("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>geheim</w:t></w:r></w:p>"), "a.docx", "Text „geheim“"),
    "a slide": (pptx('show="0"'), "a.pptx", "Folie 1"),
    "a table of LibreOffice": (
        odf(
            '<table:table table:name="Löhne" table:style-name="h"/>',
            kind="spreadsheet",
            styles='<style:style style:name="h"><style:table-properties table:display="false"/></style:style>',
        ),
        "a.ods",
        "Blatt „Löhne“",
    ),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_what_is_hidden_is_named_before_it_is_published(name):
    content, file_name, said = HIDDEN[name]
    with pytest.raises(Refused) as refusal:
        copied(content, file_name)
    assert refusal.value.code == "hidden"
    with translation.override("de"):
        assert said in str(refusal.value.message)


def test_hidden_columns_without_content_and_coloured_formats_are_no_secret():
    columns = '<cols><col min="9" max="16384" hidden="1"/></cols>'
    cell = '<row r="1"><c r="A1" s="1"><v>1</v></c></row><row r="9" hidden="1"/>'
    assert copied(xlsx(before=columns, rows=cell, format="#,##0;[Red]-#,##0"), "a.xlsx")


def test_a_copied_workbook_opens_with_its_values_and_formulas():
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>2.5</v></c></row>'
        '<row r="2"><c r="B2"><f>SUM(B1:B1)</f><v>2.5</v></c></row>'
    )
    copy, _removed = copied(xlsx(rows=rows, strings="<si><t>Größe</t></si>"), "a.xlsx")
    sheet = load_workbook(io.BytesIO(copy))["A"]
    assert [sheet["A1"].value, sheet["B1"].value, sheet["B2"].value] == ["Größe", 2.5, "=SUM(B1:B1)"]


def test_lists_that_lost_their_last_entry_go_with_it(tmp_path):
    rule = '<dataValidation type="list" sqref="A1"><formula1>[1]Blatt!$A$1</formula1></dataValidation>'
    after = f'<dataValidations count="1">{rule}</dataValidations>'
    names = '<definedNames><definedName name="x">[1]Blatt!$A$1</definedName></definedNames>'
    copy, _removed = copied(xlsx(after=after, more=names), "a.xlsx")
    everything = unzipped(copy, tmp_path)
    assert b"dataValidation" not in everything
    assert b"definedName" not in everything
    assert load_workbook(io.BytesIO(copy)).sheetnames == ["A"]


def test_a_real_workbook_and_its_tables_come_through(shared_data):
    path = next((shared_data / "genesis/xlsx_table").glob("*.xlsx"))
    copy, _removed = copied(path.read_bytes(), "a.xlsx")
    before, after = (load_workbook(io.BytesIO(one), read_only=True) for one in (path.read_bytes(), copy))
    assert before.sheetnames == after.sheetnames
    for name in before.sheetnames:
        rows = [[[cell.value for cell in row] for row in book[name].iter_rows()] for book in (before, after)]
        assert rows[0] == rows[1]


def test_pictures_in_documents_lose_what_is_not_a_pixel(tmp_path):
    copy, removed = copied(docx(), "a.docx")
    assert documents.SECRET.encode() not in unzipped(copy, tmp_path)
    assert b"word/media/image1.jpeg" in unzipped(copy, tmp_path)
    assert "exif" in removed


def test_an_old_drawing_is_named():
    content = docx(
        '<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:embed="rE"/>'
        "</w:drawing></w:r></w:p>",
        document_rels=relation("rE", "image", "media/image9.emf"),
        **{"word/media/image9.emf": "x"},
    )
    with pytest.raises(Refused) as refusal:
        copied(content, "a.docx")
    assert refusal.value.code == "old_drawing"
    assert "image9.emf" in str(refusal.value.message)
