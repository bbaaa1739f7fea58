# SPDX-License-Identifier: EUPL-1.2
"""What can go wrong in the domain. User input stays Django's ``ValidationError``."""

from typing import Any

from django.core.exceptions import PermissionDenied


class DomainError(Exception):
    """A rule of the house says no; the message is for the person who asked."""

    @property
    def reason(self) -> Any:
        """Why, as a sentence that can be kept and said again in another language."""
        return self.args[0] if self.args else ""


class NotAllowed(DomainError, PermissionDenied):
    """This person may not do this, now or ever. Views let it pass: the answer is 403."""


class WrongState(DomainError):
    """Not in the present state. Views show the message and the present state."""


class Stale(WrongState):
    """Somebody else changed the thing after this person saw it. Views show both texts."""
