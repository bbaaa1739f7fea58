# SPDX-License-Identifier: EUPL-1.2
"""The zip file inside an office document: opened with a measure of what it may hold, packed again without traces."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from lxml import etree

from core.documents.verdict import Refused

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_MEMBERS = 4000
MOST_BYTES = 200 * 1024 * 1024  # all members together, unpacked
BEST_PACKING = 250  # times that a member may grow; honest XML stays far below
SMALL = 1 << 20


def members_of(content: bytes) -> dict[str, bytes]:
    """Every member with its bytes. A member that lies about its size or place is not unpacked to the end."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            _measure(infos)
            found, left = {}, MOST_BYTES
            for info in infos:
                if info.is_dir():
                    continue
                with archive.open(info) as member:
                    data = member.read(min(left, info.file_size) + 1)
                left -= len(data)
                if left < 0 or len(data) != info.file_size:
                    raise Refused("bomb")
                found[info.filename] = data
    except Refused:
        raise
    except RuntimeError as error:  # zipfile says so about encrypted members
        raise Refused("password") from error
    except (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError, OSError, ValueError) as error:
        raise Refused("damaged") from error
    return found


def _measure(infos: Sequence[zipfile.ZipInfo]) -> None:
    if len(infos) > MOST_MEMBERS or sum(info.file_size for info in infos) > MOST_BYTES:
        raise Refused("bomb")
    places = sorted((info.header_offset, info.header_offset + info.compress_size) for info in infos)
    if any(start < end for (_start, end), (start, _end) in pairwise(places)):
        raise Refused("bomb")
    names = [info.filename.lower() for info in infos]
    if len(set(names)) < len(names):
        raise Refused("damaged")
    for info in infos:
        if info.flag_bits & 1:
            raise Refused("password")
        if info.file_size > SMALL and info.file_size > BEST_PACKING * max(info.compress_size, 1):
            raise Refused("bomb")
        parts = info.filename.replace("\\", "/").split("/")
        if info.filename.startswith(("/", "\\")) or ".." in parts or "\0" in info.filename:
            raise Refused("damaged")
        if (info.external_attr >> 16) & 0o170000 == 0o120000:
            raise Refused("damaged")


def parse(data: bytes) -> Element:
    """The root of an XML member; one that declares entities is not read."""
    try:
        return ElementTree.fromstring(data, forbid_dtd=True)
    except (DefusedXmlException, ElementTree.ParseError, ValueError, LookupError) as error:
        raise Refused("damaged") from error


def pack(members: Mapping[str, bytes], *, first: str = "") -> bytes:
    """The members as a zip file that says nothing of when and where it was made; ``first`` is stored unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(members, key=lambda name: (name != first, name)):
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name == first else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, members[name])
    return out.getvalue()


def tree_of(data: bytes) -> Any:
    """The root of an XML member with its prefixes, without comments; one that declares anything is not read."""
    parse(data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused("damaged") from error


def written(root: Any) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def remove(element: Any) -> None:
    """Take an element out; the text after it stays."""
    parent, tail = element.getparent(), element.tail
    if tail and parent is not None:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    if parent is not None:
        parent.remove(element)


def unwrap(element: Any) -> None:
    """Put what is in an element in its place."""
    parent = element.getparent()
    place = parent.index(element)
    for child in list(element):
        parent.insert(place, child)
        place += 1
    remove(element)
