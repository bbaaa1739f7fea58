# SPDX-License-Identifier: EUPL-1.2
"""Numbers of agenda items are text. The house draws them: counted through with the invitation, sub-items as “4.1”.

Afterwards they stay, and what is added behind a part of the agenda bears the number before it with a letter: “4a”.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from string import ascii_lowercase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from committees.models import AgendaItem


def depth_of(number: str) -> int:
    """How deep an item stands: “4” is 0, “4.1” is 1."""
    return number.strip().strip(".").count(".")


def suggested(depths: Iterable[int]) -> list[str]:
    """A number for each item of an agenda, from how deep the items stand in their order."""
    counts, numbers = [], []
    for depth in depths:
        depth = min(depth, len(counts))  # nothing stands deeper than one step below its predecessor
        counts = [*counts[: depth + 1]] if len(counts) > depth else [*counts, 0]
        counts[depth] += 1
        numbers.append(".".join(str(count) for count in counts))
    return numbers


def following(items: Sequence[AgendaItem]) -> str:
    """The number of an item added behind these: below a heading the first sub-item, else the next of the same depth."""
    if not items:
        return "1"
    last = items[-1]
    depth = depth_of(last.number) + (1 if last.is_heading else 0)
    return suggested([*(depth_of(item.number) for item in items), depth])[-1]


def added(part: Sequence[AgendaItem], taken: set[str]) -> str:
    """The number of an item that comes after the invitation: no number moves, and everybody sees that it was added."""
    tops = [item.number.split(".")[0].rstrip(ascii_lowercase) for item in part]
    base = tops[-1] if tops else "0"
    letters = (*ascii_lowercase, *(f"{one}{two}" for one in ascii_lowercase for two in ascii_lowercase))
    return next(number for number in (f"{base}{letter}" for letter in letters) if number not in taken)
