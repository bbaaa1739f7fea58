# SPDX-License-Identifier: EUPL-1.2
"""The classic table CSV: its first line names the table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from indicators.readers.grid import read_grid

if TYPE_CHECKING:
    from indicators.readers.delivery import Delivery
    from indicators.readers.source import Source

FIRST_LINE = re.compile(r"(?:GENESIS-)?Tabelle:\s*(\S+?)\s*;*")


def recognises(source: Source) -> bool:
    return bool(FIRST_LINE.fullmatch(source.first_line))


def read(source: Source, *, table_code: str = "", repair: bool = False) -> Delivery:
    code = FIRST_LINE.fullmatch(source.first_line).group(1)
    return read_grid(_rows(source), layout="genesis-table-csv", table_code=table_code or code, repair=repair)


def _rows(source: Source) -> Iterator[tuple[int, list[str]]]:
    rows = source.rows()
    started = False
    for row in rows:
        if not started:
            started = bool(row and row[0].strip())
            continue
        yield rows.line_num, row
