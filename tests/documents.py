# SPDX-License-Identifier: EUPL-1.2
"""Documents as people hand them in, made small and with everything in them that must not get out."""

import io
import zipfile

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, PngImagePlugin

SECRET = "KANARIE-metadata"


def pdf(*, text="Seite", revisions=1, password="", owner="", traces=True):
    """A PDF with author, XMP, a script, a file inside, a note and an earlier version."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(200, 200))
    page = document.pages[0]
    page.Contents = document.make_stream(f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode())
    font = document.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    page.Resources = Dictionary(Font=Dictionary(F1=font))
    if traces:
        document.docinfo["/Author"] = SECRET
        with document.open_metadata() as meta:
            meta["dc:creator"] = [SECRET]
        document.attachments[f"{SECRET}.txt"] = pikepdf.AttachedFileSpec(document, SECRET.encode())
        script = Dictionary(S=Name.JavaScript, JS=f"app.alert('{SECRET}')")
        document.Root.OpenAction = script
        document.Root.Names.JavaScript = Dictionary(Names=Array(["x", document.make_indirect(script)]))
        note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Contents=SECRET, Rect=Array([0, 0, 9, 9]), T=SECRET)
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=script)
        page.Annots = Array([document.make_indirect(note), document.make_indirect(link)])
        page.PieceInfo = Dictionary(Word=Dictionary(Private=SECRET))
    out = io.BytesIO()
    if password or owner:
        document.save(out, encryption=pikepdf.Encryption(user=password, owner=owner or password))
    else:
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    content = out.getvalue()
    return content if revisions == 1 else with_earlier_version(content)


def with_earlier_version(content):
    """Append an update whose newer object hides an older one that is still in the file."""
    start = content.rindex(b"startxref")
    place = int(content[start:].split()[1])
    with pikepdf.open(io.BytesIO(content)) as opened:
        root, size = opened.Root.objgen[0], len(opened.objects) + 1
    first = f"\n{size} 0 obj\n({SECRET} von gestern)\nendobj\n".encode()
    table = len(content) + len(first)
    update = (
        f"xref\n{size} 1\n{len(content) + 1:010d} 00000 n \ntrailer\n"
        f"<< /Size {size + 1} /Root {root} 0 R /Prev {place} >>\nstartxref\n{table}\n%%EOF\n"
    )
    return content + first + update.encode()


def jpeg(*, size=(40, 30)):
    picture = Image.new("RGB", size, "teal")
    exif = Image.Exif()
    exif[0x010E] = SECRET
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (50.0, 1.0, 2.0)
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=SECRET.encode())
    return out.getvalue()


def png(*, size=(40, 30)):
    about = PngImagePlugin.PngInfo()
    about.add_text("Author", SECRET)
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "PNG", pnginfo=about)
    return out.getvalue()


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/docProps/app.xml" ContentType="application/xml"/>{more}</Types>'
)
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LINKS = f'xmlns:r="{OFFICE}"'
SLIDE = f'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" {LINKS}'
BLIP = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
CELLS = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def relation(number, kind, target, *, external=False):
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{number}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'


def _package(main, *, types="", rels="", **parts):
    """The frame of an Office file, with the properties that nobody means to publish."""
    about = relation("r1", "officeDocument", main) + relation("r2", "extended-properties", "docProps/app.xml") + rels
    return zipped(
        {
            "[Content_Types].xml": TYPES.format(more=types),
            "_rels/.rels": RELATIONS.format(about),
            "docProps/app.xml": f"<Properties><Company>{SECRET}</Company></Properties>",
            "docProps/core.xml": f"<core><creator>{SECRET}</creator></core>",
            "docProps/custom.xml": f"<custom>{SECRET}</custom>",
            "customXml/item1.xml": f"<x>{SECRET}</x>",
            **parts,
        }
    )


def docx(body="<w:p><w:r><w:t>Text</w:t></w:r></w:p>", *, types="", rels="", document_rels="", **members):
    picture = f'<w:p><w:r><w:drawing><a:blip {BLIP} r:embed="rImage"/></w:drawing></w:r></w:p>'
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    kind = f'<Override PartName="/word/document.xml" ContentType="{main}"/>'
    parts = {
        name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"): one for name, one in members.items()
    }
    related = relation("rImage", "image", "media/image1.jpeg") + document_rels
    return _package(
        "word/document.xml",
        types=kind + types,
        rels=rels,
        **{
            "word/document.xml": f"<w:document {WORD} {LINKS}><w:body>{body}{picture}</w:body></w:document>",
            "word/_rels/document.xml.rels": RELATIONS.format(related),
            "word/media/image1.jpeg": jpeg(),
            **parts,
        },
    )


def xlsx(
    sheet='<sheet name="A" sheetId="1" r:id="r1"/>',
    rows="",
    *,
    strings="",
    format="0",
    before="",
    after="",
    more="",
    workbook_rels="",
    **members,
):
    main = f'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" {LINKS}'
    path = f'<x15ac:absPath xmlns:x15ac="http://y" url="C:\\Users\\{SECRET}\\"/>'
    kinds = {
        "workbook": "sheet.main",
        "worksheets/sheet1": "worksheet",
        "sharedStrings": "sharedStrings",
        "styles": "styles",
    }
    types = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{CELLS}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    own = [
        ("r1", "worksheet", "worksheets/sheet1.xml"),
        ("r2", "styles", "styles.xml"),
        ("r3", "sharedStrings", "sharedStrings.xml"),
    ]
    frame = '<fonts count="1"><font/></fonts><fills count="1"><fill><patternFill/></fill></fills>'
    frame += '<borders count="1"><border/></borders>'
    plain = '<xf numFmtId="{}" fontId="0" fillId="0" borderId="0"{}/>'
    cells = plain.format(0, ' xfId="0"') + plain.format(164, ' xfId="0" applyNumberFormat="1"')
    return _package(
        "xl/workbook.xml",
        types=types,
        **{
            "xl/workbook.xml": f"<workbook {main}>{path}<sheets>{sheet}</sheets>{more}</workbook>",
            "xl/_rels/workbook.xml.rels": RELATIONS.format("".join(relation(*one) for one in own) + workbook_rels),
            "xl/worksheets/sheet1.xml": f"<worksheet {main}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>",
            "xl/sharedStrings.xml": f"<sst {main}>{strings}</sst>",
            "xl/styles.xml": f'<styleSheet {main}><numFmts count="1">'
            f'<numFmt numFmtId="164" formatCode="{format}"/></numFmts>{frame}<cellStyleXfs count="1">'
            f'{plain.format(0, "")}</cellStyleXfs><cellXfs count="2">{cells}</cellXfs></styleSheet>',
            **members,
        },
    )


def pptx(slide="", *, slide_rels="", **members):
    kind = "application/vnd.openxmlformats-officedocument.presentationml"
    types = f'<Override PartName="/ppt/presentation.xml" ContentType="{kind}.presentation.main+xml"/>'
    types += f'<Override PartName="/ppt/slides/slide1.xml" ContentType="{kind}.slide+xml"/>'
    text = f"<a:t {BLIP}>Text</a:t>"
    return _package(
        "ppt/presentation.xml",
        types=types,
        **{
            "ppt/presentation.xml": f'<p:presentation {SLIDE}><p:sldIdLst><p:sldId id="256" r:id="r1"/></p:sldIdLst>'
            f'<p:extLst><p:ext uri="x">{SECRET}</p:ext></p:extLst></p:presentation>',
            "ppt/_rels/presentation.xml.rels": RELATIONS.format(relation("r1", "slide", "slides/slide1.xml")),
            "ppt/slides/slide1.xml": f"<p:sld {SLIDE} {slide}><p:cSld><p:spTree>{text}</p:spTree></p:cSld></p:sld>",
            "ppt/slides/_rels/slide1.xml.rels": RELATIONS.format(slide_rels),
            **members,
        },
    )


NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(f'xmlns:{name}="{NAMES}{name}:1.0"' for name in ("office", "text", "table", "style"))


def odf(body="<text:p>Text</text:p>", *, kind="text", styles="", members=()):
    content = f"<office:document-content {SPACES}>{styles}<office:body>{body}</office:body></office:document-content>"
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": content,
            "meta.xml": f"<office:document-meta {SPACES}><office:meta>{SECRET}</office:meta></office:document-meta>",
            "settings.xml": f"<office:document-settings {SPACES}>{SECRET}</office:document-settings>",
            "Thumbnails/thumbnail.png": SECRET,
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{NAMES}manifest:1.0">'
            '<manifest:file-entry manifest:full-path="Thumbnails/thumbnail.png"/></manifest:manifest>',
            **dict(members),
        }
    )
