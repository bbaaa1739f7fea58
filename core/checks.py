# SPDX-License-Identifier: EUPL-1.2
"""Settings that cannot work together are found before they do harm."""

from django.conf import settings
from django.core.checks import Error, Warning, register
from django.core.management import CommandError
from django.utils.translation import gettext as _


@register(deploy=True)
def production_needs_real_servers(app_configs, **kwargs):
    found = []
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        found.append(Warning("SQLite is for trying out. Set DATABASE_URL to a PostgreSQL database.", id="core.W001"))
    if settings.CELERY_BROKER_URL.startswith("filesystem"):
        found.append(Warning("The filesystem broker is for one machine. Set REDIS_URL.", id="core.W002"))
    return found


@register
def demo_is_no_production(app_configs, **kwargs):
    if settings.DEMO and settings.HTTPS:
        return [Error("The demo's passwords are public. Do not serve it over the network.", id="core.E001")]
    return []


@register
def secret_key_is_long(app_configs, **kwargs):
    if not settings.DEBUG and settings.HTTPS and len(settings.SECRET_KEY) < 40:
        return [Error("SECRET_KEY is too short: at least 40 characters.", id="core.E002")]
    return []


def refuse_in_production():
    """Commands for checks and demonstrations stop here where the settings are those of production."""
    if settings.HTTPS:
        raise CommandError(_("This is a production installation (HTTPS=1). Nothing was changed."))
