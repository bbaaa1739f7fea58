# SPDX-License-Identifier: EUPL-1.2
"""Who somebody is in the matter: coordination, head or deputy, member of a department."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.models import Department
from accounts.roles import COORDINATION, holds
from core.sentences import sentence as _
from core.verdicts import YES, no

if TYPE_CHECKING:
    from accounts.models import User
    from core.verdicts import Verdict


def coordinates(user: User) -> Verdict:
    if holds(user, COORDINATION):
        return YES
    return no(_("Only the coordination may do this."))


def decides_for(user: User, department: Department) -> bool:
    """Whether this person is head or deputy of the department, at this moment."""
    return user.is_active and Department.objects.decided_by(user).filter(pk=department.pk).exists()


def works_for(user: User, department: Department) -> bool:
    return user.is_active and Department.objects.of(user).filter(pk=department.pk).exists()
