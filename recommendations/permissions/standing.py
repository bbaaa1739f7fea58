# SPDX-License-Identifier: EUPL-1.2
"""Who somebody is in the matter: coordination, head or deputy, member of a department."""

from accounts.models import Department
from accounts.roles import COORDINATION, holds
from core.sentences import sentence as _
from core.verdicts import YES, no


def coordinates(user):
    if holds(user, COORDINATION):
        return YES
    return no(_("Only the coordination may do this."))


def decides_for(user, department):
    """Whether this person is head or deputy of the department, at this moment."""
    return user.is_active and Department.objects.decided_by(user).filter(pk=department.pk).exists()


def works_for(user, department):
    return user.is_active and Department.objects.of(user).filter(pk=department.pk).exists()
