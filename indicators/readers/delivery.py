# SPDX-License-Identifier: EUPL-1.2
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple


class Key(NamedTuple):
    """What makes a cell one cell of its table."""

    period: str
    region: str
    dimensions: str
    measure: str
    unit: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a table, or the official sign in its place."""

    key: Key
    region_name: str
    level: str
    value: Decimal | None
    sign: str
    quality: str


@dataclass(frozen=True)
class Rejection:
    """A row that cannot be read, with its line in the file and the reason."""

    line: int
    reason: str


@dataclass
class Delivery:
    """What a file says, before anything is stored."""

    layout: str
    table_code: str
    title: str
    statistic: str = ""
    as_of: str = ""
    licence: str = ""
    footnotes: str = ""
    period_kind: str = "year"
    cells: dict[Key, Cell] = field(default_factory=dict)
    rejected: list[Rejection] = field(default_factory=list)

    @property
    def periods(self):
        return sorted({key.period for key in self.cells})

    @property
    def regions(self):
        return {cell.key.region: cell for cell in self.cells.values()}

    @property
    def measures(self):
        return sorted({key.measure for key in self.cells})

    @property
    def signs(self):
        return dict(sorted(Counter(cell.sign for cell in self.cells.values() if cell.sign).items()))

    @property
    def numeric(self):
        return sum(cell.value is not None for cell in self.cells.values())
