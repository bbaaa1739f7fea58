# SPDX-License-Identifier: EUPL-1.2
"""A municipality's signet, read in the enclosure: shapes of an SVG, or opaque pixels of a PNG, and nothing else.

SECURITY: of an SVG only shapes and plain attributes are taken over: no links, images, styles, scripts, texts.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from defusedxml import DefusedXmlException, ElementTree
from PIL import Image

from core.documents.verdict import Refused

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

PAPER = (255, 255, 255)
SVG = "{http://www.w3.org/2000/svg}"
TAGS = ("g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon")
ATTRIBUTES = (
    *("d", "points", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "width", "height", "transform"),
    *("fill", "fill-rule", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin"),
)
MOST_PIXELS = 4_000_000
DEEPEST = 20


def drawn(file: BinaryIO) -> Iterator[dict[str, Any]]:
    """``{"box", "ratio", "shapes"}`` of an SVG; a shape is its tag, its attributes and the shapes in it."""
    try:
        tree = ElementTree.fromstring(file.read())
    except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Refused("signet_svg") from error
    try:
        box = [float(one) for one in (tree.get("viewBox") or "").replace(",", " ").split()]
    except ValueError:
        box = []
    if tree.tag != f"{SVG}svg" or len(box) != 4 or not (0 < box[2] < 1e6 and 0 < box[3] < 1e6):
        raise Refused("signet_box")
    yield {"box": " ".join(f"{one:g}" for one in box), "ratio": box[2] / box[3], "shapes": _shapes(tree, 0)}


def _shapes(element: Element, depth: int) -> list[Any]:
    shapes = []
    for child in element if depth < DEEPEST else ():
        tag = child.tag.removeprefix(SVG) if isinstance(child.tag, str) and child.tag.startswith(SVG) else ""
        if tag not in TAGS:
            continue
        attributes = [
            (name, value)
            for name, value in child.attrib.items()
            if name in ATTRIBUTES and "url" not in value.lower() and value.lower() != "currentcolor"
        ]
        shapes.append([tag, attributes, _shapes(child, depth + 1) if tag == "g" else []])
    return shapes


def painted(file: BinaryIO) -> Iterator[dict[str, Any] | bytes]:
    """``{"ratio"}`` of a PNG, then the picture: opaque on white paper."""
    try:
        with Image.open(file, formats=["PNG"]) as found:
            if found.width * found.height > MOST_PIXELS:
                raise Refused("signet_pixels")
            seen = found.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Refused("signet_kind") from error
    paper = Image.new("RGB", seen.size, PAPER)
    paper.paste(seen, mask=seen.getchannel("A"))
    out = io.BytesIO()
    paper.save(out, "PNG", optimize=True)
    yield {"ratio": seen.width / seen.height}
    yield out.getvalue()
