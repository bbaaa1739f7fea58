# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from accounts.roles import MONITORING
from activity.data import Choice, Many, Number, Remark, Text
from activity.kinds import Kind
from indicators.models import Protection

if TYPE_CHECKING:
    from accounts.models import User
    from accounts.querysets import UserQuerySet
    from indicators.models import Retrieval, Table


def monitors(subject: Table) -> UserQuerySet:
    """Education monitoring."""
    return get_user_model().objects.holding(MONITORING)


def orderer(retrieval: Retrieval) -> set[User]:
    return {retrieval.ordered_by}


TABLE = {"table": Text()}

IMPORT_READ = Kind("import.read", _("%(by)s uploaded a delivery of table %(table)s."), data=TABLE)
IMPORT_STORED = Kind(
    "import.stored",
    _("%(by)s took over table %(table)s: %(created)s new, %(changed)s changed, %(unchanged)s unchanged values."),
    shape="done",
    tone="ok",
    data={**TABLE, "created": Number(), "changed": Number(), "unchanged": Number()},
)
IMPORT_DISCARDED = Kind(
    "import.discarded", _("%(by)s discarded a delivery of table %(table)s."), shape="dash", tone="", data=TABLE
)
IMPORT_UNDONE = Kind(
    "import.undone",
    _("%(by)s undid a delivery of table %(table)s: %(removed)s values removed, %(restored)s restored."),
    shape="dash",
    tone="warn",
    data={**TABLE, "removed": Number(), "restored": Number()},
)
RELEASED = Kind(
    "release.released",
    _("%(by)s released %(shown)s values of %(tables)s; %(hidden)s stay hidden."),
    shape="done",
    tone="ok",
    data={"tables": Many(Text()), "shown": Number(), "hidden": Number()},
)
RELEASE_REFUSED = Kind(
    "release.refused",
    _("%(by)s tried to release %(tables)s; the check against attack refused it."),
    shape="stop",
    tone="bad",
    data={"tables": Many(Text())},
)
PROTECTION_CHANGED = Kind(
    "table.protection_changed",
    _("%(by)s changed the protection of table %(table)s from %(before)s to %(after)s."),
    data={**TABLE, "before": Choice(Protection), "after": Choice(Protection)},
)
DELIVERY_DUE = Kind(
    "table.delivery_due",
    _("The next delivery of table %(table)s from %(holder)s is due."),
    audience=monitors,
    shape="wait",
    tone="warn",
    data={**TABLE, "holder": Text()},
)
FINDING_NOTED = Kind("finding.noted", _("%(by)s noted a finding on “%(subject)s”."), data={"finding": Number()})
CATALOGUE_LOADED = Kind(
    "catalogue.loaded", _("%(by)s loaded %(count)s key figures from the catalogue."), data={"count": Number()}
)
REGIONS_LOADED = Kind(
    "regions.loaded",
    _("%(by)s loaded a register of regions: %(created)s new, %(changed)s changed."),
    data={"created": Number(), "changed": Number()},
)
GROUP_CHANGED = Kind("group.changed", _("%(by)s changed the comparison group “%(subject)s”."))
KEY_FIGURE_CHANGED = Kind("key_figure.changed", _("%(by)s changed the key figure “%(subject)s”."))
RETRIEVAL_ORDERED = Kind("retrieval.ordered", _("%(by)s ordered table %(table)s from the web service."), data=TABLE)
RETRIEVAL_READY = Kind(
    "retrieval.ready",
    _("Table %(table)s is fetched. Please check the preview."),
    audience=orderer,
    shape="done",
    tone="ok",
    data=TABLE,
)
RETRIEVAL_FAILED = Kind(
    "retrieval.failed",
    _("Table %(table)s could not be fetched: %(error)s"),
    audience=orderer,
    shape="stop",
    tone="bad",
    data={**TABLE, "error": Remark()},
)
