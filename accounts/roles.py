# SPDX-License-Identifier: EUPL-1.2
"""The roles of the house as data. ``sync_roles`` turns each row into a group, per scope where it has one.

Grants sit on scopes (a department, a committee), given to one group per role and scope such as
``department-12-staff``; what belongs to the scope inherits by asking it.

Heading a department is no role of this table: it is a ``Grant``, with a cause, days, and a confirmation by others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.db.models import Model

    from accounts.models import User

COORDINATION, MONITORING = "coordination", "monitoring"
DATA_PROTECTION, ADMINISTRATION = "data-protection", "administration"
OFFICE = "office-"  # how the names of groups begin that hold for the whole house


def group_of(code: str, scope: Model | None = None) -> str:
    """The name of the group that holds a role, on this scope or in the whole house."""
    return f"{scope._meta.model_name}-{scope.pk}-{code}" if scope else f"{OFFICE}{code}"


def on_any(kind: str) -> str:
    """How the names of all groups begin that hold a role on some scope of this kind, such as ``committee``."""
    return f"{kind}-"


def office_codes(names: Iterable[str]) -> frozenset[str]:
    """The codes of the roles of the whole house among groups of these names."""
    return frozenset(name.removeprefix(OFFICE) for name in names if name.startswith(OFFICE))


@dataclass(frozen=True)
class Role:
    """A role: its code, what it is called, the model it is bound to and the rights it has on it.

    Without a scope the role holds for the whole house; its group is ``office-<code>`` and flows ask for it by name.
    """

    code: str
    label: Any  # text or lazy translation
    scope: str = ""
    permissions: tuple[str, ...] = ()

    def group_name(self, scope: Model | None = None) -> str:
        return group_of(self.code, scope)


ROLES = [
    Role(COORDINATION, _("coordination")),
    Role(MONITORING, _("education monitoring")),
    Role(DATA_PROTECTION, _("data protection and audit")),
    Role(ADMINISTRATION, _("administration of the software")),
    Role("staff", _("staff"), "accounts.Department", ("prepare_for_department",)),
]


def holds(user: User, code: str) -> bool:
    """Whether this person holds a role of the whole house. Being a superuser is not a role."""
    return user.is_authenticated and code in user.office_roles


def appoint(user: User, code: str, scope: Model | None = None) -> None:
    """Give a person a role, on a scope where the role has one. ``sync_roles`` must have run for the scope."""
    user.groups.add(Group.objects.get(name=group_of(code, scope)))
    user.__dict__.pop("office_roles", None)
