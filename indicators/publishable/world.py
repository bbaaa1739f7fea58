# SPDX-License-Identifier: EUPL-1.2
"""The numbers around a release: what adds up with it, what was shown before, and what may still be hidden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from indicators.expressions import terms_of
from indicators.models import Hiding, Item, KeyFigure, Observation, Protection, Region, ReleasedValue
from indicators.publishable.attacker import Knowledge
from indicators.publishable.links import cell_of, links_of
from indicators.publishable.suppression import hide_for
from indicators.publishable.treatment import interval_of, is_count

if TYPE_CHECKING:
    from indicators.publishable.attacker import Exposure
    from indicators.publishable.links import Cell
    from indicators.publishable.treatment import Treated


class World:
    """All counts that hang together with a release: its own, those released before, and public ones.

    A variable is a cell with its exact count, so that a corrected cell is a new variable and an unchanged one is
    still the same in the sums of earlier releases.
    """

    def __init__(self, treated: Iterable[Treated]) -> None:
        self.same = defaultdict(list)
        for one in treated:
            self.same[one.cell].append(one)
        self.fresh = fresh = {cell: ones[0] for cell, ones in self.same.items()}
        self.periods = {cell.period for cell in fresh}
        self.shares = list(_shares(self.periods, fresh))
        measures = {(cell.measure, cell.unit) for cell in fresh}
        measures |= {(cell.measure, cell.unit) for pair in self.shares for side in pair for cell in side}
        self.intervals, self.thresholds = {}, {}
        self.open = self._open(measures)
        self.vintages = self._vintages(measures)
        self._agree()
        self.equations, self.rests = [], {}
        self._link()

    def _items(self, measures: Collection[tuple[str, str]]) -> list[Item]:
        wanted = defaultdict(set)
        for measure, unit in measures:
            wanted[unit].add(measure)
        found = []
        for unit, names in wanted.items():
            found.extend(Item.objects.filter(unit=unit, measure__in=names).select_related("table"))
        return found

    def _open(self, measures: Collection[tuple[str, str]]) -> dict[Cell, int | None]:
        """Counts that their producer has published, exact for everybody."""
        items = {item.pk: item for item in self._items(measures) if item.table.is_open}
        counts = {}
        rows = Observation.objects.filter(item__in=items, period__in=self.periods)
        for pk, region, period, value in rows.values_list("item_id", "region_key", "period", "value"):
            if value is None or is_count(items[pk], value):
                item = items[pk]
                cell = cell_of(item.measure, item.unit, item.dimensions, region, period)
                counts[cell] = None if value is None else int(value)
                if value is not None:
                    self._see(cell, int(value), (int(value), int(value)))
        return counts

    def _vintages(self, measures: Collection[tuple[str, str]]) -> list[dict[Cell, int | None]]:
        """The counts as they stood after each earlier release, and after this one, oldest first."""
        items = {item.pk: item for item in self._items(measures) if not item.table.is_open}
        state, states = {}, []
        self.shown_before = {}
        rows = (
            ReleasedValue.objects.filter(item__in=items, period__in=self.periods)
            .exclude(hidden=Hiding.UNFIT)
            .order_by("release_id")
        )
        last = None
        for row in rows:
            if last is not None and row.release_id != last:
                states.append(dict(state))
            last = row.release_id
            item = items[row.item_id]
            cell = cell_of(item.measure, item.unit, item.dimensions, row.region_key, row.period)
            exact = None if row.exact is None else int(row.exact)
            state[cell] = exact
            interval = interval_of(row.value, row.base, hidden=bool(row.hidden), sign=row.sign)
            if row.is_current:
                self.shown_before[cell, exact] = row
            self._see(cell, exact, interval)
            threshold = Protection(item.table.protection).threshold
            self.thresholds[cell] = max(self.thresholds.get(cell, 0), threshold)
        if last is not None:
            states.append(dict(state))
        for cell, one in self.fresh.items():
            state[cell] = None if one.exact is None else int(one.exact)
            self.thresholds[cell] = max(self.thresholds.get(cell, 0), one.protection.threshold)
        states.append(state)
        return states

    def _agree(self) -> None:
        """A number that another table shows or hides already is shown or hidden here in the same way."""
        for cell, ones in self.same.items():
            hidden = next((one.hidden for one in ones if one.hidden), "")
            base = max(one.base for one in ones)
            for one in ones:
                before = self.shown_before.get((cell, None if one.exact is None else int(one.exact)))
                one.hidden = before.hidden if before else hidden
                one.base = before.base if before else base

    def _hide(self, cell: Cell) -> None:
        for one in self.same[cell]:
            one.hidden = one.hidden or Hiding.SECONDARY

    def _see(self, cell: Cell, exact: int | None, interval: tuple[int, float]) -> None:
        before = self.intervals.get((cell, exact), (0, float("inf")))
        self.intervals[cell, exact] = (max(before[0], interval[0]), min(before[1], interval[1]))

    def _link(self) -> None:
        regions = {cell.region for state in (*self.vintages, self.open) for cell in state}
        tree = _tree(regions)
        seen = set()
        for state in self.vintages:
            counts = {**self.open, **state}
            for link in links_of(counts, tree, self.shares):
                equation = {(link.total, counts[link.total]): -1}
                for part in link.parts:
                    name = (part, counts[part])
                    equation[name] = equation.get(name, 0) + 1
                key = frozenset(equation.items())
                if key in seen:
                    continue
                seen.add(key)
                self.equations.append(equation)
                ours = max((self.thresholds.get(cell, 0) for cell in (link.total, *link.parts)), default=0)
                for cell in (link.total, *link.parts):
                    if cell.is_rest and ours:
                        self.rests[cell, counts[cell]] = ours

    @property
    def protected(self) -> dict[Any, int]:
        """Variables with a count too small to be known, and the threshold each is protected by."""
        names = {(cell, exact): self.thresholds[cell] for state in self.vintages for cell, exact in state.items()}
        names.update(self.rests)
        return {
            (cell, exact): threshold for (cell, exact), threshold in names.items() if exact and 0 < exact < threshold
        }

    def knowledge(self) -> Knowledge:
        """What everybody would know after the release as it is decided so far."""
        known = Knowledge(dict(self.intervals), self.equations)
        for cell, ones in self.same.items():
            for one in ones:
                known.narrow((cell, None if one.exact is None else int(one.exact)), *one.interval)
        return known

    def hide_more(self, found: Iterable[Exposure]) -> bool:
        """Hide further cells against these exposures; whether any was hidden."""
        knowledge = self.knowledge()
        component_of = {}
        for variables, equations in knowledge.components():
            for name in variables:
                component_of[name] = (variables, equations)
        progress = False
        for exposure in found:
            cell, exact = exposure.name
            own = self.fresh.get(cell)  # type: ignore[call-overload]
            if own is not None and not own.hidden:  # rounded, and still too narrow: it is hidden as well
                self._hide(cell)
                progress = True
                continue
            if exposure.name not in component_of:
                continue
            variables, equations = component_of[exposure.name]
            shown = self.knowledge().shown
            threshold = self.protected[exposure.name]
            chosen = hide_for(
                exposure.name,
                max(threshold, exact + 2),
                variables=variables,
                equations=equations,
                exact={name: name[1] for name in variables},  # type: ignore[misc]
                shown=shown,
                candidates=self._candidates(variables),
            )
            if not chosen:
                chosen = self._all_around(exposure.name, equations)
            for name in chosen:  # type: ignore[assignment]
                self._hide(name[0])
                progress = True
        return progress

    def _candidates(self, variables: Iterable[tuple[Cell, int]]) -> dict[Any, int]:
        """What may still be hidden, at the cost of the people it stands for. A zero is never hidden: see below."""
        return {(cell, exact): exact + 1 for cell, exact in variables if self._may_hide(cell, exact)}

    def _may_hide(self, cell: Cell, exact: Any) -> bool:
        # Without rounding a dot always stands for at least one, so a hidden zero would be a lie to the reader.
        one = self.fresh.get(cell)
        if one is None or one.hidden or not exact or int(one.exact) != exact:
            return False
        return (cell, exact) not in self.shown_before  # what is public cannot be hidden any more

    def _all_around(self, target: tuple[Cell, int], equations: Iterable[dict[tuple[Cell, int], int]]) -> set[Any]:
        """The last resort: everything that adds up with the target directly."""
        return {name for equation in equations if target in equation for name in equation if self._may_hide(*name)}

    @property
    def flags(self) -> list[tuple[Cell, str, int]]:
        """Shares of none and of all: they tell about every single person of a group, so an officer looks at them."""
        found = []
        for numerators, denominators in self.shares:
            if not all(cell in self.fresh or cell in self.open for cell in (*numerators, *denominators)):
                continue
            if not any(cell in self.fresh for cell in (*numerators, *denominators)):
                continue
            part, whole = self._sum(numerators), self._sum(denominators)
            if part is not None and whole and part in (0, whole):
                found.append((numerators[0], "none" if part == 0 else "all", whole))
        return found

    def _sum(self, cells: Iterable[Cell]) -> int | None:
        values = [int(self.fresh[cell].exact) if self._known(cell) else self.open.get(cell) for cell in cells]
        return None if None in values else sum(values)

    def _known(self, cell: Cell) -> bool:
        return cell in self.fresh and self.fresh[cell].exact is not None


def _shares(periods: Collection[str], fresh: Mapping[Cell, Treated]) -> Iterator[list[list[Cell]]]:
    """Numerators and denominators of shares, as lists of cells, for each region and period of the release."""
    regions = {cell.region for cell in fresh}
    units = {cell.measure: cell.unit for cell in fresh}
    for key_figure in KeyFigure.objects.filter(is_share=True).select_related("table"):
        if not key_figure.denominator:
            continue
        sides = [_names(key_figure.numerator), _names(key_figure.denominator)]
        if None in sides or not any(name["measure"] in units for side in sides for name in side):
            continue
        for period in periods:
            for region in regions:
                yield [
                    [
                        cell_of(
                            name["measure"],
                            name.get("unit") or units.get(name["measure"], "Anzahl"),
                            name.get("dimensions", ""),
                            region,
                            period,
                        )
                        for name in side
                    ]
                    for side in sides
                ]


def _names(expression: Any) -> Any:
    """The names that are added up once each; ``None`` for an expression that does anything else."""
    terms = terms_of(expression)
    return (
        [name for term in terms for name in term.names[:1]]
        if all(term.times == 1 and not term.shift for term in terms)
        else None
    )


def _tree(keys: Collection[str]) -> dict[str, Any]:
    """``{region: (level, parent)}`` of these regions and everything above them."""
    tree = {}
    while keys:
        rows = Region.objects.filter(key__in=keys).values_list("key", "level", "parent_id")
        tree.update({key: (level, parent) for key, level, parent in rows})
        keys = {parent for _key, _level, parent in rows if parent and parent not in tree}
    return tree
