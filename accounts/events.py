# SPDX-License-Identifier: EUPL-1.2
from django.utils.translation import gettext_lazy as _

from activity.kinds import Kind


def deputy(delegation):
    return {delegation.deputy}


USER_CREATED = Kind("user.created", _("%(by)s created the account of %(subject)s. Roles: %(roles)s."))
USER_CHANGED = Kind("user.changed", _("%(by)s changed the account of %(subject)s. Roles: %(roles)s."))
DEPARTMENT_CREATED = Kind("department.created", _("%(by)s created the department “%(subject)s”."))
DEPARTMENT_CHANGED = Kind("department.changed", _("%(by)s changed the department “%(subject)s”: %(fields)s."))
DELEGATED = Kind("delegation.set", _("%(by)s set a deputy: %(subject)s, %(days)s."), audience=deputy)
DELEGATION_ENDED = Kind("delegation.ended", _("%(by)s ended the deputyship: %(subject)s."), audience=deputy)
