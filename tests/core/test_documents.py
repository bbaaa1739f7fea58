# SPDX-License-Identifier: EUPL-1.2
import io
import time
import zipfile

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from PIL import Image

from core import foreign
from core.documents import intake
from core.documents.examining import work
from core.documents.verdict import REFUSALS, Refused
from core.downloads import attachment, safe_name
from tests import documents
from tests.documents import SECRET

TITLE = "Kosten"
MORE = '<Override PartName="/word/x.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
OBJECT = documents.relation("rO", "oleObject", "embeddings/x.bin")
STYLES = documents.relation("rS", "styles", "styles.xml")
ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document xmlns:w="w">&a;</w:document>'
BOMB = "<w:t>" + "0" * 60_000_000 + "</w:t>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def everything_in(content):
    """The bytes of a file and of all that is packed in it."""
    found = [content]
    if content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as document:
            found += [str(thing).encode() for thing in document.objects]
            found += [one.read_bytes() for one in document.objects if isinstance(one, pikepdf.Stream)]
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found += [archive.read(name) for name in archive.namelist()]
    return b"\n".join(found)


@pytest.mark.parametrize(
    ("name", "content", "removed"),
    [
        ("a.pdf", documents.pdf(), {"comments", "files_inside", "private_data", "properties", "scripts"}),
        ("a.pdf", documents.pdf(revisions=2), {"old_versions", "scripts"}),
        ("a.jpg", documents.jpeg(), {"exif", "comments"}),
        ("a.JPEG", documents.jpeg(), {"exif"}),
        ("a.png", documents.png(), {"comments"}),
        ("a.docx", documents.docx(), {"properties", "exif"}),
        ("a.xlsx", documents.xlsx(), {"properties"}),
        ("a.odt", documents.odf(), {"properties"}),
        ("a.ods", documents.odf("<table:table/>", kind="spreadsheet"), {"properties"}),
    ],
)
def test_the_copy_for_readers_says_nothing_of_its_maker(name, content, removed):
    assert SECRET.encode() in everything_in(content)
    _extension, cleaned, gone, _remarks = work(content, name, TITLE)
    assert SECRET.encode() not in everything_in(cleaned)
    assert SECRET.encode("utf-16-be") not in everything_in(cleaned)
    assert removed <= set(gone)


def test_a_cleaned_pdf_keeps_its_text_and_has_its_new_title():
    _extension, cleaned, _gone, _remarks = work(documents.pdf(text="Sichtbar"), "a.pdf", TITLE)
    with pikepdf.open(io.BytesIO(cleaned)) as document:
        assert b"Sichtbar" in document.pages[0].Contents.read_bytes()
        assert document.open_metadata()["dc:title"] == TITLE
        assert "/OpenAction" not in document.Root
        assert "/Info" not in document.trailer


def test_a_cleaned_office_file_points_to_nothing_that_is_gone():
    _extension, cleaned, _gone, _remarks = work(documents.docx(), "a.docx", "A & B")
    with zipfile.ZipFile(io.BytesIO(cleaned)) as archive:
        names = archive.namelist()
        assert names[0] == "[Content_Types].xml"
        assert "docProps/app.xml" not in names
        for table in ("[Content_Types].xml", "_rels/.rels"):
            assert b"app.xml" not in archive.read(table)
            assert b"core.xml" in archive.read(table)
        assert "A &amp; B" in archive.read("docProps/core.xml").decode()
        assert b"<w:t>Text</w:t>" in archive.read("word/document.xml")
        assert not Image.open(io.BytesIO(archive.read("word/media/image1.jpeg"))).getexif()


def test_a_turned_photo_stands_upright_without_its_exif():
    picture, exif = Image.new("RGB", (40, 20)), Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    _extension, cleaned, _gone, _remarks = work(out.getvalue(), "a.jpg", TITLE)
    assert Image.open(io.BytesIO(cleaned)).size == (20, 40)


