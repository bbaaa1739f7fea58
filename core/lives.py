# SPDX-License-Identifier: EUPL-1.2
"""Lives: one table for each thing that has states. A row is a state, a way leads from one state to the next.

Each app writes its tables in ``lifecycle.py``, below its querysets. Whoever asks what a state means asks its row, and
whoever changes a state takes a way; a second list of states anywhere else is refused by a test.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar

from django.db.models import TextChoices

from core.errors import WrongState
from core.sentences import sentence as _


@dataclass(frozen=True, kw_only=True)
class State:
    """One state, and how it is drawn. The rows of a life add what else is true of a thing in this state."""

    code: TextChoices
    shape: str
    tone: str = ""


@dataclass(frozen=True)
class Way:
    """How one state is left and another entered: the step, who takes it, by which fact, and the event that tells it."""

    step: str
    sources: tuple[TextChoices, ...]
    target: TextChoices
    by: str
    fact: str
    event: str


Row = TypeVar("Row", bound=State)


class Life(Generic[Row]):
    """All states of one kind of thing, in their order, and the ways between them."""

    def __init__(self, kind: str, field: str, states: Iterable[Row], ways: Iterable[Way] = ()) -> None:
        self.kind, self.field = kind, field
        self.states: dict[str, Row] = {str(state.code): state for state in states}
        self.ways = tuple(ways)
        LIVES[kind] = self

    def add_ways(self, *ways: Way) -> None:
        """For ways that begin at the states that ``where`` finds."""
        self.ways += ways

    def __getitem__(self, code: str) -> Row:
        return self.states[code]

    def where(self, **wanted: object) -> tuple[TextChoices, ...]:
        """The states whose rows say this."""
        return tuple(
            state.code
            for state in self.states.values()
            if all(getattr(state, name) == value for name, value in wanted.items())
        )

    def sources(self, *steps: str) -> tuple[TextChoices, ...]:
        """The states from which one of these steps can be taken."""
        found = (code for way in self.ways if way.step in steps for code in way.sources)
        return tuple(dict.fromkeys(found))

    def target(self, step: str, source: str) -> TextChoices:
        """Where a step leads from a state; a step that does not follow from it is refused."""
        for way in self.ways:
            if way.step == step and source in way.sources:
                return way.target
        raise WrongState(_("This step does not follow from the present state."))

    @property
    def events(self) -> tuple[str, ...]:
        """The codes of the events by which such a thing moves on."""
        return tuple(dict.fromkeys(way.event for way in self.ways if way.event))

    def ways_from(self, code: str) -> list[Way]:
        """How a thing may leave this state."""
        return [way for way in self.ways if code in way.sources]

    def onward(self) -> dict[str, set[str]]:
        """For each state the states that can follow it."""
        return {code: {str(way.target) for way in self.ways if code in way.sources} for code in self.states}

    def moves(self, step: str) -> dict[TextChoices, TextChoices]:
        """Which state this step turns into which, for those who change many rows at once."""
        return {source: way.target for way in self.ways if way.step == step for source in way.sources}

    def take(self, step: str, thing: Any) -> None:
        """Let a thing enter the state to which this step leads; saving and recording are the flow's."""
        setattr(thing, self.field, self.target(step, getattr(thing, self.field)))

    def allows(self, step: str, thing: Any) -> bool:
        """Whether the step follows from the state in which the thing is."""
        return getattr(thing, self.field) in self.sources(step)

    @property
    def of_model(self) -> Any:
        """A property for the model: the row of the present state."""
        return property(lambda thing: self[getattr(thing, self.field)])

    def picture(self) -> str:
        """The ways as a graph that the forge draws."""
        lines = [
            f"    {source} --> {way.target}: {way.step.replace('_', ' ')}"
            for way in self.ways
            for source in way.sources or ("[*]",)
        ]
        return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])

    def table(self) -> str:
        """The rows and the ways as a reader of the documents wants them."""
        rows = [f"| {code} | {', '.join(_said(state))} |" for code, state in self.states.items()]
        ways = [f"| {way.step} | {way.target} | {way.by} | {way.fact} |".replace("_", " ") for way in self.ways]
        found = ["| state | what is true in it |", "|---|---|", *rows]
        if ways:
            found += ["", "| step | leads to | taken by | by which fact |", "|---|---|---|---|", *ways]
        return "\n".join(found)


LIVES: dict[str, Life] = {}


def _said(state: State) -> list[str]:
    """What a row says besides how it is drawn and what it is called."""
    named = [(field.name.replace("_", " "), getattr(state, field.name)) for field in fields(state)]
    codes = [f"{name} {value.value}" for name, value in named if isinstance(value, TextChoices)][1:]
    return codes + [name for name, value in named if value is True]
