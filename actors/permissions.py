# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.roles import COORDINATION, holds
from core.sentences import sentence as _
from core.verdicts import YES, no

if TYPE_CHECKING:
    from accounts.models import User
    from core.verdicts import Verdict


def can_maintain_actors(user: User) -> Verdict:
    """The coordination keeps the register of actors and persons."""
    return YES if holds(user, COORDINATION) else no(_("Only the coordination maintains actors and persons."))
