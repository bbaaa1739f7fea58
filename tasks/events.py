# SPDX-License-Identifier: EUPL-1.2
from django.utils.translation import gettext_lazy as _

from activity.kinds import Kind

DONE = Kind("task.done", _("%(by)s ticked off: %(subject)s."), shape="done", tone="ok")
