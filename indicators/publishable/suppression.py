# SPDX-License-Identifier: EUPL-1.2
"""Secondary suppression: which further cells to hide, at the smallest loss, so that a protected count stays open.

For a protected variable the integer program looks for a second table that everybody would find as possible as the
true one, in which this variable is large enough; every cell that differs between the two has to be hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from indicators.publishable.attacker import NO_END, UNKNOWN
from indicators.publishable.solver import Program

if TYPE_CHECKING:
    from indicators.publishable.links import Cell

REACH = 4  # how far beyond what is needed a cell may move, in multiples


def hide_for(
    target: tuple[Cell, int],
    need: int,
    *,
    variables: Sequence[tuple[Cell, int]],
    equations: Iterable[dict[tuple[Cell, int], int]],
    exact: Mapping[tuple[Cell, int], int],
    shown: Mapping[tuple[Cell, int | None], tuple[int, float]],
    candidates: Mapping[tuple[Cell, int], int],
) -> set[tuple[Cell, int]] | None:
    """The cells to hide so that ``target`` may be ``need`` or more; ``None`` where no choice does it.

    ``exact`` are the true counts (``None`` where unknown), ``shown`` the intervals that print allows now, and
    ``candidates`` maps the variables that may be hidden to the cost of hiding them.
    """
    at = {name: index for index, name in enumerate(variables)}
    hideable = [name for name in variables if name in candidates]
    reach = REACH * (need + 2)
    low, high = [], []
    for name in variables:
        least, most = shown.get(name, UNKNOWN)
        if name in candidates:
            least, most = max(1, exact[name] - reach), exact[name] + reach
        low.append(least)
        high.append(most)
    low[at[target]] = max(low[at[target]], need)
    if low[at[target]] > high[at[target]]:
        return None
    # variables: the counts of the other table, then one switch for each cell that may be hidden
    rows = [{at[name]: coefficient for name, coefficient in equation.items()} for equation in equations]
    row_low, row_high = [0] * len(rows), [0] * len(rows)
    for switch, name in enumerate(hideable, len(variables)):
        least, most = shown[name]  # only a hidden cell may leave what its print allows
        rows += [{at[name]: 1, switch: -2 * reach}, {at[name]: 1, switch: 2 * reach}]
        row_low += [-NO_END, least]  # type: ignore[list-item]
        row_high += [most, NO_END]  # type: ignore[list-item]
    size, switches = len(variables), len(hideable)
    found, _endless = Program(size + switches, rows).solve(
        [0] * size + [candidates[name] for name in hideable],
        low + [0] * switches,
        high + [1] * switches,
        integers=[0] * size + [1] * switches,
        row_low=row_low,
        row_high=row_high,
    )
    if found is None:
        return None
    return {name for name, chosen in zip(hideable, found[size:], strict=True) if chosen > 0.5}
