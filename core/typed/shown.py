# SPDX-License-Identifier: EUPL-1.2
"""Typed text as HTML that can be tagged: a point of a list holds lines and no blocks, or a file is no PDF/UA.

Every piece is escaped; nh3 is the second lock. What a text was set to is kept under its checksum, in this process and
in no cache outside it: the text may be confidential.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import wraps
from hashlib import blake2b
from typing import TYPE_CHECKING

import nh3
from django.core.cache.backends.locmem import LocMemCache
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from core.figures import NBSP
from core.typed.blocks import Listing, Paragraph, blocks
from core.typed.items import resolution_of
from core.typed.words import marked, plain

if TYPE_CHECKING:
    from core.typed.blocks import Block

TAGS = {"p", "ul", "ol", "li", "strong", "em", "br", "a", "div", "table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {
    "a": {"href"},
    "ul": {"class"},
    "ol": {"class", "start"},
    "div": {"aria-label", "class", "role", "tabindex"},
    "th": {"class", "scope"},
    "td": {"class"},
}
NUMBER = re.compile(r"[-+–−±]?\d[\d.,]*+(?:[ \xa0]\d{3})*+\s?(?:%|€|Euro)?|[-–.·/x]|")
MOST_COLUMNS = 8
TYPED = gettext_lazy("Lists: lines that begin with “- ”. Bold: **word**. Tables: paste the cells from a spreadsheet.")
KEPT = LocMemCache("typed text", {"OPTIONS": {"MAX_ENTRIES": 400}, "TIMEOUT": 24 * 60 * 60})


def _kept(setting: Callable[[str], str]) -> Callable[[object], SafeString]:
    """The setting of a text, done once for all who read it."""

    @wraps(setting)
    def set_once(text: object) -> SafeString:
        text = "" if text is None else str(text)
        key = blake2b(f"{setting.__name__} {text}".encode("utf-8", "replace"), digest_size=20).hexdigest()
        html = KEPT.get(key)
        if html is None:
            # SECURITY: the pieces were escaped one by one; this refuses whatever should have slipped through
            html = nh3.clean(setting(text), tags=TAGS, attributes=ATTRIBUTES, url_schemes={"https"}, link_rel=None)
            html = html.replace("&nbsp;", NBSP)
            KEPT.set(key, html)
        return SafeString(html)

    return set_once


@_kept
def typed(text: str) -> str:
    """A typed text as blocks: paragraphs, lists of one level, and tables."""
    return _html(blocks(text))


@_kept
def resolution(text: str) -> str:
    """A proposed resolution as blocks; plain lines are its numbered points."""
    return _html(resolution_of(text))


@_kept
def typed_lines(text: str) -> str:
    """A short typed text inside a paragraph or a cell: its lines, no blocks."""
    return "<br>".join(map(marked, text.strip().split("\n")))


@_kept
def inline(text: str) -> str:
    """A typed text inside one line."""
    return marked(" ".join(text.split()))


def _html(found: Iterable[Block]) -> str:
    return "".join(piece for block in found for piece in _pieces(block))


def _pieces(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield f"<p>{_lines(block.lines)}</p>"
    elif isinstance(block, Listing):
        yield from _list(block)
    elif len(block.rows[0]) > MOST_COLUMNS:
        yield from (f"<p>{' · '.join(map(marked, filter(None, row)))}</p>" for row in block.rows)
    else:
        yield from _table(*block.rows)


def _lines(lines: Iterable[str]) -> str:
    return "<br>".join(map(marked, lines))


def _list(block: Listing) -> Iterator[str]:
    points = "".join(f"<li>{_lines(point)}</li>" for point in block.points)
    if block.start is None:
        yield f'<ul class="{"lines" if block.sign == "–" else "lines dots"}">{points}</ul>'
        return
    bracket = ' class="bracket"' if block.sign == ")" else ""
    start = f' start="{block.start}"' if block.start != 1 else ""
    yield f"<ol{bracket}{start}>{points}</ol>"


def _table(head: Sequence[str], *body: Sequence[str]) -> Iterator[str]:
    """A table of a head and rows; its first column names the rows, a column of numbers stands flush right."""
    columns = list(zip(*body, strict=True))[1:]
    kinds = ["", *(' class="num"' if _are_numbers(column) else "" for column in columns)]
    # on a telephone it is moved sideways, also by keyboard, instead of tearing its numbers
    name = format_html(' aria-label="{}"', plain(head[0])) if head[0] else ""
    yield f'<div class="typed" role="group" tabindex="0"{name}><table><thead><tr>'
    yield from (f'<th scope="col"{kind}>{_cell(cell)}</th>' for cell, kind in zip(head, kinds, strict=True))
    yield "</tr></thead><tbody>"
    for first, *others in body:
        yield f'<tr><th scope="row">{_cell(first)}</th>'
        yield from (f"<td{kind}>{_cell(cell)}</td>" for cell, kind in zip(others, kinds[1:], strict=True))
        yield "</tr>"
    yield "</tbody></table></div>"


def _cell(cell: str) -> str:
    return marked(cell) if cell else escape("–")


def _are_numbers(cells: Iterable[str]) -> bool:
    return all(NUMBER.fullmatch(plain(cell)) for cell in cells) and any(map(str.isdigit, "".join(cells)))
