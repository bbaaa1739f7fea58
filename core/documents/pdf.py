# SPDX-License-Identifier: EUPL-1.2
"""PDF files, written anew: pages and their structure stay; makers, notes, scripts, files inside and old versions go."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from core.documents.verdict import Refused

if TYPE_CHECKING:
    from pikepdf.objects import Object

# annotations that are part of the page; every other kind is a note, a film or a file hung on it
SHOWN = {"/Link", "/Widget"}
HARMLESS_ACTIONS = {"/GoTo", "/URI", "/Named"}
WEB = ("http://", "https://", "mailto:")
FORBIDDEN_KEYS = {
    "/JS": "scripts",
    "/AA": "scripts",
    "/XFA": "scripts",
    "/PieceInfo": "private_data",
    "/AF": "files_inside",
    "/EF": "files_inside",
    "/Thumb": "private_data",
}


def clean(content: bytes, title: str) -> tuple[bytes, list[str], list[str]]:
    """The document without metadata under its new title, and what was taken away."""
    try:
        document = pikepdf.open(io.BytesIO(content), inherit_page_attributes=False)
    except pikepdf.PasswordError as error:
        raise Refused("password") from error
    except pikepdf.PdfError as error:
        raise Refused("damaged") from error
    with document:
        if document.is_encrypted:
            raise Refused("password")
        try:
            return _written_anew(document, content, title)
        except pikepdf.PdfError as error:
            raise Refused("damaged") from error


def _written_anew(document: pikepdf.Pdf, content: bytes, title: str) -> tuple[bytes, list[str], list[str]]:
    if not len(document.pages):
        raise Refused("damaged")
    removed = set()
    if content.count(b"%%EOF") > 1 and b"/Prev" in content:
        removed.add("old_versions")
    standards = _standards(document)
    if "/Info" in document.trailer:
        removed.add("properties")
        del document.trailer["/Info"]
    root = document.Root
    for key, code in (("/OpenAction", "scripts"), ("/AA", "scripts"), ("/Collection", "files_inside")):
        if key in root:
            if key != "/OpenAction" or not _only_shows_a_page(root[key]):
                removed.add(code)
            del root[key]
    for key, code in (("/EmbeddedFiles", "files_inside"), ("/JavaScript", "scripts")):
        if "/Names" in root and key in root.Names:
            removed.add(code)
            del root.Names[key]
    for page in document.pages:
        _without_notes(page, removed)
    for thing in document.objects:
        _scrub(thing, removed, 0)
    for key in ("/Perms", "/DSS", "/Legal"):
        if key in root:
            del root[key]
    _describe(document, title, standards)
    out = io.BytesIO()
    document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue(), sorted(removed), []


def _only_shows_a_page(action: Object) -> bool:
    return isinstance(action, Array) or (isinstance(action, Dictionary) and action.get("/S") == Name.GoTo)


def _without_notes(page: pikepdf.Page, removed: set[str]) -> None:
    if "/Annots" not in page:
        return
    kept = []
    for annotation in page.Annots:
        if not isinstance(annotation, Dictionary):
            continue
        if str(annotation.get("/Subtype", "")) in SHOWN:
            kept.append(annotation)
        else:
            removed.add("files_inside" if annotation.get("/Subtype") == Name.FileAttachment else "comments")
    if kept:
        page.Annots = Array(kept)
    else:
        del page["/Annots"]


def _scrub(thing: Object, removed: set[str], depth: int) -> None:
    """Take private and active parts out of one object and of what lies directly in it."""
    if depth > 40:
        raise Refused("damaged")
    if isinstance(thing, Array):
        for one in thing:
            if _lies_within(one):
                _scrub(one, removed, depth + 1)
        return
    if not isinstance(thing, Dictionary | Stream):
        return
    if thing.get("/FT") == Name.Sig and "/V" in thing:
        removed.add("signature")  # it signs bytes that are no longer there
        del thing["/V"]
    for key in list(thing.keys()):
        if key == "/Metadata":
            removed.add("properties")
            del thing[key]
        elif key in FORBIDDEN_KEYS:
            removed.add(FORBIDDEN_KEYS[key])
            del thing[key]
        elif key in ("/A", "/PA") and _acts(thing[key]):
            removed.add("scripts")
            del thing[key]
        else:
            value = thing[key]
            if _lies_within(value):
                _scrub(value, removed, depth + 1)


def _lies_within(value: object) -> bool:
    """Objects of their own are visited on their own."""
    return isinstance(value, Dictionary | Array) and not value.is_indirect


def _acts(action: Object) -> bool:
    return isinstance(action, Dictionary) and (
        str(action.get("/S", "")) not in HARMLESS_ACTIONS
        or "/Next" in action
        or (action.S == Name.URI and not str(action.get("/URI", "")).lower().startswith(WEB))
    )


def _standards(document: pikepdf.Pdf) -> dict[str, str]:
    """The accessibility and archive standards that the document says it keeps."""
    try:
        with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
            return {
                key: str(meta[key])
                for key in ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance")
                if key in meta and str(meta[key]).isalnum()
            }
    except Exception:  # metadata that cannot be read are thrown away all the more
        return {}


def _describe(document: pikepdf.Pdf, title: str, standards: Mapping[str, str]) -> None:
    """New properties with nothing but the title, which assistive programs read out."""
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        meta["dc:title"] = title
        for key, value in standards.items():
            meta[key] = value
