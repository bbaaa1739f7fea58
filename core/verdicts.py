# SPDX-License-Identifier: EUPL-1.2
"""The answer to "may I?": yes, or no with a reason that a screen can show and the log can keep."""

from dataclasses import dataclass

from core.errors import DomainError, NotAllowed, WrongState
from core.sentences import Sentence


@dataclass(frozen=True)
class Verdict:
    reason: str | Sentence = ""
    error: type[DomainError] | None = None

    def __bool__(self):
        return self.error is None

    def enforce(self):
        """Raise the error that belongs to a no; do nothing on a yes."""
        if self.error:
            raise self.error(self.reason)


YES = Verdict()


def no(reason):
    """Not this person."""
    return Verdict(reason, NotAllowed)


def not_now(reason):
    """Perhaps this person, but not in the present state."""
    return Verdict(reason, WrongState)
