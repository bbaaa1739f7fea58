# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError

from core.sentences import sentence as _

if TYPE_CHECKING:
    from core.sentences import Sentence, Text

MOST_REJECTIONS = 20_000


class Item(NamedTuple):
    """What a column of numbers counts: its categories (``GES=GESW;NAT=INSGESAMT``), its measure and its unit."""

    dimensions: str
    measure: str
    unit: str


class Cell(NamedTuple):
    """One value of a table as decimal text, or the official sign in its place; ``line`` is where it stands."""

    line: int
    region: str
    period: str
    item: Item
    number: str | None
    sign: str
    quality: str


class RegionLabel(NamedTuple):
    name: str
    level: str


@dataclass(frozen=True)
class Rejection:
    """A row that cannot be read, with its line in the file and the reason."""

    line: int
    reason: str


class UnknownLayoutError(ValidationError):
    """A table in no known layout; ``columns`` are its headers and ``samples`` its first rows, for a mapping."""

    def __init__(self, message: Sentence, *, columns: Iterable[str] = (), samples: Iterable[list[str]] = ()) -> None:
        super().__init__(message)  # type: ignore[arg-type]
        self.columns, self.samples = list(columns), list(samples)


@dataclass
class Delivery:
    """What a file says, before anything is stored.

    ``cells`` streams; regions, item labels, footnotes and rejections are complete when it has ended.
    """

    layout: str
    table_code: str
    title: str
    cells: Iterator[Cell]
    statistic: str = ""
    as_of: str = ""
    publisher: str = ""
    licence: str = ""
    footnotes: str = ""
    period_kind: str = "year"
    official: bool = True
    regions: dict[str, RegionLabel] = field(default_factory=dict)
    labels: dict[Item, str] = field(default_factory=dict)
    rejected: list[Rejection] = field(default_factory=list)
    lost_zeros: dict[str, str] = field(default_factory=dict)
    unknown_units: bool = False

    def reject(self, line: int, reason: Text) -> None:
        """Note a row that cannot be read; a file of little else is refused as a whole."""
        self.rejected.append(Rejection(line, reason))  # type: ignore[arg-type]
        if len(self.rejected) > MOST_REJECTIONS:
            raise ValidationError(
                _("More than %(count)s rows cannot be read, the first in line %(line)s: %(reason)s")
                % {"count": MOST_REJECTIONS, "line": self.rejected[0].line, "reason": self.rejected[0].reason}
            )
