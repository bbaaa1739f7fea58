# SPDX-License-Identifier: EUPL-1.2
from dataclasses import dataclass, field

from indicators.models import Observation
from indicators.readers.delivery import Cell, Key


@dataclass
class Comparison:
    """A delivery against what is stored: cells to create, observations to change, and how many stay."""

    created: list[Cell] = field(default_factory=list)
    changed: list[tuple[Observation, Cell]] = field(default_factory=list)
    unchanged: int = 0


def compare(delivery):
    stored = {
        Key(one.period, one.region_key, one.dimensions, one.measure, one.unit): one
        for one in Observation.objects.filter(table__code=delivery.table_code, period__in=delivery.periods).iterator()
    }
    comparison = Comparison()
    for key, cell in delivery.cells.items():
        known = stored.get(key)
        if known is None:
            comparison.created.append(cell)
        elif (known.value, known.sign, known.quality) != (cell.value, cell.sign, cell.quality):
            comparison.changed.append((known, cell))
        else:
            comparison.unchanged += 1
    return comparison
