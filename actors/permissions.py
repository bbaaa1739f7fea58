# SPDX-License-Identifier: EUPL-1.2
from accounts.roles import COORDINATION, holds
from core.sentences import sentence as _
from core.verdicts import YES, no


def can_maintain_actors(user):
    """The coordination keeps the register of actors and persons."""
    return YES if holds(user, COORDINATION) else no(_("Only the coordination maintains actors and persons."))
