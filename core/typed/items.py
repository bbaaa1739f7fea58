# SPDX-License-Identifier: EUPL-1.2
"""Fields that hold one item per line: steps, sentences at a glance, the points of a resolution."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from core.typed.blocks import SUB_POINT, Listing, Paragraph, blocks

if TYPE_CHECKING:
    from core.typed.blocks import Block

OWN_SIGN = re.compile(r"\(?(?:\d{1,4}|[IVX]{1,5})[.)]|[-+*#>§]|[^\t]*\t")


def items_of(text: str) -> list[str]:
    """The items of a text that has one per line, without the signs and running numbers people put before them."""
    found = []
    for block in blocks(text):
        if isinstance(block, Paragraph):
            found += block.lines
        elif isinstance(block, Listing):
            found += map(" ".join, block.points)
        else:
            found += (" · ".join(filter(None, row)) for row in block.rows)
    return found


def resolution_of(text: str) -> list[Block]:
    """The blocks of a resolution. Plain lines are its points, numbered by the house; own numbers and signs stay.

    A line that ends with a colon leads in and is no point; neither is a sentence that stands alone.
    """
    found = blocks(text)
    plain = [block for block in found if isinstance(block, Paragraph)]
    if len(plain) < len(found):
        return found
    lines = [line for block in plain for line in block.lines]
    points = [line for line in lines if not line.endswith(":")]
    if len(points) < 2 or any(map(OWN_SIGN.match, lines)) or SUB_POINT.match(points[0]):
        return found
    return list(_numbered(lines))


def _numbered(lines: Iterable[str]) -> Iterator[Block]:
    points: list[list[str]] = []
    start = 1
    for line in lines:
        if line.endswith(":"):
            yield from _list_of(points, start)
            yield Paragraph((line,))
            points, start = [], start + len(points)
        elif points and SUB_POINT.match(line):
            points[-1].append(line)
        else:
            points.append([line])
    yield from _list_of(points, start)


def _list_of(points: Sequence[list[str]], start: int) -> Iterator[Listing]:
    if points:
        yield Listing(tuple(map(tuple, points)), ".", start)


def first_point(text: str) -> str:
    """What a resolution asks for first, in one line."""
    for block in resolution_of(text):
        if isinstance(block, Listing):
            return " ".join(block.points[0])
        if isinstance(block, Paragraph) and not block.lines[-1].endswith(":"):
            return " ".join(block.lines)
    return " ".join(text.split())
