# SPDX-License-Identifier: EUPL-1.2
"""What a careful reader would say about a delivery before using it. Nothing is repaired."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from core.sentences import sentence as _
from core.sentences import sentence_of
from indicators.models import RegionLevel

if TYPE_CHECKING:
    from core.sentences import Sentence, Text
    from indicators.staging import Staging


def remarks(staged: Staging) -> list[Text]:
    """Sentences about missing regions, unpublished levels, parts of districts, sums, units and lost zeros."""
    found = (*_unpublished(staged), _dissolved(staged), _parts(staged), _sums(staged), *_units(staged), _zeros(staged))
    return [text for text in found if text]


def _unpublished(staged: Staging) -> Iterator[Sentence]:
    for level, count in staged.unpublished_levels():
        yield _("All %(count)s cells of the level “%(level)s” are “-”: not published. They are no zeros.") % {
            "count": count,
            "level": RegionLevel(level),
        }


def _dissolved(staged: Staging) -> Text:
    empty = staged.empty_regions()
    if not empty or len(empty) == staged.places():
        return ""
    return sentence_of(
        "%(count)s region has “-” in all cells: no data, perhaps dissolved or not yet founded.",
        "%(count)s regions have “-” in all cells: no data, perhaps dissolved or not yet founded.",
        len(empty),
    ) % {"count": len(empty)}


def _parts(staged: Staging) -> Text:
    parts = [key for key, label in staged.delivery.regions.items() if label.level == "part"]
    if not parts:
        return ""
    return sentence_of(
        "%(count)s region is part of a district and is not counted again in sums.",
        "%(count)s regions are parts of districts and are not counted again in sums.",
        len(parts),
    ) % {"count": len(parts)}


def _sums(staged: Staging) -> Text:
    off = staged.sums_off()
    if not off:
        return ""
    return sentence_of(
        "In %(count)s place the states do not add up to the country; some offices round. Nothing was changed.",
        "In %(count)s places the states do not add up to the country; some offices round. Nothing was changed.",
        off,
    ) % {"count": off}


def _units(staged: Staging) -> Iterator[Sentence]:
    for unit in sorted({item.unit for item in staged.items}):
        if unit == "jew. ME":
            yield _("The unit differs from category to category (“jew. ME”).")
        elif unit == "1000" or unit.startswith(("Tsd", "Mill", "1.000")):
            yield _("Values are in the unit “%(unit)s” and are not multiplied.") % {"unit": unit}
    if staged.delivery.unknown_units:
        yield _("The file names no unit for a measure; it was taken for a number (“Anzahl”).")


def _zeros(staged: Staging) -> Text:
    lost = staged.delivery.lost_zeros
    if not lost:
        return ""
    raw, mended = next(iter(lost.items()))
    return sentence_of(
        "%(count)s region key seems to have lost its leading zero, such as %(raw)s for %(mended)s. "
        "Its rows are left out unless you have it mended.",
        "%(count)s region keys seem to have lost their leading zero, such as %(raw)s for %(mended)s. "
        "Their rows are left out unless you have them mended.",
        len(lost),
    ) % {"count": len(lost), "raw": raw, "mended": mended}
