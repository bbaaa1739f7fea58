# SPDX-License-Identifier: EUPL-1.2
"""Files of LibreOffice and its kin, built anew: content, styles and the pictures they show, and nothing else."""

from __future__ import annotations

import re
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from core.documents import images
from core.documents.archive import members_of, pack, remove, tree_of, unwrap, written
from core.documents.verdict import Refused, hidden
from core.sentences import sentence as _

ODF = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TEXT, TABLE, STYLE = (f"{{{ODF}{name}:1.0}}" for name in ("office", "text", "table", "style"))
NUMBER, DRAW, PRESENTATION = (f"{{{ODF}{name}:1.0}}" for name in ("datastyle", "drawing", "presentation"))
MANIFEST = ODF + "manifest:1.0"
HREF = "{http://www.w3.org/1999/xlink}href"
KINDS = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}
TYPE = "application/vnd.oasis.opendocument."
WEB = ("http://", "https://", "mailto:", "#")
KNOWN_SPACE = re.compile(
    r"urn:oasis:names:tc:opendocument:xmlns:[\w-]+:[\d.]+|http://www\.w3\.org/(?:1999/xlink|1998/Math/MathML|XML/1998/namespace)"
)
GONE = {
    *("scripts", "forms", "dde-connection-decls", "dde-connection-decl", "dde-source", "dde-links", "dde-link"),
    *("section-source", "table-source", "cell-range-source", "data-pilot-tables", "consolidation", "event-listeners"),
    *("user-field-decls", "variable-decls", "notes", "plugin", "applet", "floating-frame", "change", "change-start"),
    *("change-end", "tracked-changes", "script", "settings", "label-ranges", "detective", "scenario"),
}
# fields that speak of authors, of other files or of variables become what they show
UNWRAPPED = {
    *(
        "author-name",
        "author-initials",
        "creator",
        "initial-creator",
        "editing-cycles",
        "editing-duration",
        "file-name",
    ),
    *(
        "creation-date",
        "creation-time",
        "modification-date",
        "modification-time",
        "printed-by",
        "print-date",
        "print-time",
    ),
    *("template-name", "user-defined", "user-field-get", "user-field-input", "variable-get", "variable-set"),
    *("variable-input", "dde-connection", "database-display", "database-name", "database-row-number", "text-input"),
    *("execute-macro", "meta", "meta-field", "description", "keywords", "subject", "measure", "placeholder"),
}
OF_OTHER_FILES = re.compile(r"'file:|\b(?:WEBSERVICE|RTD|DDE|FILTERXML|HYPERLINK)\s*\(", re.I)
META = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-meta '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'office:version="1.2"><office:meta><dc:title>{title}</dc:title></office:meta></office:document-meta>'
)


def clean(content: bytes, extension: str, title: str) -> tuple[bytes, list[str]]:
    """The document under its new title, and what was taken away."""
    members, kind = members_of(content), TYPE + KINDS[extension]
    if members.get("mimetype", b"").strip() != kind.encode() or "content.xml" not in members:
        raise Refused("not_what_it_says")
    if any(name.startswith(("Basic/", "Scripts/", "Dialogs/")) for name in members):
        raise Refused("macros")
    if any(re.match(r"Object ?\d*(?:/|$)|.*\.(?:bin|exe|dll|ole)$", name, re.I) for name in members):
        raise Refused("embedded")
    _refuse_encrypted(members)
    removed = {"properties"}
    trees: dict[str, Any] = {name: tree_of(members[name]) for name in ("content.xml", "styles.xml") if name in members}
    places: list[Any] = []
    for tree in trees.values():
        _refuse(tree)
        places += _hidden_in(tree, trees)
    if places:
        raise hidden(places)
    kept = {"mimetype": kind.encode(), "meta.xml": META.format(title=escape(title)).encode()}
    for name, tree in trees.items():
        removed |= _cleaned(tree)
        for picture in {one for element in tree.iter() if (one := element.get(HREF, "")).startswith("Pictures/")}:
            kept[picture], found = _picture(members, picture)
            removed |= set(found)
        kept[name] = written(tree)
    kept["META-INF/manifest.xml"] = _manifest(kept, kind)
    return pack(kept, first="mimetype"), sorted(removed)


def _refuse_encrypted(members: dict[str, bytes]) -> None:
    if b"encryption-data" in members.get("META-INF/manifest.xml", b""):
        raise Refused("password")


def _refuse(tree: Any) -> None:
    for element in tree.iter():
        if element.tag in (OFFICE + "annotation", OFFICE + "annotation-end"):
            raise Refused("comments")
        if element.tag in (TEXT + "tracked-changes", TABLE + "tracked-changes") and len(element):
            raise Refused("tracked_changes")
        if element.tag.endswith("}event-listener") or element.tag in (OFFICE + "script", TEXT + "script"):
            raise Refused("macros")
        if element.tag in (DRAW + "object", DRAW + "object-ole"):
            raise Refused("embedded")


