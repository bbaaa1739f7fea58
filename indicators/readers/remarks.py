# SPDX-License-Identifier: EUPL-1.2
"""What a careful reader would say about a delivery before using it."""

from collections import defaultdict

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

LEVELS = ("country", "state", "region", "district", "part", "municipality", "city_district")


def remarks(delivery):
    """Sentences about missing regions, unpublished levels, parts of districts and sums; nothing is repaired."""
    return [
        text
        for text in (
            *_unpublished(delivery),
            _dissolved(delivery),
            _parts(delivery),
            _sums(delivery),
            *_units(delivery),
        )
        if text
    ]


def _by_region(delivery):
    grouped = defaultdict(list)
    for cell in delivery.cells.values():
        grouped[(cell.key.region, cell.key.period)].append(cell)
    return grouped


def empty_regions(delivery):
    """Regions and periods in which every cell is “-”: there are no data, not zeros."""
    return {key for key, cells in _by_region(delivery).items() if all(cell.sign == "-" for cell in cells)}


def _unpublished(delivery):
    grouped = defaultdict(list)
    for cell in delivery.cells.values():
        grouped[cell.level].append(cell)
    for level in LEVELS:
        cells = [cell for cell in grouped[level] if cell.sign != "."]
        if len(cells) > 20 and all(cell.sign == "-" for cell in cells):
            yield _("All %(count)s cells of the level “%(level)s” are “-”: not published. They are no zeros.") % {
                "count": len(cells),
                "level": level,
            }


def _dissolved(delivery):
    empty = empty_regions(delivery)
    if not empty or len(empty) == len(_by_region(delivery)):
        return ""
    return ngettext(
        "%(count)s region has “-” in all cells: no data, perhaps dissolved or not yet founded.",
        "%(count)s regions have “-” in all cells: no data, perhaps dissolved or not yet founded.",
        len(empty),
    ) % {"count": len(empty)}


def _parts(delivery):
    parts = {cell.key.region for cell in delivery.cells.values() if cell.level == "part"}
    if not parts:
        return ""
    return ngettext(
        "%(count)s region is part of a district and is not counted again in sums.",
        "%(count)s regions are parts of districts and are not counted again in sums.",
        len(parts),
    ) % {"count": len(parts)}


def _sums(delivery):
    totals, states = {}, defaultdict(list)
    for cell in delivery.cells.values():
        rest = cell.key._replace(region="")
        if cell.level == "country":
            totals[rest] = cell
        elif cell.level == "state" and cell.key.unit == "Anzahl":
            states[rest].append(cell)
    off = sum(
        1
        for rest, cells in states.items()
        if rest in totals
        and totals[rest].value is not None
        and all(cell.value is not None for cell in cells)
        and sum(cell.value for cell in cells) != totals[rest].value
    )
    if not off:
        return ""
    return ngettext(
        "In %(count)s place the states do not add up to the country; some offices round. Nothing was changed.",
        "In %(count)s places the states do not add up to the country; some offices round. Nothing was changed.",
        off,
    ) % {"count": off}


def _units(delivery):
    for unit in sorted({key.unit for key in delivery.cells}):
        if unit == "jew. ME":
            yield _("The unit differs from category to category (“jew. ME”).")
        elif unit == "1000" or unit.startswith(("Tsd", "Mill", "1.000")):
            yield _("Values are in the unit “%(unit)s” and are not multiplied.") % {"unit": unit}
