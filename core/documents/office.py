# SPDX-License-Identifier: EUPL-1.2
"""Documents of Word and Excel, LibreOffice and its kin: refused with macros, notes or hidden parts, freed of names.

Notes, tracked changes and hidden tables are not taken out silently: whoever uploads the file decides what becomes of
them, and is told so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from xml.etree import ElementTree as Writer
from xml.sax.saxutils import escape

from core.documents import images
from core.documents.archive import members_of, pack, parse
from core.documents.verdict import Refused

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
CHANGES = {W + name for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "cellIns", "cellDel")}
CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties '
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>'
)
META = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-meta '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'office:version="1.2"><office:meta><dc:title>{title}</dc:title></office:meta></office:document-meta>'
)
SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-settings '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"/>'
)


def clean(content: bytes, extension: str, title: str) -> tuple[bytes, list[str]]:
    """The document without metadata under its new title, and what was taken away."""
    members = members_of(content)
    if extension in MAIN:
        removed = _clean_microsoft(members, extension, title)
        return pack(members, first="[Content_Types].xml"), sorted(removed)
    removed = _clean_open_document(members, extension, title)
    return pack(members, first="mimetype"), sorted(removed)


def _clean_microsoft(members: dict[str, bytes], extension: str, title: str) -> set[str]:
    if MAIN[extension] not in members or "[Content_Types].xml" not in members:
        raise Refused("not_what_it_says")
    _refuse_active_microsoft(members)
    for name, data in members.items():
        if name.endswith((".xml", ".rels")):
            root = parse(data)
            if name.endswith(".rels"):
                _refuse_links_outside(root)
            elif extension == "docx":
                _refuse_traces_in_text(root)
            else:
                _refuse_hidden_in_sheets(root)
    dropped = [
        name
        for name in members
        if name.startswith(("docProps/", "customXml/", "_xmlsignatures/", "xl/persons/", "xl/printerSettings/"))
        or name in ("word/people.xml", "xl/calcChain.xml")
    ]
    for name in dropped:
        del members[name]
    _unlink(members, dropped)
    members["docProps/core.xml"] = CORE.format(title=escape(title)).encode()
    _link_core(members)
    removed = {"properties"}
    if "xl/workbook.xml" in members:
        # where the file lay on somebody's disk, and who reserved it
        members["xl/workbook.xml"] = re.sub(
            rb"<(?:x15ac:absPath|fileSharing)\b[^>]*/>", b"", members["xl/workbook.xml"]
        )
    return removed | _clean_pictures(members)


def _refuse_active_microsoft(members: Mapping[str, bytes]) -> None:
    lower = [name.lower() for name in members]
    types = members["[Content_Types].xml"].lower()
    if any("vbaproject" in name or "/macrosheets/" in name for name in lower) or b"macroenabled" in types:
        raise Refused("macros")
    if any("/embeddings/" in name or "/activex/" in name or name.endswith((".exe", ".dll")) for name in lower):
        raise Refused("embedded")
    if any(re.search(r"/(?:comments|threadedcomments|revisions)", name) for name in lower):
        raise Refused("comments")
    if any("/externallinks/" in name or "/pivotcache/" in name or "/querytables/" in name for name in lower):
        raise Refused("links_outside")


def _refuse_links_outside(root: Element) -> None:
    for relation in root:
        if relation.get("TargetMode") == "External" and not relation.get("Type", "").endswith("/hyperlink"):
            raise Refused("links_outside")


def _refuse_traces_in_text(root: Element) -> None:
    for element in root.iter():
        if element.tag in CHANGES:
            raise Refused("tracked_changes")
        if element.tag == W + "vanish" and element.get(W + "val") not in ("0", "false"):
            raise Refused("hidden")


def _refuse_hidden_in_sheets(root: Element) -> None:
    for element in root.iter():
        if element.tag == S + "sheet" and element.get("state") in ("hidden", "veryHidden"):
            raise Refused("hidden")
        if element.tag in (S + "row", S + "col") and element.get("hidden") in ("1", "true"):
            raise Refused("hidden")
        named = element.tag == S + "definedName" and not element.get("name", "").startswith("_xlnm.")
        if named and element.get("hidden") in ("1", "true"):
            raise Refused("hidden")


def _unlink(members: dict[str, bytes], dropped: Iterable[str]) -> None:
    """Take members that are gone out of the tables of contents, or Word calls the file damaged."""
    gone = {"/" + name for name in dropped}
    for name in [one for one in members if one.endswith(".rels")]:
        folder = "/" + name.rsplit("_rels/", 1)[0]
        root = parse(members[name])
        for relation in list(root):
            if relation.get("TargetMode") != "External" and _absolute(folder, relation.get("Target", "")) in gone:
                root.remove(relation)
        members[name] = _written(root, RELS)
    types = parse(members["[Content_Types].xml"])
    for entry in list(types):
        if entry.get("PartName") in gone:
            types.remove(entry)
    members["[Content_Types].xml"] = _written(types, TYPES)


def _absolute(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target
    parts = folder.strip("/").split("/") if folder.strip("/") else []
    for part in target.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/" + "/".join(parts)


def _link_core(members: dict[str, bytes]) -> None:
    types = parse(members["[Content_Types].xml"])
    Writer.SubElement(
        types,
        f"{{{TYPES}}}Override",
        PartName="/docProps/core.xml",
        ContentType="application/vnd.openxmlformats-package.core-properties+xml",
    )
    members["[Content_Types].xml"] = _written(types, TYPES)
    relations = parse(members.get("_rels/.rels", b""))
    Writer.SubElement(
        relations,
        f"{{{RELS}}}Relationship",
        Id="rIdCore",
        Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
        Target="docProps/core.xml",
    )
    members["_rels/.rels"] = _written(relations, RELS)


def _written(root: Element, namespace: str) -> bytes:
    Writer.register_namespace("", namespace)
    return Writer.tostring(root, encoding="UTF-8", xml_declaration=True)


def _clean_pictures(members: dict[str, bytes]) -> set[str]:
    """Pictures in a document carry places and cameras like any other."""
    removed = set()
    for name in list(members):
        extension = {"jpeg": "jpg"}.get(name.rsplit(".", 1)[-1].lower(), name.rsplit(".", 1)[-1].lower())
        if extension in images.FORMATS and ("media/" in name or "Pictures/" in name):
            _kept_as, members[name], found = images.clean(members[name], extension)
            removed |= set(found)
    return removed


def _clean_open_document(members: dict[str, bytes], extension: str, title: str) -> set[str]:
    kind = {"odt": b"application/vnd.oasis.opendocument.text", "ods": b"application/vnd.oasis.opendocument.spreadsheet"}
    if members.get("mimetype", b"").strip() != kind[extension] or "content.xml" not in members:
        raise Refused("not_what_it_says")
    if any(name.startswith(("Basic/", "Scripts/", "Dialogs/")) for name in members):
        raise Refused("macros")
    if any(re.match(r"Object ?\d*$|.*\.(?:bin|exe|dll|ole)$", name, re.I) for name in members):
        raise Refused("embedded")
    for name, data in members.items():
        if name.endswith((".xml", ".rdf")):
            _refuse_traces_in_open_document(parse(data))
    dropped = [
        name
        for name in members
        if name.startswith(("Thumbnails/", "Versions/", "Configurations2/", "layout-cache"))
        or name in ("META-INF/documentsignatures.xml", "META-INF/macrosignatures.xml", "manifest.rdf")
    ]
    for name in dropped:
        del members[name]
    members["meta.xml"] = META.format(title=escape(title)).encode()
    if "settings.xml" in members:
        members["settings.xml"] = SETTINGS.encode()
    if "META-INF/manifest.xml" in members:
        root = parse(members["META-INF/manifest.xml"])
        for entry in list(root):
            path = entry.get(f"{{{MANIFEST}}}full-path", "")
            if path in dropped or path.startswith(("Configurations2/", "Thumbnails/", "Versions/")):
                root.remove(entry)
        Writer.register_namespace("manifest", MANIFEST)
        members["META-INF/manifest.xml"] = Writer.tostring(root, encoding="UTF-8", xml_declaration=True)
    return {"properties"} | _clean_pictures(members)


def _refuse_traces_in_open_document(root: Element) -> None:
    hidden_styles = {
        style.get(STYLE + "name")
        for style in root.iter(STYLE + "style")
        for properties in style.iter(STYLE + "table-properties")
        if properties.get(TABLE + "display") == "false"
    }
    for element in root.iter():
        if element.tag.endswith("}encryption-data"):
            raise Refused("password")
        if element.tag in (OFFICE + "annotation", OFFICE + "annotation-end"):
            raise Refused("comments")
        if element.tag in (TEXT + "tracked-changes", TABLE + "tracked-changes") and len(element):
            raise Refused("tracked_changes")
        if element.tag.endswith("}event-listener") or element.tag == OFFICE + "script":
            raise Refused("macros")
        if element.tag == TABLE + "table" and element.get(TABLE + "style-name") in hidden_styles:
            raise Refused("hidden")
        if element.get(TABLE + "visibility") in ("collapse", "filter"):
            raise Refused("hidden")
        if element.tag in (TEXT + "hidden-text", TEXT + "hidden-paragraph"):
            raise Refused("hidden")
