# SPDX-License-Identifier: EUPL-1.2
"""Tables in typed text: typed with strokes, or cells pasted from a spreadsheet.

Word, too, pastes tabs: in lists, and in the lines of two people who sign beside each other. Those are no tables.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

RULE = set("|-: \t")
POINT = re.compile(r"[-–—*•·▪●◦‣►➢oü§Ø\uf0b7\uf0a7\uf0d8\uf0fc]|\(?(?:\d{1,3}|[a-z]{1,2}|[ivx]{1,4})[.)]")
NAME = re.compile(r"(?:(?:Dr|Prof|Dipl)\.[ -]?)*[A-ZÄÖÜ][\w'’-]+(?: (?:von|van|zu|de|[A-ZÄÖÜ][\w'’.-]*)){1,4}")
SIGNED = re.compile(r"_{4}|\.{5}|…{2}|\bgez\.|\bi\. ?[AV]\.|\bUnterschrift|\bOrt, Datum|, (?:den )?\d{1,2}\. ?\w")
MOST_LINES_OF_SIGNERS = 4

Rows: TypeAlias = tuple[tuple[str, ...], ...]


def table_at(lines: Sequence[str], place: int) -> tuple[Rows, int]:
    """The rows of the table that begins at this line, and where it ends; no rows and how far there is none."""
    if "|" in lines[place]:
        return _typed(lines, place)
    if "\t" in lines[place]:
        return _pasted(lines, place)
    return (), place + 1


def _typed(lines: Sequence[str], place: int) -> tuple[Rows, int]:
    """Lines with strokes: a head, a rule of hyphens, rows."""
    rule = lines[place + 1] if place + 1 < len(lines) else ""
    head = _between_strokes(lines[place])
    if not {"|", "-"} <= set(rule) <= RULE or len(head) < 2:
        return (), place + 1
    end = place + 2
    while end < len(lines) and "|" in lines[end]:
        end += 1
    rows = [head, *map(_between_strokes, lines[place + 2 : end])]
    if len(rows) == 1:
        return (), place + 1
    width = max(map(len, rows))
    return tuple((*row, *[""] * (width - len(row))) for row in rows), end


def _between_strokes(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|"))


def _pasted(lines: Sequence[str], place: int) -> tuple[Rows, int]:
    """Lines with the same number of tabs."""
    tabs, end = lines[place].count("\t"), place + 1
    while end < len(lines) and lines[end].count("\t") == tabs:
        end += 1
    rows = [tuple(cell.strip() for cell in line.split("\t")) for line in lines[place:end]]
    return (tuple(rows) if _is_of_a_spreadsheet(rows) else ()), end


def _is_of_a_spreadsheet(rows: Sequence[tuple[str, ...]]) -> bool:
    """Whether rows of cells have a full head and are neither points of a list nor the lines of who signs."""
    head, *body = rows
    if not body or not all(head[1:]) or not any(any(row[1:]) for row in body):
        return False
    if len(head) == 2 and any(POINT.fullmatch(row[0]) for row in rows):
        return False
    return not any(SIGNED.search(cell) for row in rows for cell in row) and not _are_signers(rows)


def _are_signers(rows: Sequence[tuple[str, ...]]) -> bool:
    """Two people beside each other, each with a name and an office below."""
    if len(rows[0]) != 2 or len(rows) > MOST_LINES_OF_SIGNERS:
        return False
    has_figures = any(cell[:1].isdigit() for row in rows for cell in row)
    return not has_figures and any(all(map(NAME.fullmatch, row)) for row in rows)
