# SPDX-License-Identifier: EUPL-1.2
"""Settings that cannot work together are found before they do harm."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.core.management import CommandError
from django.db import DatabaseError, connections
from django.utils.translation import gettext as _

from core import triggers

if TYPE_CHECKING:
    from django.core.checks import CheckMessage


@register(deploy=True)
def production_needs_real_servers(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        found.append(Warning("SQLite is for trying out. Set DATABASE_URL to a PostgreSQL database.", id="core.W001"))
    if settings.CELERY_BROKER_URL.startswith("filesystem"):
        found.append(Warning("The filesystem broker is for one machine. Set REDIS_URL.", id="core.W002"))
    return found


@register
def demo_is_no_production(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    if settings.DEMO and settings.HTTPS:
        return [Error("The demo's passwords are public. Do not serve it over the network.", id="core.E001")]
    return []


@register
def secret_key_is_long(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    if not settings.DEBUG and settings.HTTPS and len(settings.SECRET_KEY) < 40:
        return [Error("SECRET_KEY is too short: at least 40 characters.", id="core.E002")]
    return []


@register(Tags.database)
def rules_stand(app_configs: object, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Every rule of the database stands as this release means it; asked by ``check --database default``.

    A warning, because ``migrate`` asks too, and it is what puts the rules up.
    """
    found: list[CheckMessage] = []
    for alias in databases or ():
        try:
            flaws = triggers.flaws(connections[alias])
        except DatabaseError:  # before the first migrate there is nothing to keep
            continue
        hint = _("Run migrate. Where that changes nothing, ask who changed the database.")
        found += [Warning(f"{flaw.name} {flaw.why}", hint=hint, id="core.W003") for flaw in flaws]
    return found


def refuse_in_production() -> None:
    """Commands for checks and demonstrations stop here where the settings are those of production."""
    if settings.HTTPS:
        raise CommandError(_("This is a production installation (HTTPS=1). Nothing was changed."))
