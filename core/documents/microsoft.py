# SPDX-License-Identifier: EUPL-1.2
"""Files of Word, Excel and PowerPoint, built anew from the parts that are known and reached from the main one.

Comments, tracked changes and hidden parts are refused, never taken out silently: whoever uploads the file decides what
becomes of them, and is told where they are.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from core.documents import images
from core.documents.archive import members_of, pack, remove, tree_of, unwrap, written
from core.documents.verdict import Refused, hidden
from core.sentences import sentence as _

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
CORE_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
KNOWN_TYPE = re.compile(r"application/(?:xml|vnd\.(?:openxmlformats-officedocument|ms-office)\.[\w.+-]{1,120})")
KNOWN_SPACE = re.compile(
    r"http://schemas\.openxmlformats\.org/.*|http://schemas\.microsoft\.com/office/(?:word|drawing|powerpoint|spreadsheetml)"
    r"/20\d\d/[\w/]*|urn:schemas-microsoft-com:(?:vml|office:(?:office|word|excel|powerpoint))|"
    r"http://www\.w3\.org/XML/1998/namespace"
)
MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
WEB = ("http://", "https://", "mailto:")
CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties '
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>'
)
# relations that hold without being named in the part, and those that have to be used there
IMPLICIT = {
    *("styles", "settings", "theme", "fontTable", "numbering", "footnotes", "endnotes", "sharedStrings", "tableStyles"),
    *("slideLayout", "slideMaster", "themeOverride", "diagramDrawing"),
}
EXPLICIT = {
    *("header", "footer", "image", "chart", "chartUserShapes", "diagramData", "diagramLayout", "diagramQuickStyle"),
    *("diagramColors", "worksheet", "chartsheet", "drawing", "table", "slide", "slideLayout", "slideMaster"),
}
GONE = {  # what is told when a relation of this kind does not come along
    **dict.fromkeys(
        ("customXml", "customProperties", "extended-properties", "core-properties", "thumbnail"), "properties"
    ),
    **dict.fromkeys(("externalLink", "attachedTemplate", "subDocument", "queryTable", "connections"), "links_outside"),
    **dict.fromkeys(("pivotTable", "pivotCacheDefinition", "aFChunk", "package", "font"), "data_behind"),
    **dict.fromkeys(("notesSlide", "notesMaster"), "notes"),
}
# without their relation these elements say nothing
HOLLOW = {
    *(
        "altChunk",
        "subDoc",
        "externalData",
        "legacyDrawing",
        "legacyDrawingHF",
        "attachedTemplate",
        "externalReference",
    ),
    *("pivotCache", "tablePart", "control", "custData", "tags", "notesMasterId", "handoutMasterId", "videoFile"),
    *("audioFile", "quickTimeFile", "wavAudioFile", "embedRegular", "embedBold", "embedItalic", "embedBoldItalic"),
    *("userShapes", "sldId", "picture", "snd", "stSnd", "imgLayer", "svgBlip"),
}
NOT_KNOWN = {  # elements that say who worked on a text and with what, or run something
    *("extLst", "proofErr", "permStart", "permEnd", "docVars", "rsids", "mailMerge", "dataBinding", "customXmlPr"),
    *("smartTagPr", "fldData", "timing", "transition", "custDataLst", "controls", "oleObjects", "scenarios"),
    *("hlinkMouseOver", "tag", "docPartObj", "placeholder"),
}
UNWRAPPED = {"smartTag", "customXml"}
SETTINGS = {
    *("zoom", "mirrorMargins", "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "autoHyphenation"),
    *("consecutiveHyphenLimit", "hyphenationZone", "doNotHyphenateCaps", "evenAndOddHeaders", "bookFoldPrinting"),
    *("defaultTabStop", "characterSpacingControl", "footnotePr", "endnotePr", "compat", "themeFontLang"),
    *("clrSchemeMapping", "decimalSymbol", "listSeparator", "mathPr", "displayBackgroundShape", "gutterAtTop"),
}
WORKBOOK = {"workbookPr", "bookViews", "sheets", "definedNames", "calcPr"}
WORKSHEET = {
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "autoFilter", "sortState"),
    *("mergeCells", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins"),
    *("pageSetup", "headerFooter", "rowBreaks", "colBreaks", "drawing", "tableParts"),
}
PRESENTATION = {"sldMasterIdLst", "sldIdLst", "sldSz", "notesSz", "defaultTextStyle"}
FIELDS = {
    *("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF", "REF", "NOTEREF", "TOC", "TC", "SEQ", "STYLEREF", "XE"),
    *("INDEX", "SYMBOL", "EQ", "="),
}
CHANGES = {
    W + name
    for name in (
        *("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "cellIns", "cellDel", "cellMerge"),
        *("sectPrChange", "tblPrChange", "trPrChange", "tcPrChange", "numberingChange"),
    )
}
OF_OTHER_FILES = re.compile(
    r"[\[|]|\b(?:WEBSERVICE|RTD|DDE|CALL|REGISTER|IMAGE|FILTERXML|HYPERLINK|CUBE\w*)\s*\(", re.I
)
NAMED = 20  # places of hidden cells that are listed


def clean(content: bytes, extension: str, title: str) -> tuple[bytes, list[str]]:
    """The document under its new title, and what was taken away."""
    package = Package(members_of(content), extension)
    return package.built(title), sorted(package.removed)


class Package:
    """One document: its parts, what of them comes along, and what is hidden in it."""

    def __init__(self, members: dict[str, bytes], extension: str) -> None:
        self.members, self.extension, self.main = members, extension, MAIN[extension]
        if self.main not in members or "[Content_Types].xml" not in members:
            raise Refused("not_what_it_says")
        self.removed = {"properties"}
        self.kept: dict[str, bytes] = {}
        self.trees: dict[str, Any] = {}
        self.places: list[Any] = []
        self.types = self._types()
        self._refuse_active()

    def built(self, title: str) -> bytes:
        waiting = [self.main]
        while waiting:
            name = waiting.pop()
            if name not in self.kept and name in self.members:
                self.kept[name] = b""
                waiting += self._part(name)
        if self.extension == "xlsx":
            self._sheets()
        if self.places:
            raise hidden(self.places)
        for name, tree in self.trees.items():
            self.kept[name] = written(tree)
        self.kept["docProps/core.xml"] = CORE.format(title=escape(title)).encode()
        self._relations("_rels/.rels", [(OFFICE + "officeDocument", self.main), (CORE_RELATION, "docProps/core.xml")])
        self._content_types()
        return pack(self.kept, first="[Content_Types].xml")

    def _types(self) -> dict[str, str]:
        root = tree_of(self.members["[Content_Types].xml"])
        return {
            (one.get("PartName") or "." + one.get("Extension", "").lower()): one.get("ContentType", "") for one in root
        }

    def _refuse_active(self) -> None:
        lower = [name.lower() for name in self.members]
        if any("vbaproject" in name or "/macrosheets/" in name for name in lower):
            raise Refused("macros")
        if any("macroenabled" in one.lower() for one in self.types.values()):
            raise Refused("macros")
        if any("/activex/" in name or name.endswith((".exe", ".dll")) for name in lower):
            raise Refused("embedded")
        if any(re.search(r"/(?:comments|threadedcomments|modernComments|revisions)", name, re.I) for name in lower):
            raise Refused("comments")

    # parts

    def _part(self, name: str) -> list[str]:
        """Take a part over; gives the parts that it leads to."""
        ending = name.rsplit(".", 1)[-1].lower()
        if ending in images.SAME:
            self.kept[name], found = images.redrawn(self.members[name], images.SAME[ending])
            self.removed |= set(found)
            return []
        if ending != "xml":
            raise Refused("old_drawing", names=posixpath.basename(name)[:60])
        root = tree_of(self.members[name])
        self.trees[name] = root
        self._clean(root, name)
        return self._follow(name, root)

    def _follow(self, name: str, root: Any) -> list[str]:
        folder, base = posixpath.split(name)
        relations = self.members.get(f"{folder}/_rels/{base}.rels")
        used = {value for element in root.iter() for key, value in element.attrib.items() if key.startswith(R)}
        kept, targets = [], []
        for one in tree_of(relations) if relations is not None else ():
            kind, target, number = one.get("Type", ""), one.get("Target", ""), one.get("Id", "")
            last = kind.rsplit("/", 1)[-1]
            if one.get("TargetMode") == "External":
                if last == "hyperlink" and target.lower().startswith(WEB) and number in used:
                    kept.append((number, kind, target, True))
                else:
                    self.removed.add("links_outside")
                continue
            place = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            if last in ("oleObject", "package", "control") and not name.rsplit("/", 1)[0].endswith("charts"):
                raise Refused("embedded")
            if place in self.members and (last in IMPLICIT or (last in EXPLICIT and number in used)):
                kept.append((number, kind, place, False))
                targets.append(place)
            else:
                self.removed.add(GONE.get(last, "data_behind"))
        known = {number for number, *_rest in kept}
        _without_lost_relations(root, known)
        if kept:
            self._write_relations(f"{folder}/_rels/{base}.rels", kept)
        return targets

    def _write_relations(self, name: str, rows: Iterable[tuple[str, str, str, bool]]) -> None:
        root = etree.Element(f"{{{RELS}}}Relationships", nsmap={None: RELS})
        for number, kind, target, external in rows:
            one = etree.SubElement(root, f"{{{RELS}}}Relationship", Id=number, Type=kind)
            one.set("Target", target if external else "/" + target)
            if external:
                one.set("TargetMode", "External")
        self.kept[name] = written(root)

    def _relations(self, name: str, rows: Iterable[tuple[str, str]]) -> None:
        self._write_relations(name, [(f"rId{number}", *row, False) for number, row in enumerate(rows, 1)])

    def _content_types(self) -> None:
        root = etree.Element(f"{{{TYPES}}}Types", nsmap={None: TYPES})
        relations = "application/vnd.openxmlformats-package.relationships+xml"
        for ending, kind in (("rels", relations), ("xml", "application/xml")):
            etree.SubElement(root, f"{{{TYPES}}}Default", Extension=ending, ContentType=kind)
        for ending in sorted({name.rsplit(".", 1)[-1].lower() for name in self.kept} & images.SAME.keys()):
            kind = f"image/{images.media_type(images.SAME[ending])}"
            etree.SubElement(root, f"{{{TYPES}}}Default", Extension=ending, ContentType=kind)
        for name in sorted(self.trees):
            kind = self.types.get("/" + name, "application/xml")
            if KNOWN_TYPE.fullmatch(kind):
                etree.SubElement(root, f"{{{TYPES}}}Override", PartName="/" + name, ContentType=kind)
        etree.SubElement(root, f"{{{TYPES}}}Override", PartName="/docProps/core.xml", ContentType=CORE_TYPE)
        self.kept["[Content_Types].xml"] = written(root)

    # what is in them

    def _clean(self, root: Any, name: str) -> None:
        _without_what_is_not_known(root)
        if root.tag.startswith(W):
            self._text(root)
        local = _local(root)
        if local == "settings":
            _only(root, SETTINGS)
        elif local == "workbook":
            _only(root, WORKBOOK)
            self._workbook(root)
        elif local == "worksheet":
            _only(root, WORKSHEET)
            self._worksheet(root)
        elif local == "presentation":
            _only(root, PRESENTATION)
        elif local == "sld" and root.get("show") in ("0", "false"):
            self.places.append(_("slide %(name)s") % {"name": re.sub(r"\D", "", posixpath.basename(name))})

    def _text(self, root: Any) -> None:
        for element in root.iter():
            if element.tag in CHANGES:
                raise Refused("tracked_changes")
        for run in root.iter(W + "r"):
            off = run.find(f"{W}rPr/{W}vanish")
            if off is not None and off.get(W + "val") not in ("0", "false", "off"):
                said = "".join(one.text or "" for one in run.iter(W + "t"))
                self.places.append(_("text “%(text)s”") % {"text": said[:40]})
        for style in root.iter(W + "rPr"):
            off = style.find(W + "vanish")
            named = style.getparent() is not None and style.getparent().tag in (W + "style", W + "rPrDefault")
            if named and off is not None and off.get(W + "val") not in ("0", "false", "off"):
                self.places.append(_("text in a hidden style"))
        if _fields(root):
            self.removed.add("links_outside")

    def _workbook(self, root: Any) -> None:
        for sheet in root.iter(S + "sheet"):
            if sheet.get("state", "visible") != "visible":
                self.places.append(_("sheet “%(name)s”") % {"name": sheet.get("name", "")[:60]})
        for one in list(root.iter(S + "definedName")):
            own = one.get("name", "").startswith("_xlnm.")
            if (one.get("hidden") in ("1", "true") and not own) or OF_OTHER_FILES.search(one.text or ""):
                one.getparent().remove(one)
            one.attrib.pop("comment", None)
        _without_empty(root, "definedNames")

    def _worksheet(self, root: Any) -> None:
        for one in [
            *root.iter(S + "f"),
            *root.iter(S + "formula1"),
            *root.iter(S + "formula2"),
            *root.iter(S + "formula"),
        ]:
            if OF_OTHER_FILES.search(one.text or ""):
                remove(one if one.tag == S + "f" else one.getparent())  # a rule without its formula is none
                self.removed.add("links_outside")
        for cell in root.iter(S + "c"):
            for key in ("cm", "vm"):
                cell.attrib.pop(key, None)
        for one in list(root.iter(S + "hyperlink")):
            if not one.get(R + "id") and not one.get("location"):
                remove(one)
        for name in ("hyperlinks", "dataValidations", "conditionalFormatting"):
            _without_empty(root, name)

    def _sheets(self) -> None:
        """Name what is hidden in the sheets, and blank the strings that no cell shows."""
        names = self._sheet_names()
        styles = next((tree for tree in self.trees.values() if _local(tree) == "styleSheet"), None)
        blank = set() if styles is None else _formats_that_show_nothing(styles)
        used: set[int] = set()
        for part, root in self.trees.items():
            if _local(root) == "worksheet":
                self._hidden_in(root, names.get(part, posixpath.basename(part)), blank)
                used |= {
                    int(cell.findtext(S + "v") or -1)
                    for cell in root.iter(S + "c")
                    if cell.get("t") == "s" and (cell.findtext(S + "v") or "").isdigit()
                }
        for root in self.trees.values():
            if _local(root) == "sst":
                for number, one in enumerate(root.findall(S + "si")):
                    if number not in used:
                        one[:] = [etree.Element(S + "t")]

    def _sheet_names(self) -> dict[str, str]:
        folder, base = posixpath.split(self.main)
        relations = self.kept.get(f"{folder}/_rels/{base}.rels")
        targets = {one.get("Id"): one.get("Target", "")[1:] for one in tree_of(relations)} if relations else {}
        sheets = self.trees[self.main].iter(S + "sheet")
        return {targets.get(one.get(R + "id"), ""): one.get("name", "")[:60] for one in sheets}

    def _hidden_in(self, root: Any, name: str, blank: set[str]) -> None:
        off = {
            number
            for one in root.iter(S + "col")
            if one.get("hidden") in ("1", "true") or one.get("width") == "0"
            for number in range(int(one.get("min", 1)), min(int(one.get("max", 1)), 16_384) + 1)
        }
        rows, columns, cells = [], set(), []
        for row in root.iter(S + "row"):
            filled = [cell for cell in row.iter(S + "c") if len(cell)]
            if filled and (row.get("hidden") in ("1", "true") or row.get("ht") == "0"):
                rows.append(row.get("r", "?"))
            for cell in filled:
                letters = re.sub(r"[^A-Z]", "", cell.get("r", ""))
                if off and _column(letters) in off:
                    columns.add(letters)
                if cell.get("s") in blank:
                    cells.append(cell.get("r", "?"))
        if rows:
            self.places.append(_("rows %(rows)s of sheet “%(name)s”") % {"rows": _few(rows), "name": name})
        if columns:
            said = _few(sorted(columns, key=_column))
            self.places.append(_("columns %(columns)s of sheet “%(name)s”") % {"columns": said, "name": name})
        if cells:
            about = {"cells": _few(cells), "name": name}
            self.places.append(_("cells %(cells)s of sheet “%(name)s”, whose format shows nothing") % about)


def _few(names: list[str]) -> str:
    return ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _local(element: Any) -> str:
    return etree.QName(element).localname


def _without_empty(root: Any, name: str) -> None:
    """Excel calls a sheet damaged that has a list without entries."""
    for one in [*root.iter(S + name)]:
        if not len(one):
            remove(one)


def _only(root: Any, known: set[str]) -> None:
    for child in list(root):
        if _local(child) not in known:
            root.remove(child)


def _without_what_is_not_known(root: Any) -> None:
    for element in list(root.iter()):
        parent = element.getparent()
        name = etree.QName(element)
        if parent is not None and (not KNOWN_SPACE.fullmatch(name.namespace or "") or name.localname in NOT_KNOWN):
            remove(element)
            continue
        if parent is not None and name.localname in UNWRAPPED:
            unwrap(element)
            continue
        for key in list(element.attrib):
            about = etree.QName(key)
            space = about.namespace
            lone = space is not None and not KNOWN_SPACE.fullmatch(space)
            revision = about.localname.startswith("rsid") or about.localname in ("paraId", "textId", "uid")
            if lone or revision or about.localname in ("author", "initials", "userId", "providerId", "codeName"):
                del element.attrib[key]


def _without_lost_relations(root: Any, known: set[str]) -> None:
    for element in list(root.iter()):
        for key in [one for one in element.attrib if one.startswith(R)]:
            if element.attrib[key] not in known:
                del element.attrib[key]
                if _local(element) in HOLLOW and element.getparent() is not None:
                    remove(element)
                    break


def _fields(root: Any) -> bool:
    """Turn fields that speak of other files, of their author or of variables into what they show."""
    lost = False
    for simple in list(root.iter(W + "fldSimple")):
        if not _is_known_field(simple.get(W + "instr", "")):
            unwrap(simple)
            lost = True
    stack: list[list[Any]] = []
    for element in list(root.iter(W + "fldChar", W + "instrText", W + "delInstrText")):
        kind = element.get(W + "fldCharType") if element.tag == W + "fldChar" else ""
        if kind == "begin":
            stack.append([])
        if not stack:
            remove(element)
            continue
        stack[-1].append(element)
        if kind == "end":
            field = stack.pop()
            code = "".join(one.text or "" for one in field if one.tag != W + "fldChar")
            if not _is_known_field(code):
                lost = True
                for one in field:
                    remove(one)
    for field in stack:
        for one in field:
            remove(one)
    return lost


def _is_known_field(code: str) -> bool:
    words = code.split()
    if not words:
        return False
    name = words[0].upper()
    if name == "HYPERLINK":
        targets = re.findall(r'"([^"]*)"', code)
        return "\\l" in words[1:2] or bool(targets and targets[0].lower().startswith(WEB))
    return name in FIELDS or name.startswith("=")


def _formats_that_show_nothing(styles: Any) -> set[str]:
    """The numbers of cell formats such as ``;;;``."""
    empty = set()
    for one in styles.iter(S + "numFmt"):
        sections = re.sub(r"\[[^\]]{0,40}\]|\s", "", one.get("formatCode", "")).split(";")
        if len(sections) > 1 and not sections[0].replace('""', ""):
            empty.add(one.get("numFmtId"))
    formats = styles.find(S + "cellXfs")
    return {str(n) for n, one in enumerate(formats if formats is not None else ()) if one.get("numFmtId") in empty}
