# SPDX-License-Identifier: EUPL-1.2
"""The blocks of a typed text: paragraphs of lines, lists, tables. Numbers and dates are never read as anything else.

A list is a line with a sign before it, or lines whose numbers run on by one; it keeps the number it starts with.
Its sub-points stay lines of their point. Headings and quotations are no blocks: their signs stay visible.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from core.typed import cells

# Word pastes the signs of its symbol fonts as letters, each followed by a tab
BULLET = re.compile(r"(?:([-–—*•·▪●◦‣►➢])[ \t]|([oü§Ø\uf0b7\uf0a7\uf0d8\uf0fc])\t)\s*+(?=\S)")
NUMBERED = re.compile(r"([1-9]\d{0,2})([.)])[ \t\xa0]\s*+(?=\S)")
SUB_POINT = re.compile(r"(?:\(?(?:[a-z]{1,2}|[ivx]{1,4})[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?)[ \t]")
MONTHS = "jan|feb|mär|maer|apr|mai|jun|jul|aug|sep|okt|nov|dez"
DATE = re.compile(rf"(?:{MONTHS})[a-zä]{{0,7}}(?![a-zäöüß])|\d{{1,2}}\.[ \t]?(?:\d|$)", re.I)
FIGURE = re.compile(r"\d[\d.,]*+\s?(?:%|€|°|(?:prozent|euro|eur|punkte?|promille)\b|$)", re.I)
SIGNS = {"-": "–", "–": "–", "—": "–", "*": "*"}


@dataclass(frozen=True)
class Paragraph:
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Listing:
    """Points, each a tuple of lines; ``start`` is the first number, or None for a list with signs."""

    points: tuple[tuple[str, ...], ...]
    sign: str
    start: int | None = None


@dataclass(frozen=True)
class Table:
    """A head and at least one row, all of the same width."""

    rows: tuple[tuple[str, ...], ...]


Block: TypeAlias = Paragraph | Listing | Table


def blocks(text: str) -> list[Block]:
    """The blocks of a typed text, in its order."""
    return list(_Reading(text.strip("\n ").split("\n")).blocks())


def point_of(line: str) -> tuple[str, str] | None:
    """The sign of a point and what it says; None for a plain line. A dash before a lone figure is its minus."""
    stripped = line.lstrip()
    if not (match := BULLET.match(stripped)):
        return None
    sign, said = SIGNS.get(match[1], "•"), stripped[match.end() :].rstrip()
    return None if sign == "–" and FIGURE.match(said) else (sign, said)


def number_of(line: str) -> tuple[int, str, str] | None:
    """The number of a point, its mark and what it says; None for a plain line. The number of a date is none."""
    if not (match := NUMBERED.match(line)):
        return None
    said = line[match.end() :].rstrip()
    return None if DATE.match(said) else (int(match[1]), match[2], said)


class _Reading:
    """One pass over the lines; a stretch that turned out to be no table is not looked at as one again."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines, self.place, self.no_table_before = lines, 0, 0

    def blocks(self) -> Iterator[Block]:
        paragraph = []
        while self.place < len(self.lines):
            block = self._table() or self._signs() or self._numbers()
            if isinstance(block, Paragraph):
                paragraph += block.lines
                continue
            line = "" if block else self.lines[self.place].strip()
            if line:
                paragraph.append(line)
            elif paragraph:
                yield Paragraph(tuple(paragraph))
                paragraph = []
            if block:
                yield block
            else:
                self.place += 1
        if paragraph:
            yield Paragraph(tuple(paragraph))

    def _table(self) -> Table | None:
        if self.place < self.no_table_before:
            return None
        rows, end = cells.table_at(self.lines, self.place)
        if not rows:
            self.no_table_before = end
            return None
        self.place = end
        return Table(rows)

    def _signs(self) -> Paragraph | Listing | None:
        """A list whose lines begin with the same sign; a star alone belongs to a footnote."""
        begun = self.place
        first = None if _is_indented(self.lines[begun]) else point_of(self.lines[begun])
        if not first:
            return None
        sign, said = first

        def following(line: str) -> str | None:
            point = None if _is_indented(line) else point_of(line)
            return point[1] if point and point[0] == sign else None

        points = self._points(said, following)
        return Listing(points, sign) if len(points) > 1 or sign != "*" else self._as_typed(begun)

    def _numbers(self) -> Paragraph | Listing | None:
        """A list whose numbers run on; a number that nothing follows is part of its line."""
        begun = self.place
        if not (first := number_of(self.lines[begun])):
            return None
        start, mark, said = awaited = first

        def following(line: str) -> str | None:
            nonlocal awaited
            point = number_of(line)
            if not point or point[:2] != (awaited[0] + 1, mark):
                return None
            awaited = point
            return point[2]

        points = self._points(said, following)
        if len(points) > 1:
            return Listing(points, mark, start)
        return self._as_typed(begun)

    def _as_typed(self, begun: int) -> Paragraph:
        return Paragraph(tuple(line.strip() for line in self.lines[begun : self.place] if line.strip()))

    def _points(self, said: str, following: Callable[[str], str | None]) -> tuple[tuple[str, ...], ...]:
        """The points of a list from its first one on; the place is then behind its last line."""
        points, is_after_blank, place = [[said]], False, self.place + 1
        self.place = place
        while place < len(self.lines):
            line = self.lines[place]
            place += 1
            if not line.strip():
                is_after_blank = True
                continue
            if (more := following(line)) is not None:
                points.append([more])
            elif (below := _below(line, is_after_blank)) is not None:
                points[-1].append(below)
            else:
                break
            is_after_blank, self.place = False, place
        return tuple(map(tuple, points))


def _is_indented(line: str) -> bool:
    return line.startswith(("\t", "  "))


def _below(line: str, is_after_blank: bool) -> str | None:
    """A line that belongs to the point above it: a sub-point, an indented line, or a sentence that goes on."""
    stripped = line.strip()
    if _is_indented(line):
        return " ".join(point_of(line) or [stripped])
    if SUB_POINT.match(stripped):
        return stripped
    goes_on = stripped[0].islower() and not is_after_blank and not stripped.endswith(":")
    return stripped if goes_on else None
