# SPDX-License-Identifier: EUPL-1.2
"""The classic table CSV: its first line names the table."""

import re

from indicators.readers.grid import read_grid

FIRST_LINE = re.compile(r"(?:GENESIS-)?Tabelle:\s*(\S+?)\s*;*")


def recognises(source):
    return bool(FIRST_LINE.fullmatch(source.first_line))


def read(source, *, table_code="", repair=False):
    code = FIRST_LINE.fullmatch(source.first_line).group(1)
    return read_grid(_rows(source), layout="genesis-table-csv", table_code=table_code or code, repair=repair)


def _rows(source):
    rows = source.rows()
    started = False
    for row in rows:
        if not started:
            started = bool(row and row[0].strip())
            continue
        yield rows.line_num, row
