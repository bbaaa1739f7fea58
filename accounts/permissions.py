# SPDX-License-Identifier: EUPL-1.2
from django.utils.translation import gettext as _

from accounts.models import Department
from accounts.roles import ADMINISTRATION, holds
from core.verdicts import YES, no


def can_administer(user):
    """Accounts and departments are kept by the administration of the software."""
    return YES if holds(user, ADMINISTRATION) else no(_("Only the administration keeps accounts and departments."))


def can_delegate(user, department=None):
    """Only the head lets somebody stand in, and only for the own department; a deputy cannot pass it on."""
    headed = Department.objects.headed_by(user)
    if headed.exists() if department is None else headed.filter(pk=department.pk).exists():
        return YES
    return no(_("Only the head of a department sets a deputy."))
