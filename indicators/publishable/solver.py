# SPDX-License-Identifier: EUPL-1.2
"""The one place that calls the integer-programming library (HiGHS, through scipy)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import float64

SECONDS = 20
UNBOUNDED = 3


class Program:
    """Linear equations and inequalities over ``size`` variables, solved for changing goals and bounds.

    ``rows`` are ``{variable: coefficient}``; the library is loaded when the first program is made, for it takes 70 MB
    and half a second that only a release needs.
    """

    def __init__(self, size: int, rows: Sequence[dict[int, int]]) -> None:
        import numpy  # noqa: PLC0415
        from scipy import optimize, sparse  # noqa: PLC0415

        self._numpy, self._optimize = numpy, optimize
        at, columns, entries = [], [], []
        for index, row in enumerate(rows):
            at.extend([index] * len(row))
            columns.extend(row)
            entries.extend(row.values())
        self._matrix = sparse.csr_array((entries, (at, columns)), shape=(len(rows), size))

    def solve(
        self,
        goal: Sequence[int],
        low: Sequence[int],
        high: Sequence[float],
        *,
        integers: Sequence[int],
        row_low: Sequence[float],
        row_high: Sequence[float],
    ) -> tuple[list[float64] | None, bool]:
        """``(values or None, whether the goal has no end)`` of the cheapest solution; ``integers`` marks variables."""
        array = self._numpy.array
        found = self._optimize.milp(
            array(goal, dtype=float),
            constraints=self._optimize.LinearConstraint(self._matrix, row_low, row_high),
            bounds=self._optimize.Bounds(array(low, dtype=float), array(high, dtype=float)),
            integrality=array(integers),
            options={"time_limit": SECONDS},
        )
        return (None if found.x is None else list(found.x)), found.status == UNBOUNDED
