# SPDX-License-Identifier: EUPL-1.2
"""Event kinds: what can happen in the house, how it reads, and who is told."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

KINDS: dict[str, "Kind"] = {}


def nobody(subject) -> Iterable[Any]:
    return ()


@dataclass(frozen=True)
class Kind:
    """One kind of event.

    ``sentence`` is a lazy translation with ``%(by)s`` and ``%(subject)s`` and the keys of the event's data.
    ``audience`` maps the subject to the users who are told; whoever acted is never told.
    ``shape`` and ``tone`` are the mark in histories; ``refused`` marks an attempt that was turned down.
    """

    code: str
    sentence: Any
    audience: Callable[[Any], Iterable[Any]] = field(default=nobody)
    shape: str = "run"
    tone: str = "info"
    refused: bool = False

    def __post_init__(self):
        if KINDS.setdefault(self.code, self) != self:
            raise ValueError(f"two event kinds are called {self.code}")