def _hidden_in(tree: Any, trees: dict[str, Any]) -> list[Any]:
    found = []
    off = _styles(trees, "table-properties", TABLE + "display", {"false"})
    unseen = _styles(trees, "drawing-page-properties", PRESENTATION + "visibility", {"hidden"})
    invisible = _styles(trees, "text-properties", TEXT + "display", {"none", "true", "condition"})
    for element in tree.iter():
        local = etree.QName(element).localname
        if local == "table" and element.get(TABLE + "style-name") in off:
            found.append(_("sheet “%(name)s”") % {"name": element.get(TABLE + "name", "")[:60]})
        elif element.get(TABLE + "visibility") in ("collapse", "filter") and _holds_something(element):
            table = next((one for one in element.iterancestors(TABLE + "table")), None)
            name = "" if table is None else table.get(TABLE + "name", "")[:60]
            found.append(_("rows or columns of table “%(name)s”") % {"name": name})
        elif element.tag in (TEXT + "hidden-text", TEXT + "hidden-paragraph"):
            found.append(_("text “%(text)s”") % {"text": (element.get(TEXT + "string-value") or _said(element))[:40]})
        elif element.get(TEXT + "display") in ("none", "condition") and element.tag == TEXT + "section":
            found.append(_("text “%(text)s”") % {"text": _said(element)[:40]})
        elif local == "page" and element.get(DRAW + "style-name") in unseen:
            found.append(_("slide %(name)s") % {"name": element.get(DRAW + "name", "")[:60]})
        elif element.get(TEXT + "style-name") in invisible and _said(element).strip():
            found.append(_("text “%(text)s”") % {"text": _said(element)[:40]})
    return list(dict.fromkeys(found)) + _cells_that_show_nothing(tree, trees)


def _styles(trees: dict[str, Any], properties: str, attribute: str, values: set[str]) -> set[str]:
    return {
        style.get(STYLE + "name")
        for tree in trees.values()
        for style in tree.iter(STYLE + "style")
        for one in style.iter(STYLE + properties)
        if one.get(attribute) in values
    }


def _cells_that_show_nothing(tree: Any, trees: dict[str, Any]) -> list[Any]:
    """Cells whose format has no number, no text and no sign in it."""
    blank = {
        one.get(STYLE + "name")
        for other in trees.values()
        for one in other.iter(NUMBER + "number-style", NUMBER + "text-style", NUMBER + "currency-style")
        if not any(
            child.tag not in (STYLE + "map", STYLE + "text-properties") and (child.tag != NUMBER + "text" or child.text)
            for child in one
        )
    }
    styles = {
        style.get(STYLE + "name")
        for other in trees.values()
        for style in other.iter(STYLE + "style")
        if style.get(STYLE + "data-style-name") in blank
    }
    tables = {
        table.get(TABLE + "name", "")[:60]
        for table in tree.iter(TABLE + "table")
        for cell in table.iter(TABLE + "table-cell")
        if cell.get(TABLE + "style-name") in styles and cell.get(OFFICE + "value-type")
    }
    return [_("cells of table “%(name)s”, whose format shows nothing") % {"name": name} for name in sorted(tables)]


def _holds_something(element: Any) -> bool:
    return element.tag == TABLE + "table-column" or bool(_said(element).strip())


def _said(element: Any) -> str:
    return "".join(element.itertext())


def _cleaned(tree: Any) -> set[str]:
    removed = set()
    for element in list(tree.iter()):
        if element.getparent() is None:
            continue
        name = etree.QName(element)
        if not KNOWN_SPACE.fullmatch(name.namespace or "") or name.localname in GONE:
            if name.localname in ("dde-source", "section-source", "table-source", "cell-range-source", "dde-link"):
                removed.add("links_outside")
            remove(element)
        elif name.localname in UNWRAPPED and name.namespace == TEXT[1:-1]:
            unwrap(element)
    for element in tree.iter():
        for key in list(element.attrib):
            space = etree.QName(key).namespace
            if space is not None and not KNOWN_SPACE.fullmatch(space):
                del element.attrib[key]
        target = element.get(HREF)
        if target is not None and not target.lower().startswith(WEB) and not target.startswith("Pictures/"):
            del element.attrib[HREF]
            removed.add("links_outside")
        if OF_OTHER_FILES.search(element.get(TABLE + "formula", "")):
            del element.attrib[TABLE + "formula"]
            removed.add("links_outside")
    return removed


def _picture(members: dict[str, bytes], name: str) -> tuple[bytes, list[str]]:
    kind = images.SAME.get(name.rsplit(".", 1)[-1].lower())
    if kind is None:
        raise Refused("old_drawing", names=name.rsplit("/", 1)[-1][:60])
    if name not in members:
        raise Refused("damaged")
    return images.redrawn(members[name], kind)


def _manifest(kept: dict[str, bytes], kind: str) -> bytes:
    root = etree.Element(f"{{{MANIFEST}}}manifest", nsmap={"manifest": MANIFEST})
    root.set(f"{{{MANIFEST}}}version", "1.2")
    for name in ("/", *sorted(kept)):
        if name == "mimetype":
            continue
        ending = images.SAME.get(name.rsplit(".", 1)[-1].lower())
        said = kind if name == "/" else "text/xml" if name.endswith(".xml") else f"image/{images.media_type(ending)}"
        one = etree.SubElement(root, f"{{{MANIFEST}}}file-entry")
        one.set(f"{{{MANIFEST}}}full-path", name)
        one.set(f"{{{MANIFEST}}}media-type", said)
    return written(root)