W_INS = '<w:p><w:ins w:id="1" w:author="X"><w:r><w:t>neu</w:t></w:r></w:ins></w:p>'
HIDDEN_STYLE = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.svg", SVG, "kind"),
        ("a.html", b"<html></html>", "kind"),
        ("a.exe", b"MZ", "kind"),
        ("a", b"x", "kind"),
        ("a.docm", b"PK\x03\x04", "macros"),
        ("a.doc", documents.docx(), "old_office"),
        ("a.svg.png", documents.png(), "double_name"),
        ("rechnung.exe.pdf", documents.pdf(), "double_name"),
        ("a.pdf", b"", "empty"),
        ("a.pdf", b"<html><script>alert(1)</script>", "not_what_it_says"),
        ("a.pdf", b"GIF89a/*" + documents.pdf(), "not_what_it_says"),
        ("a.png", documents.jpeg(), "not_what_it_says"),
        ("a.jpg", SVG, "not_what_it_says"),
        ("a.docx", documents.pdf(), "not_what_it_says"),
        ("a.docx", documents.xlsx(), "not_what_it_says"),
        ("a.ods", documents.odf(), "not_what_it_says"),
        ("a.txt", SVG, "kind"),
        ("a.txt", b"  <!DOCTYPE html><script>", "kind"),
        ("a.csv", b"#!/bin/sh\nrm", "kind"),
        ("a.txt", b"a\x00b", "not_what_it_says"),
        ("a.pdf", b"%PDF-1.7\nkaputt", "damaged"),
        ("a.png", documents.png()[:50], "damaged"),
        ("a.pdf", documents.pdf(password="geheim"), "password"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1verschl", "password"),
        ("a.docx", documents.docx(word__vbaProject_bin=b"x"), "macros"),
        ("a.docx", documents.docx(types=MORE), "macros"),
        ("a.docx", documents.docx(document_rels=OBJECT, word__embeddings__x_bin=b"x"), "embedded"),
        ("a.docx", documents.docx(word__comments_xml="<c/>"), "comments"),
        ("a.docx", documents.docx(W_INS), "tracked_changes"),
        ("a.docx", documents.docx("<w:p><w:r><w:rPr><w:vanish/></w:rPr></w:r></w:p>"), "hidden"),
        ("a.docx", documents.docx(document_rels=STYLES, word__styles_xml=ENTITY), "damaged"),
        ("a.xlsx", documents.xlsx('<sheet name="A" state="veryHidden"/>'), "hidden"),
        ("a.xlsx", documents.xlsx(rows='<row r="1" hidden="1"><c r="A1"><v>1</v></c></row>'), "hidden"),
        ("a.xlsx", documents.xlsx(**{"xl/comments1.xml": "<x/>"}), "comments"),
        ("a.odt", documents.odf(members={"Basic/Standard/Module1.xml": "<x/>"}), "macros"),
        ("a.odt", documents.odf("<office:annotation/>"), "comments"),
        ("a.odt", documents.odf("<text:tracked-changes><x/></text:tracked-changes>"), "tracked_changes"),
        (
            "a.ods",
            documents.odf('<table:table table:style-name="h"/>', kind="spreadsheet", styles=HIDDEN_STYLE),
            "hidden",
        ),
        ("a.docx", documents.docx(BOMB), "bomb"),
        ("a.docx", documents.zipped({f"{number}.xml": "" for number in range(5000)}), "bomb"),
        ("a.docx", documents.docx(**{"word__..__..__x_xml": "<x/>"}), "damaged"),
    ],
)
def test_what_could_do_harm_is_refused_with_its_reason(name, content, code):
    began = time.monotonic()
    with pytest.raises(Refused) as refusal:
        work(content, name, TITLE)
    assert refusal.value.code == code
    assert time.monotonic() - began < 2


def test_a_flood_of_pixels_is_refused_before_it_is_drawn():
    flood = io.BytesIO()
    Image.new("1", (9000, 9000)).save(flood, "PNG")
    with pytest.raises(Refused) as refusal:
        work(flood.getvalue(), "a.png", TITLE)
    assert refusal.value.code == "pixels"


def test_every_refusal_has_a_german_sentence():
    for code, sentence in REFUSALS.items():
        with translation.override("en"):
            english = str(sentence)
        with translation.override("de"):
            assert str(sentence) != english, code


def test_the_door_takes_a_good_file_and_refuses_a_large_or_a_bad_one():
    content = documents.pdf()
    taken = intake.examine(io.BytesIO(content), name="Kosten.pdf", title=TITLE, limit=10**6)
    assert (taken.extension, taken.content_type) == ("pdf", "application/pdf")
    assert taken.original == content
    assert SECRET.encode() not in everything_in(taken.clean)
    assert intake.examine(io.BytesIO(content), name="a.pdf", title=TITLE, limit=len(content))
    with pytest.raises(ValidationError, match="zu groß"):
        intake.examine(io.BytesIO(content), name="a.pdf", title=TITLE, limit=len(content) - 1)
    with pytest.raises(ValidationError) as refusal:
        intake.examine(io.BytesIO(SVG), name="x.svg", title="--help\n\x00", limit=10**6)
    assert refusal.value.code == "kind"


def test_where_the_sandbox_dies_the_file_is_refused_and_nothing_else_happens(monkeypatch):
    monkeypatch.setattr(foreign.sys, "executable", "/bin/false")
    with pytest.raises(ValidationError) as refusal:
        intake.examine(io.BytesIO(documents.pdf()), name="a.pdf", title=TITLE, limit=10**8)
    assert refusal.value.code == "died"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ('a"b\r\nSet-Cookie: x=1.pdf', "a-bSet-Cookie- x=1.pdf"),
        ("../../etc/passwd", "etc-passwd"),
        ("\u202egnp.exe.pdf", "gnp.exe.pdf"),
        ("Ü 🎈.pdf", "Ü 🎈.pdf"),
        ("", "datei"),
        ("C:\\x\\y.pdf", "C-x-y.pdf"),
    ],
)
def test_a_file_name_is_neither_a_path_nor_a_line_of_a_header(name, safe):
    assert safe_name(name) == safe
    response = attachment(io.BytesIO(b"x"), name=name, content_type="application/pdf")
    assert response["Content-Disposition"].startswith('attachment; filename="')
    assert response["Content-Disposition"].isascii()
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "private, no-store"


def test_a_very_long_name_keeps_its_ending():
    assert len(safe_name("x" * 300 + ".pdf")) <= 120
    assert safe_name("x" * 300 + ".pdf").endswith(".pdf")
