# SPDX-License-Identifier: EUPL-1.2
"""Event kinds: what can happen in the house, what is kept of it, how it reads, and who is told."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from activity.data import Value

KINDS: dict[str, "Kind"] = {}


def nobody(subject: object) -> Iterable[Any]:
    return ()


@dataclass(frozen=True)
class Kind:
    """One kind of event.

    ``sentence`` is a lazy translation with ``%(by)s``, ``%(subject)s`` and the keys of ``data``, which names everything
    that may be kept with such an event and how it becomes words. A key once used keeps its name: old entries have it.
    ``audience`` maps the subject to the users who are told; whoever acted is never told.
    ``shape`` and ``tone`` are the mark in histories; ``refused`` marks an attempt that was turned down.
    """

    code: str
    sentence: Any
    audience: Callable[[Any], Iterable[Any]] = field(default=nobody)
    data: Mapping[str, Value] = field(default_factory=dict, hash=False)
    shape: str = "run"
    tone: str = "info"
    refused: bool = False

    def __post_init__(self) -> None:
        if KINDS.setdefault(self.code, self) != self:
            raise ValueError(f"two event kinds are called {self.code}")

    def keep(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The data of such an event as JSON that is the same in every language."""
        if unknown := data.keys() - self.data.keys():
            raise TypeError(f"{self.code} keeps no {', '.join(sorted(unknown))}")
        return {key: self.data[key].keep(value) for key, value in data.items()}

    def words(self, kept: Mapping[str, Any]) -> dict[str, str]:
        """What was kept, as words for the reader."""
        return {key: self.data.get(key, Value()).words(value) for key, value in kept.items()}


def refusals() -> list[str]:
    """The codes of the kinds that say that somebody was turned down."""
    return [kind.code for kind in KINDS.values() if kind.refused]
