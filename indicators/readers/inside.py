# SPDX-License-Identifier: EUPL-1.2
"""What the enclosure reads of statistics; ``indicators.intake`` puts it together again outside."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from django.core.exceptions import ValidationError

from core.sentences import kept
from core.sentences import sentence as _
from indicators.readers.delivery import UnknownLayoutError
from indicators.readers.own import Mapping
from indicators.readers.recognition import open_source, read

if TYPE_CHECKING:
    from indicators.readers.delivery import Delivery

BATCH = 2000
ABOUT = (
    *("layout", "table_code", "title", "statistic", "as_of", "publisher", "licence", "footnotes", "period_kind"),
    *("official", "unknown_units"),
)


def deliver(
    file: BinaryIO,
    *,
    name: str,
    limit: int,
    table_code: str = "",
    mapping: Any = None,
    repair: bool = False,
) -> Iterator[dict[str, Any]]:
    """A delivery: what it is about, then its cells in batches, then what is known at its end."""
    try:
        delivery = read(
            open_source(file, name, limit=limit),
            table_code=table_code,
            mapping=Mapping(**mapping) if mapping else None,
            repair=repair,
        )
    except UnknownLayoutError as error:
        yield {"unknown": kept(error.message), "columns": error.columns, "samples": error.samples}
        return
    yield {name: getattr(delivery, name) for name in ABOUT}
    yield from _batches(delivery)
    yield {
        "about": {name: getattr(delivery, name) for name in ABOUT},
        "regions": delivery.regions,
        "labels": [[*item, label] for item, label in delivery.labels.items()],
        "rejected": [[row.line, kept(row.reason)] for row in delivery.rejected],
        "lost_zeros": delivery.lost_zeros,
    }


def _batches(delivery: Delivery) -> Iterator[dict[str, Any]]:
    """Cells with the number of their item in place of it; an item comes with the first batch that speaks of it."""
    numbers, cells = {}, iter(delivery.cells)
    while batch := list(islice(cells, BATCH)):
        new = []
        rows = []
        for line, region, period, item, *value in batch:
            if item not in numbers:
                numbers[item] = len(numbers)
                new.append(item)
            rows.append((line, region, period, numbers[item], *value))
        yield {"items": new, "cells": rows}


def register(file: BinaryIO) -> Iterator[list[Any]]:
    """The rows of a register of regions: ``[line, {column: text}]``."""
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(_("The register is not written in UTF-8. Please save it anew as “CSV UTF-8”.")) from error
    reader = csv.DictReader(text.splitlines(), delimiter=";")
    yield list(reader.fieldnames or [])
    for row in reader:
        yield [reader.line_num, {name: value for name, value in row.items() if isinstance(value, str) and name}]
