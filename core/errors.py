# SPDX-License-Identifier: EUPL-1.2
"""What can go wrong in the domain. User input stays Django's ``ValidationError``."""

from django.core.exceptions import PermissionDenied


class DomainError(Exception):
    """A rule of the house says no; the message is for the person who asked."""


class NotAllowed(DomainError, PermissionDenied):
    """This person may not do this, now or ever. Views let it pass: the answer is 403."""


class WrongState(DomainError):
    """Not in the present state. Views show the message and the present state."""


class Stale(WrongState):
    """Somebody else changed the thing after this person saw it. Views show both texts."""
