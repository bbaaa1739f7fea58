# SPDX-License-Identifier: EUPL-1.2
"""The one way in which an app asks for what only an app above it knows.

The lower app states a ``Hook`` where it asks: its full name, a sentence, and the type of what is hung into it. The
upper app hangs it in from ``AppConfig.ready``. Nobody imports upwards, and ``stated()`` lists every such road.
"""

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")

_STATED: dict[str, "Hook"] = {}


class Hook(Generic[T]):
    """A named place that an app keeps open for the apps above it."""

    def __init__(self, name: str, what: str) -> None:
        if name in _STATED:
            raise ValueError(f"two hooks are called {name}")
        self.name, self.what = name, what
        self._hung: list[T] = []
        _STATED[name] = self

    def hang(self, value: T) -> T:
        """Hang something in; the same thing twice is there once. Also a decorator."""
        if value not in self._hung:
            self._hung.append(value)
        return value

    def __iter__(self) -> Iterator[T]:
        return iter(self._hung)

    @property
    def only(self) -> T:
        """What hangs here where exactly one thing has to."""
        (value,) = self._hung
        return value


def stated() -> dict[str, "Hook"]:
    """Every hook of the house by its name."""
    return dict(_STATED)
