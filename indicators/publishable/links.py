# SPDX-License-Identifier: EUPL-1.2
"""What adds up to what: the arithmetic that an attacker would use, drawn from the values themselves.

A ``Cell`` is a count, known by measure, unit, categories, region and period, whichever table has it; total categories
are left out of its name, so the same total in two tables is one cell. ``links_of`` gives every sum that holds between
the cells: parts of a region, parts of a category, numerator and rest of a denominator. Where parts add up to less
than their total, the rest is a cell of its own, never printed and still a number of people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

TOTALS = {"INSGESAMT", "Insgesamt", "insgesamt", "TOTAL", "Total"}
REST = "rest of "


class Cell(NamedTuple):
    measure: str
    unit: str
    dimensions: tuple
    region: str
    period: str

    @property
    def is_rest(self) -> bool:
        return self.measure.startswith(REST)


class Link(NamedTuple):
    """``total`` is the sum of ``parts``."""

    total: Cell
    parts: tuple[Cell, ...]


def cell_of(measure: str, unit: str, dimensions: str, region: str, period: str) -> Cell:
    pairs = (tuple(part.split("=", 1)) for part in dimensions.split(";") if "=" in part)
    kept = sorted(
        (name, category) for name, category in pairs if category not in TOTALS and not category.endswith("-INS")
    )
    return Cell(measure, unit, tuple(kept), region, period)


def links_of(
    counts: dict[Cell, int | None],
    tree: Mapping[str, tuple[str, str | None]],
    shares: Iterable[list[list[Cell]]] = (),
) -> list[Link]:
    """Links between the cells of ``counts`` and the rests they need, which are added to ``counts``.

    ``counts`` maps cells to exact counts, ``None`` where even we do not know one. ``tree`` maps a region to
    ``(level, parent)``. ``shares`` are pairs of lists of cells: numerators that are part of denominators.
    """
    links = []
    links.extend(_by_region(counts, tree))
    links.extend(_by_category(counts))
    for numerators, denominators in shares:
        if all(cell in counts for cell in (*numerators, *denominators)):
            total = _total_of(counts, denominators)
            links.extend(_sum(counts, total, numerators))
            if len(denominators) > 1:
                links.append(Link(total, tuple(denominators)))
    return links


def _total_of(counts: dict[Cell, int | None], cells: Sequence[Cell]) -> Cell:
    if len(cells) == 1:
        return cells[0]
    total = cells[0]._replace(measure=f"{REST}{' + '.join(cell.measure for cell in cells)}")
    values: list[Any] = [counts[cell] for cell in cells]
    counts[total] = None if None in values else sum(values)
    return total


def _sum(counts: dict[Cell, int | None], total: Cell, parts: Sequence[Cell]) -> list[Link]:
    """The link of a total with its parts; with a rest where they leave one, one by one where they overlap."""
    whole, values = counts[total], [counts[part] for part in parts]
    if whole is None or None in values:
        known = sum(value for value in values if value is not None)
        if whole is not None and known > whole:
            return []
        return [Link(total, (*parts, _rest(counts, total, parts, None)))]
    if sum(values) == whole:
        return [Link(total, tuple(parts))]
    if sum(values) < whole:
        return [Link(total, (*parts, _rest(counts, total, parts, whole - sum(values))))]
    return [
        Link(total, (part, _rest(counts, total, [part], whole - value)))  # type: ignore[operator]
        for part, value in zip(parts, values, strict=True)
        if value <= whole  # type: ignore[operator]
    ]


def _rest(counts: dict[Cell, int | None], total: Cell, parts: Iterable[Cell], value: int | None) -> Cell:
    names = "|".join(f"{part.measure}/{part.dimensions}/{part.region}" for part in sorted(parts))
    rest = total._replace(measure=f"{REST}{total.measure} without {names}")
    counts[rest] = value
    return rest


def _by_region(counts: dict[Cell, int | None], tree: Mapping[str, tuple[str, str | None]]) -> list[Link]:
    groups = defaultdict(dict)
    for cell in counts:
        if not cell.is_rest:
            groups[cell._replace(region="")][cell.region] = cell
    links = []
    for regions in groups.values():
        below = defaultdict(list)
        for region, cell in regions.items():
            level, parent = tree.get(region, ("", None))
            seen = set()
            while parent and parent not in seen:
                if parent in regions:
                    below[parent, level].append(cell)
                seen.add(parent)
                parent = tree.get(parent, ("", None))[1]
        for (parent, _level), parts in below.items():
            links.extend(_sum(counts, regions[parent], sorted(parts)))
        for one, other in (("02", "02000"), ("11", "11000")):
            if one in regions and other in regions:
                links.append(Link(regions[one], (regions[other],)))
    return links


def _by_category(counts: dict[Cell, int | None]) -> list[Link]:
    groups = defaultdict(list)
    for cell in [cell for cell in counts if not cell.is_rest]:
        for pair in cell.dimensions:
            total = cell._replace(dimensions=tuple(other for other in cell.dimensions if other != pair))
            if total in counts:
                groups[total, pair[0]].append(cell)
    links = []
    for (total, _variable), parts in groups.items():
        links.extend(_sum(counts, total, sorted(parts)))
    return links
