# SPDX-License-Identifier: EUPL-1.2
from django.utils.translation import gettext as _

from accounts.models import Department
from accounts.roles import ADMINISTRATION, DATA_PROTECTION, holds
from core.verdicts import YES, no


def can_administer(user):
    """Accounts and departments are kept by the administration of the software."""
    return YES if holds(user, ADMINISTRATION) else no(_("Only the administration keeps accounts and departments."))


def can_read_log(user):
    """Data protection and audit read the log of the whole house."""
    return YES if holds(user, DATA_PROTECTION) else no(_("Only data protection and audit read the log."))


def can_delegate(user, department=None):
    """Only the head lets somebody stand in, and only for the own department; a deputy cannot pass it on."""
    headed = Department.objects.headed_by(user)
    if headed.exists() if department is None else headed.filter(pk=department.pk).exists():
        return YES
    return no(_("Only the head of a department sets a deputy."))
