# SPDX-License-Identifier: EUPL-1.2
"""What the copy of a PDF for readers holds, asked of programs that do not know how it is made."""

import io
import re
import subprocess
import time
import zlib
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image, ImageChops

from core.documents.examining import work
from core.documents.verdict import Refused
from press import pdf as press
from tests import documents
from tests.verapdf import verapdf

CANARY = "KANARIE"


def made(content, *, prepare=None, **saving):
    """A PDF of one page of 200 × 200 points with this content."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(200, 200))
    page = document.pages[0]
    page.Contents = document.make_stream(content if isinstance(content, bytes) else content.encode())
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = Dictionary(Font=Dictionary(F1=document.make_indirect(font)))
    if prepare:
        prepare(document, page)
    out = io.BytesIO()
    document.save(out, **saving)
    return out.getvalue()


def copied(content, name="a.pdf"):
    _extension, cleaned, removed, remarks = work(content, name, "Titel")
    return cleaned, removed, remarks


def text_of(content):
    return subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True).stdout.decode()


def bytes_of(content):
    """The file and whatever in it unpacks; found by the words of the format, whatever the file says of itself."""
    found = [content]
    for start in re.finditer(rb"stream\r?\n", content):
        try:
            found.append(zlib.decompressobj().decompress(content[start.end() :]))
        except zlib.error:
            continue
    everything = b"\n".join(found)
    return everything + everything.replace(b"\x00", b"")  # texts in UTF-16, too


def picture_of(content, page=1):
    command = ["pdftoppm", "-cropbox", "-r", "40", "-f", str(page), "-l", str(page), "-png"]
    drawn = subprocess.run(command, input=content, capture_output=True, check=True).stdout
    return Image.open(io.BytesIO(drawn)).convert("RGB")


SEEN = "BT /F1 12 Tf 20 150 Td (Sichtbar) Tj ET "


def show(text, *, place="20 100 Td", before="", size=12):
    return f"BT /F1 {size} Tf {before} {place} ({text}) Tj ET "


def layers(document, page):
    off, on = (document.make_indirect(Dictionary(Type=Name.OCG, Name=String(CANARY))) for _name in "ab")
    either = Dictionary(Type=Name.OCMD, OCGs=Array([off]), P=Name.AnyOn)
    document.Root.OCProperties = Dictionary(OCGs=Array([off, on]), D=Dictionary(OFF=Array([off]), Order=Array([off])))
    page.Resources.Properties = Dictionary(Off=off, On=on, Either=either)


def usually_off(document, page):
    layers(document, page)
    document.Root.OCProperties.D = Dictionary(BaseState=Name.OFF, ON=Array([page.Resources.Properties.On]))


def form(document, page):
    inner = Stream(document, f"{show('Im Formular', place='5 5 Td')}{show(CANARY, place='5 500 Td')}".encode())
    inner.Type, inner.Subtype, inner.BBox, inner.Resources = Name.XObject, Name.Form, [0, 0, 90, 90], page.Resources
    inner.Kanarie = String(CANARY)
    page.Resources.XObject = Dictionary(F=document.make_indirect(inner))


HIDDEN = {
    "comment in a stream": (f"% {CANARY}\n{SEEN}% {CANARY}\n", None),
    "below the page": (SEEN + show(CANARY, place="20 -300 Td"), None),
    "left of the page": (SEEN + show(CANARY, place="-400 100 Td"), None),
    "off by a matrix": (SEEN + f"q 1 0 0 1 0 -500 cm {show(CANARY)} Q", None),
    "outside of what is shown of the page": (
        SEEN + show(CANARY, place="20 190 Td"),
        lambda document, page: page.obj.__setitem__("/CropBox", Array([0, 0, 200, 180])),
    ),
    "outside of a clip": (SEEN + f"q 0 0 10 10 re W n {show(CANARY)} Q", None),
    "without a colour": (SEEN + show(CANARY, before="3 Tr") + "BT 0 Tr ET", None),
    "white on nothing": (SEEN + show(CANARY, before="1 1 1 rg"), None),
    "see-through": (
        SEEN + f"/G gs {show(CANARY)}",
        lambda document, page: page.Resources.__setitem__("/ExtGState", Dictionary(G=Dictionary(ca=0, CA=0))),
    ),
    "too small to be read": (SEEN + show(CANARY, size=0.01), None),
    "below a black bar": (SEEN + show(CANARY) + "0 g 10 90 120 30 re f ", None),
    "a layer that is off": (SEEN + f"/OC /Off BDC {show(CANARY)} EMC", layers),
    "a layer within a layer": (SEEN + f"/OC /On BDC /OC /Off BDC {show(CANARY)} EMC EMC", layers),
    "what depends on a layer": (SEEN + f"/OC /Either BDC {show(CANARY)} EMC", layers),
    "layers that are off unless they are on": (SEEN + f"/OC /Off BDC {show(CANARY)} EMC", usually_off),
    "what is said of what is not shown": (
        SEEN + f"/Span <</ActualText ({CANARY}) /Alt ({CANARY})>> BDC {show(CANARY, before='3 Tr')} EMC",
        None,
    ),
    "in a form, off the page": (SEEN + "q 1 0 0 1 20 20 cm /F Do Q", form),
    "an operator that nobody knows": (SEEN + f"BX ({CANARY}) KN EX /{CANARY} MP /{CANARY} <</A ({CANARY})>> DP", None),
    "a font that is not used": (
        SEEN,
        lambda document, page: page.Resources.Font.__setitem__("/F9", Dictionary(BaseFont=Name("/" + CANARY))),
    ),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_what_nobody_sees_on_the_page_is_not_in_the_copy(name):
    content, prepare = HIDDEN[name]
    source = made(content, prepare=prepare)
    assert CANARY.encode() in bytes_of(source)
    copy, _removed, _remarks = copied(source)
    assert CANARY.encode() not in bytes_of(copy)
    assert CANARY not in text_of(copy)
    assert "Sichtbar" in text_of(copy)
    assert ImageChops.difference(picture_of(source), picture_of(copy)).getbbox() is None


KEPT = {
    "white on a dark ground": "0 g 10 90 120 30 re f " + show("Bleibt", before="1 g"),
    "beside a bar": show("Bleibt") + "0 g 10 10 100 20 re f ",
    "below a bar that is cut off": show("Bleibt") + "q 0 0 5 5 re W n 0 g 0 0 200 200 re f Q ",
    "below a transparent area": show("Bleibt"),
    "on a layer that is on": f"/OC /On BDC {show('Bleibt')} EMC",
    "turned": "BT /F1 12 Tf 0 1 -1 0 60 40 Tm (Bleibt) Tj ET ",
    "line by line": "BT /F1 12 Tf 14 TL 20 150 Td (Eins) ' (Bleibt) ' ET ",
    "spaced": 'BT /F1 12 Tf 20 100 Td 2 1 (Bleibt) " ET ',
}


@pytest.mark.parametrize("name", KEPT)
def test_what_is_seen_stays_where_it_is(name):
    source = made(KEPT[name], prepare=layers)
    copy, _removed, _remarks = copied(source)
    assert "Bleibt" in text_of(copy)
    assert ImageChops.difference(picture_of(source), picture_of(copy)).getbbox() is None


def test_only_the_word_below_the_bar_goes_and_the_line_stays_where_it_is():
    def with_widths(document, page):
        page.Resources.Font.F1.update({"/FirstChar": 32, "/LastChar": 122, "/Widths": Array([600] * 91)})
        page.Resources.Font.F1.BaseFont = Name.Courier

    source = made("BT /F1 10 Tf 20 100 Td (Vorn KANARIE hinten) Tj ET 0 g 49 95 43 15 re f", prepare=with_widths)
    copy, removed, _remarks = copied(source)
    assert CANARY.encode() not in bytes_of(copy)
    assert "Vorn" in text_of(copy)
    assert "hinten" in text_of(copy)
    assert "unseen_text" in removed
    assert ImageChops.difference(picture_of(source), picture_of(copy)).getbbox() is None


def jpeg_with_notes(document, page):
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = CANARY
    picture = Image.effect_noise((60, 40), 50).convert("RGB")
    picture.save(out, "JPEG", exif=exif, comment=CANARY.encode(), quality=80)
    image = Stream(document, out.getvalue() + CANARY.encode())
    image.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 60, "/Height": 40, "/BitsPerComponent": 8})
    image.update({"/ColorSpace": Name.DeviceRGB, "/Filter": Name.DCTDecode, "/Kanarie": String(CANARY)})
    page.Resources.XObject = Dictionary(I=document.make_indirect(image))


def raw_picture(document, page):
    image = Stream(document, bytes(range(0, 250, 10)) + CANARY.encode())
    image.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 5, "/Height": 5, "/BitsPerComponent": 8})
    image.update({"/ColorSpace": Name.DeviceGray, "/Metadata": document.make_stream(CANARY.encode())})
    page.Resources.XObject = Dictionary(I=document.make_indirect(image))


def profiled(document, page):
    raw_picture(document, page)
    profile = Stream(document, bytes(16) + b"GRAY" + bytes(108) + CANARY.encode())
    profile.N = 1
    page.Resources.XObject.I.ColorSpace = Array([Name.ICCBased, document.make_indirect(profile)])


PICTURE = "q 100 0 0 100 50 50 cm /I Do Q "


@pytest.mark.parametrize("prepare", [jpeg_with_notes, raw_picture, profiled])
def test_pictures_come_along_with_their_pixels_and_nothing_else(prepare):
    source = made(SEEN + PICTURE, prepare=prepare)
    assert CANARY.encode() in bytes_of(source)
    copy, _removed, _remarks = copied(source)
    assert CANARY.encode() not in bytes_of(copy)
    colours = zip(*ImageChops.difference(picture_of(source), picture_of(copy)).getextrema(), strict=True)
    assert max(list(colours)[1]) < 12


def test_a_picture_in_the_line_of_the_content_is_shown():
    source = made(b"q 90 0 0 90 50 50 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \x00\x80\xff\x40 EI Q")
    copy, _removed, _remarks = copied(source)
    assert ImageChops.difference(picture_of(source), picture_of(copy)).getbbox() is None


def everywhere(document, page):
    """A canary in every place of the format that is no page."""
    text, stream = String(CANARY), document.make_indirect(document.make_stream(CANARY.encode()))
    root = document.Root
    root.Kanarie, root.PieceInfo, root.Threads = (
        text,
        Dictionary(X=Dictionary(Private=text)),
        Array([Dictionary(I=text)]),
    )
    root.AA = Dictionary(WC=Dictionary(S=Name.JavaScript, JS=text))
    root.OpenAction = Dictionary(S=Name.Launch, F=text)
    root.URI, root.Legal, root.SpiderInfo = Dictionary(Base=text), Dictionary(A=text), Dictionary(V=text)
    root.OutputIntents = Array([Dictionary(S=Name.GTS_PDFA1, Info=text, OutputConditionIdentifier=text)])
    root.AF = Array([Dictionary(Type=Name.Filespec, F=text, EF=Dictionary(F=stream))])
    page.obj.update({"/Kanarie": text, "/PieceInfo": Dictionary(X=text), "/Thumb": stream, "/Metadata": stream})
    page.obj.update({"/AA": Dictionary(O=Dictionary(S=Name.JavaScript, JS=text)), "/Trans": Dictionary(S=text)})
    page.Resources.Kanarie = text
    page.Resources.Font.F1.update({"/Kanarie": text, "/Metadata": stream, "/Name": Name("/" + CANARY)})
    box = Array([10, 10, 50, 50])
    notes = [
        Dictionary(Subtype=Name(kind), Rect=box, Contents=text, T=text, RC=text, NM=text)
        for kind in ("/Text", "/FreeText", "/Highlight", "/Stamp", "/Popup", "/FileAttachment", "/Screen", "/RichMedia")
    ]
    links = [
        Dictionary(Subtype=Name.Link, Rect=box, NM=text, T=text, A=action)
        for action in (
            Dictionary(S=Name.JavaScript, JS=text),
            Dictionary(S=Name.URI, URI=String(f"file:///{CANARY}")),
            Dictionary(S=Name.SubmitForm, F=text),
            Dictionary(S=Name.GoToR, F=text, D=Array([0, Name.Fit])),
            Dictionary(S=Name.URI, URI=String("https://gut.example/"), Next=Dictionary(S=Name.Launch, F=text)),
        )
    ]
    page.Annots = Array([document.make_indirect(one) for one in (*notes, *links)])


def test_no_place_of_the_format_brings_anything_along_that_is_not_named():
    copy, removed, _remarks = copied(made(SEEN, prepare=everywhere))
    assert CANARY.encode() not in bytes_of(copy)
    assert {"comments", "files_inside", "scripts"} <= set(removed)
    info = subprocess.run(["pdfinfo", "-"], input=copy, capture_output=True, check=True).stdout.decode()
    assert "JavaScript:      no" in info
    assert b"https://gut.example/" in bytes_of(copy)


def test_a_field_of_a_form_becomes_what_it_shows():
    def field(document, page):
        shown = Stream(document, b"BT /F1 12 Tf 2 5 Td (Eingetragen) Tj ET")
        shown.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 100, 20])})
        shown.Resources = page.Resources
        one = Dictionary(
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=String(CANARY),
            V=String(CANARY),
            Rect=Array([20, 20, 120, 40]),
            F=4,
            AP=Dictionary(N=document.make_indirect(shown)),
        )
        one = document.make_indirect(one)
        page.Annots = Array([one])
        document.Root.AcroForm = Dictionary(Fields=Array([one]), DR=page.Resources)

    copy, removed, _remarks = copied(made(SEEN, prepare=field))
    assert "Eingetragen" in text_of(copy)
    assert CANARY.encode() not in bytes_of(copy)
    assert "fields" in removed


def test_a_lock_on_printing_alone_is_taken_off_and_one_on_opening_is_refused():
    lock = pikepdf.Encryption(user="", owner="x")
    copy, removed, _remarks = copied(made(SEEN, encryption=lock))
    assert "Sichtbar" in text_of(copy)
    assert "print_lock" in removed
    info = subprocess.run(["pdfinfo", "-"], input=copy, capture_output=True, check=True).stdout.decode()
    assert re.search(r"Encrypted:\s+no", info)
    with pytest.raises(Refused) as refusal:
        copied(made(SEEN, encryption=pikepdf.Encryption(user="x", owner="y")))
    assert refusal.value.code == "password"


def test_a_scan_without_text_is_named_and_one_with_text_behind_it_keeps_that():
    whole = "q 200 0 0 200 0 0 cm /I Do Q "
    _copy, _removed, remarks = copied(made(whole, prepare=raw_picture))
    assert remarks == ["no_text"]
    behind = made(whole + show("Erkannt", before="3 Tr"), prepare=raw_picture)
    copy, _removed, remarks = copied(behind)
    assert remarks == ["text_layer"]
    assert "Erkannt" in text_of(copy)
    _copy, _removed, remarks = copied(made(SEEN + PICTURE, prepare=raw_picture))
    assert remarks == []


PAGE = (
    '<html lang="de"><head><title>Probe</title></head><body><h1>Überschrift</h1><p>Ein <a href="https://gut.example/">'
    'Verweis</a> im Text.</p><table><tr><th scope="col">Jahr</th></tr><tr><td>2026</td></tr></table></body></html>'
)


def test_an_accessible_document_stays_accessible(tmp_path):
    source, _pages = press.render(PAGE, "")
    copy, _removed, _remarks = copied(source)
    assert text_of(copy) == text_of(source)
    path = tmp_path / "copy.pdf"
    path.write_bytes(copy)
    verdict = verapdf(path, flavours="ua1")
    assert verdict.returncode == 0, verdict.stdout


@pytest.mark.parametrize("bomb", ["forms", "nested", "pattern"])
def test_forms_within_forms_end(bomb):
    def forms(document, page):
        last = None
        for _level in range(40):
            content = b"/F Do q 1 0 0 1 1 1 cm /F Do Q" if last is not None else b""
            one = Stream(document, content)
            one.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 200, 200])})
            one.Resources = Dictionary(XObject=Dictionary(F=last)) if last is not None else Dictionary()
            last = document.make_indirect(one)
        page.Resources.XObject = Dictionary(F=last)

    def nested(document, page):
        one = document.make_indirect(Stream(document, b"/F Do"))
        one.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 200, 200])})
        one.Resources = Dictionary(XObject=Dictionary(F=one))
        page.Resources.XObject = Dictionary(F=one)

    def pattern(document, page):
        one = document.make_indirect(Stream(document, b"/Pattern cs /P scn 0 0 9 9 re f"))
        one.update({"/PatternType": 1, "/PaintType": 1, "/TilingType": 1, "/BBox": Array([0, 0, 9, 9])})
        one.update({"/XStep": 9, "/YStep": 9, "/Resources": Dictionary(Pattern=Dictionary(P=one))})
        page.Resources.Pattern = Dictionary(P=one)

    began = time.monotonic()
    prepare = {"forms": forms, "nested": nested, "pattern": pattern}[bomb]
    content = "/Pattern cs /P scn 0 0 99 99 re f" if bomb == "pattern" else "/F Do"
    if bomb == "pattern":  # what leads back to itself is drawn once
        copied(made(content, prepare=prepare))
    else:
        with pytest.raises(Refused):
            copied(made(content, prepare=prepare))
    assert time.monotonic() - began < 20


def test_real_documents_look_and_read_as_before():
    """Manuals that the system has brought along, set by TeX and other programs."""
    found = sorted(Path("/usr/share/doc").glob("*/*.pdf"))[:3]
    for path in found:
        source = path.read_bytes()
        copy, _removed, _remarks = copied(source)
        assert text_of(copy) == text_of(source), path
        for page in (1, 2):
            assert ImageChops.difference(picture_of(source, page), picture_of(copy, page)).getbbox() is None, path


def test_the_old_canaries_are_gone_from_every_stream():
    copy, _removed, _remarks = copied(documents.pdf(revisions=2))
    assert documents.SECRET.encode() not in bytes_of(copy)
