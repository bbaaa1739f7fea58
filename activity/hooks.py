# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable, Iterable
from typing import Any, Protocol

from core.hooks import Hook
from core.verdicts import Verdict


class Witness(Protocol):
    """Hears every entry of the log from the beginning, then says what in the database is not as the log tells it."""

    def hear(self, event: Any) -> None: ...

    def doubts(self) -> Iterable[str]: ...


READS_LOG: Hook[Callable[[Any], Verdict]] = Hook("activity.hooks.READS_LOG", "who reads the log of the whole house")
WITNESSES: Hook[Callable[[], Witness]] = Hook(
    "activity.hooks.WITNESSES", "what is compared with the log when it is verified"
)
