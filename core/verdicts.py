# SPDX-License-Identifier: EUPL-1.2
"""The answer to "may I?": yes, or no with a reason that a screen can show and the log can keep."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import DomainError, NotAllowed, WrongState
from core.sentences import Sentence


@dataclass(frozen=True)
class Verdict:
    reason: str | Sentence = ""
    error: type[DomainError] | None = None

    def __bool__(self) -> bool:
        return self.error is None

    def enforce(self) -> None:
        """Raise the error that belongs to a no; do nothing on a yes."""
        if self.error:
            raise self.error(self.reason)


YES = Verdict()


def no(reason: str | Sentence) -> Verdict:
    """Not this person."""
    return Verdict(reason, NotAllowed)


def not_now(reason: str | Sentence) -> Verdict:
    """Perhaps this person, but not in the present state."""
    return Verdict(reason, WrongState)
