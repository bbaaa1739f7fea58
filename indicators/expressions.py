# SPDX-License-Identifier: EUPL-1.2
"""Numerators and denominators: sums of observations, each with the names it goes by in years and layouts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

NAME_KEYS = ("table", "measure", "unit", "dimensions")


class Term(NamedTuple):
    """One summand: a factor, and the names under which the value may stand, the first that has one counts.

    ``shift`` is the distance in years between the period asked for and the one the value stands under.
    """

    times: Decimal
    shift: int
    names: list[dict[str, str]]


def terms_of(expression: Any) -> list[Term]:
    """``[{"times": "1", "any": [{"measure": …}]}]`` as terms; a single name stands for itself."""
    if not expression:
        return []
    if isinstance(expression, dict):
        expression = [{"any": [expression]}]
    return [
        Term(
            Decimal(term.get("times", "1")),
            int(term.get("shift", 0)),
            [{key: name[key] for key in NAME_KEYS if key in name} for name in term["any"]],
        )
        for term in expression
    ]
