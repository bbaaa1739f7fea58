# SPDX-License-Identifier: EUPL-1.2
"""Who holds roles that exclude each other: listed by ``manage.py check --database default``, and unable to decide."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import Tags, Warning, register
from django.db import connections

from accounts.incompatible import DEPUTY, HEAD, conflict
from accounts.models import Delegation, Grant, User


@register(Tags.database)
def roles_that_exclude_each_other(
    app_configs: object = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[Warning]:
    if not databases or Grant._meta.db_table not in connections["default"].introspection.table_names():
        return []
    found: list[tuple[Grant | Delegation, User, str]] = [
        (grant, grant.person, HEAD) for grant in Grant.objects.barred().for_display()
    ]
    found += [(one, one.deputy, DEPUTY) for one in Delegation.objects.barred().select_related("department", "deputy")]
    return [
        Warning(
            f"{thing} cannot decide. {conflict(person.office_roles, standing)}",
            hint="Take the role away from the account, or end the grant or the deputyship.",
            id="accounts.W001",
        )
        for thing, person, standing in found
    ]
