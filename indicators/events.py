# SPDX-License-Identifier: EUPL-1.2
from django.utils.translation import gettext_lazy as _

from activity.kinds import Kind

IMPORT_READ = Kind("import.read", _("%(by)s uploaded a delivery of table %(table)s."))
IMPORT_STORED = Kind(
    "import.stored",
    _("%(by)s took over table %(table)s: %(created)s new, %(changed)s changed, %(unchanged)s unchanged values."),
    shape="done",
    tone="ok",
)
IMPORT_DISCARDED = Kind("import.discarded", _("%(by)s discarded a delivery of table %(table)s."), shape="dash", tone="")
