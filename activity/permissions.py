# SPDX-License-Identifier: EUPL-1.2
from django.utils.translation import gettext as _

from accounts.roles import DATA_PROTECTION, holds
from core.verdicts import YES, no


def can_read_log(user):
    """Data protection and audit read the log of the whole house."""
    return YES if holds(user, DATA_PROTECTION) else no(_("Only data protection and audit read the log."))
