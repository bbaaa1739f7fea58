# SPDX-License-Identifier: EUPL-1.2
"""The attacker: everything that was ever shown, every sum that holds, and an integer program that asks what follows.

The criterion: a protected count must have at least three possible integers, and not all of them may be protected
counts themselves (``trust``: K1).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from indicators.publishable.solver import Program

if TYPE_CHECKING:
    from indicators.publishable.links import Cell

NO_END = float("inf")
UNKNOWN = (0, NO_END)
Name: TypeAlias = Any  # of a variable: whatever has a hash


@dataclass
class Knowledge:
    """What can be known without guessing: ``shown`` gives each variable the interval that its print allows,
    ``equations`` are ``(coefficients by variable)`` that sum to zero. Variables are any hashable names.
    """

    shown: dict = field(default_factory=dict)
    equations: list = field(default_factory=list)

    def narrow(self, name: Name, low: int, high: float) -> None:
        """Learn that a variable lies between low and high, on top of what was known."""
        before = self.shown.get(name, UNKNOWN)
        self.shown[name] = (max(before[0], low), min(before[1], high))

    def components(self) -> list[tuple[list[Name], list[dict[Name, int]]]]:
        """The parts of the system that share no variable: ``[(variables, equations)]``."""
        parent = {}

        def root(name: tuple[Cell, int]) -> tuple[Cell, int]:
            while parent.setdefault(name, name) != name:
                parent[name] = parent[parent[name]]
                name = parent[name]
            return name

        for equation in self.equations:
            first, *others = equation
            for other in others:
                parent[root(other)] = root(first)
        groups = {}
        for equation in self.equations:
            groups.setdefault(root(next(iter(equation))), ([], []))[1].append(equation)
        for name in list(parent):
            groups.setdefault(root(name), ([], []))[0].append(name)
        return list(groups.values())


@dataclass(frozen=True)
class Exposure:
    """A protected count that could be narrowed down to ``possible``, an interval of integers."""

    name: Name
    low: int
    high: int


class System:
    """One component, asked for the smallest and largest value of a variable."""

    def __init__(
        self,
        variables: Sequence[Name],
        equations: Iterable[dict[Name, int]],
        shown: Mapping[Name, tuple[int, float]],
    ) -> None:
        self.at = {name: index for index, name in enumerate(variables)}
        rows = [{self.at[name]: coefficient for name, coefficient in equation.items()} for equation in equations]
        self.program = Program(len(variables), rows)
        self.sums = [0] * len(rows)
        bounds = [shown.get(name, UNKNOWN) for name in variables]
        self.low = [low for low, _high in bounds]
        self.high = [high for _low, high in bounds]

    def extreme(self, name: Name, *, largest: bool, low: int = 0, high: float = NO_END) -> Any:
        """The smallest or largest integer the variable can have between these; ``None`` where none is possible."""
        at = self.at[name]
        lows, highs = [*self.low], [*self.high]
        lows[at], highs[at] = max(lows[at], low), min(highs[at], high)
        if lows[at] > highs[at]:
            return None
        goal = [0] * len(lows)
        goal[at] = -1 if largest else 1
        integers = [1] * len(lows)
        found, endless = self.program.solve(goal, lows, highs, integers=integers, row_low=self.sums, row_high=self.sums)
        if endless:
            return NO_END if largest else 0
        return None if found is None else round(found[at])


def exposures(knowledge: Knowledge, protected: Mapping[Any, int]) -> list[Exposure]:
    """The protected counts that the knowledge narrows below the criterion.

    ``protected`` maps variables to thresholds: counts from 1 to below it are the ones to protect.
    """
    found = []
    for variables, equations in knowledge.components():
        targets = [name for name in variables if name in protected]
        if not targets:
            continue
        system = System(variables, equations, knowledge.shown)
        for name in targets:
            exposure = _exposure(system, name, protected[name])
            if exposure:
                found.append(exposure)
    linked = {name for variables, _equations in knowledge.components() for name in variables}
    for name, threshold in protected.items():
        if name not in linked:
            low, high = knowledge.shown.get(name, UNKNOWN)
            if not _is_safe(low, high, threshold):
                found.append(Exposure(name, int(low), int(high)))
    return found


def _is_safe(low: int, high: float, threshold: int) -> bool:
    return high - low >= 2 and (low <= 0 or high >= threshold)


def _exposure(system: System, name: Name, threshold: int) -> Exposure | None:
    low = system.extreme(name, largest=False)
    if low is None:  # what was shown contradicts itself: nothing can be concluded
        return None
    enough = max(low + 2, threshold)
    high = system.extreme(name, largest=True, high=enough + 2)
    if high is None:
        return None
    if _is_safe(low, high, threshold) and system.extreme(name, largest=False, low=low + 1, high=high - 1) is not None:
        return None
    return Exposure(name, int(low), int(high))
