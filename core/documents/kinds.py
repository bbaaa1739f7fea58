# SPDX-License-Identifier: EUPL-1.2
"""Which kinds of files are taken, and how a file shows what it is. The name alone proves nothing."""

import re

import puremagic

from core.documents.verdict import Refused

OOXML = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."
TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "docx": OOXML + "wordprocessingml.document",
    "xlsx": OOXML + "spreadsheetml.sheet",
    "pptx": OOXML + "presentationml.presentation",
    "odt": ODF + "text",
    "ods": ODF + "spreadsheet",
    "odp": ODF + "presentation",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}
DRAWN_ANEW = {"gif", "bmp", "tif", "webp", "avif"}  # taken, and kept as PNG
SYNONYMS = {"jpeg": "jpg", "jfif": "jpg", "tiff": "tif", "text": "txt"}
WITH_MACROS = {"docm", "dotm", "xlsm", "xltm", "xlsb", "xlam", "pptm", "potm", "ppsm"}
OLD_OFFICE = {"doc", "xls", "ppt", "dot", "xlt", "pps", "pot"}
OF_PHONES = {"heic", "heif", "hif"}
# what must not hide before the last dot either
ACTIVE = re.compile(
    r"(doc|dot|xls|xlt|xla|ppt)(m|b|am)|exe|com|scr|bat|cmd|msi|ps1|vbs|jse?|wsf|hta|jar|sh|py|php|lnk|x?html?|svgz?|xml|mht"
)
STARTS: dict[str, bytes | tuple[bytes, ...]] = {
    "pdf": b"%PDF-",
    "png": b"\x89PNG\r\n\x1a\n",
    "jpg": b"\xff\xd8\xff",
    "gif": b"GIF8",
    "bmp": b"BM",
    "tif": (b"II*\0", b"MM\0*"),
    "webp": b"RIFF",
    "avif": b"\0\0\0",
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods", "odp"), b"PK\x03\x04"),
}
MARKUP = (
    b"<!doctype",
    b"<html",
    b"<svg",
    b"<script",
    b"<?xml",
    b"<?php",
    b"<body",
    b"<iframe",
    b"#!",
    b"mz",
    b"{\\rtf",
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def kind_of(content: bytes, name: str) -> str:
    """The extension under which the file is kept; refuses what is not on the list or is not what its name says."""
    parts = name.lower().rsplit("/", 1)[-1].split(".")
    extension = SYNONYMS.get(parts[-1], parts[-1]) if len(parts) > 1 else ""
    if extension in WITH_MACROS:
        raise Refused("macros")
    if extension in OLD_OFFICE:
        raise Refused("old_office")
    if extension in OF_PHONES or content[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypheim"):
        raise Refused("heic")
    if extension not in TYPES and extension not in DRAWN_ANEW:
        raise Refused("kind")
    if any(ACTIVE.fullmatch(part.strip()) for part in parts[1:-1]):
        raise Refused("double_name")
    if not content:
        raise Refused("empty")
    if extension in ("docx", "xlsx", "pptx") and content.startswith(OLE):
        raise Refused("password")
    if start := STARTS.get(extension):
        if not content.startswith(start):
            raise Refused("not_what_it_says")
        if extension not in DRAWN_ANEW:  # Pillow is asked for this one format, and only pixels are kept
            _recognised(content, extension)
    else:
        _plain_text(content)
    return extension


def _recognised(content: bytes, extension: str) -> None:
    """A second opinion on the first bytes, by somebody else's table of signatures."""
    family = {"jpg": {".jpg", ".jpeg", ".jfif", ".jpe"}, "pdf": {".pdf", ".ai"}, "png": {".png", ".apng"}}
    expected = family.get(extension, {".zip", ".docx", ".xlsx", ".odt", ".ods", ".odp", ".jar", ".pptx"})
    try:
        found = {match.extension.lower() for match in puremagic.magic_string(content[:65536])}
    except puremagic.PureError:
        found = set()
    if not expected & found:
        raise Refused("not_what_it_says")


def _plain_text(content: bytes) -> None:
    """Text is text: nothing in it that a program would run or a browser would draw."""
    text = decoded(content)
    if any(ord(character) < 32 and character not in "\t\n\r\f" for character in text):
        raise Refused("not_what_it_says")
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1024].lower()
    if start.startswith(MARKUP) or any(mark in start for mark in (b"<script", b"<html", b"<svg")):
        raise Refused("kind")


def decoded(content: bytes) -> str:
    """The text of a file, from Unicode or from what Windows programs write."""
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("not_what_it_says")
