# SPDX-License-Identifier: EUPL-1.2
"""The door through which statistics come in: files are read in the enclosure, here they are only put together."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.conf import settings

from core import foreign
from core.sentences import read_sentence
from indicators.readers import Cell, Delivery, Item, RegionLabel, Rejection, UnknownLayoutError
from indicators.readers.source import too_large

if TYPE_CHECKING:
    from indicators.readers.own import Mapping

DELIVER = "indicators.readers.inside:deliver"
REGISTER = "indicators.readers.inside:register"
MEMORY = 1 << 30
MEMORY_FOR_A_BYTE = 12  # of a file larger than the usual ones, which only a command reads
SECONDS, SECONDS_FOR_A_MEGABYTE = 15, 2  # others who write wait meanwhile where the database is SQLite


class Upload:
    """A file that was handed in, not yet read. ``limit`` is in bytes, for the file and for what it unpacks to."""

    def __init__(self, file: Any, name: str = "", *, limit: int | None = None) -> None:
        self.file: Any = io.BytesIO(file) if isinstance(file, bytes) else file
        self.name, self.limit = name, settings.IMPORT_MAX_BYTES if limit is None else limit
        self.size = self.file.seek(0, 2)
        if self.size > self.limit:
            raise too_large(self.limit)
        self.file.seek(0)
        self.sha256 = hashlib.file_digest(self.file, "sha256").hexdigest()

    def read(self, *, table_code: str = "", mapping: Mapping | None = None, repair: bool = False) -> Delivery:
        """The delivery. Raises ``ValidationError``, and ``UnknownLayoutError`` where only a mapping can explain it."""
        found = foreign.parts(
            DELIVER,
            self.file,
            limits=self._limits(),
            name=self.name,
            limit=self.limit,
            table_code=table_code,
            mapping=None if mapping is None else vars(mapping),
            repair=repair,
        )
        about = next(found)
        if "unknown" in about:
            raise UnknownLayoutError(
                read_sentence(about["unknown"]), columns=about["columns"], samples=about["samples"]
            )
        delivery = Delivery(**about, cells=iter(()))
        delivery.cells = _cells(delivery, found)
        return delivery

    def _limits(self) -> foreign.Limits:
        return foreign.Limits(
            memory=max(MEMORY, MEMORY_FOR_A_BYTE * self.size),
            seconds=SECONDS + SECONDS_FOR_A_MEGABYTE * (self.size >> 20),
            answer=max(MEMORY, MEMORY_FOR_A_BYTE * self.size),
        )


def _cells(delivery: Delivery, found: Iterable[Any]) -> Iterator[Cell]:
    items = []
    for part in found:
        if "cells" not in part:
            _take_end(delivery, part)
            continue
        items += [Item(*item) for item in part["items"]]
        for line, region, period, number, *value in part["cells"]:
            yield Cell(line, region, period, items[number], *value)


def _take_end(delivery: Delivery, end: dict[str, Any]) -> None:
    for name, value in end["about"].items():
        setattr(delivery, name, value)
    delivery.regions = {key: RegionLabel(*label) for key, label in end["regions"].items()}
    delivery.labels = {Item(*item): label for *item, label in end["labels"]}
    delivery.rejected = [Rejection(line, read_sentence(reason)) for line, reason in end["rejected"]]
    delivery.lost_zeros = end["lost_zeros"]


def register_of(file: Any) -> tuple[list[str], list[Any]]:
    """``(columns, [(line, row)])`` of a register of regions."""
    columns, *rows = foreign.parts(REGISTER, file)
    return columns, rows
