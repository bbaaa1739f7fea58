# SPDX-License-Identifier: EUPL-1.2
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role

ROLES = [Role("secretaries", _("committee secretary"), "committees.Committee", ("prepare_meetings",))]
