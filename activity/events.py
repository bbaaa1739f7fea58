# SPDX-License-Identifier: EUPL-1.2
from django.utils.translation import gettext_lazy as _

from activity.data import Remark
from activity.kinds import Kind

REFUSED = Kind(
    "attempt.refused",
    _("%(by)s tried something that was refused: %(subject)s."),
    data={"reason": Remark()},
    shape="no",
    tone="bad",
    refused=True,
)
