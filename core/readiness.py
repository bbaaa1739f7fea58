# SPDX-License-Identifier: EUPL-1.2
"""Whether every part of the installation can do its work."""

import os
import shutil
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from kombu import Connection

from core import triggers
from core.hooks import Hook
from core.models import Heartbeat

ENOUGH_DISK = 100 * 1024 * 1024


def database() -> bool:
    try:
        connection.ensure_connection()
    except DatabaseError:
        return False
    return True


def rules() -> bool:
    """The last line stands: no rule of the database is missing, switched off or another one."""
    try:
        return not triggers.flaws(connection)
    except DatabaseError:
        return False


def broker() -> bool:
    try:
        options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
        with Connection(settings.CELERY_BROKER_URL, connect_timeout=2, transport_options=options) as link:
            link.ensure_connection(max_retries=1, timeout=2)
    except Exception:  # each transport has errors of its own
        return False
    return True


def worker() -> bool:
    try:
        return Heartbeat.objects.alive("worker")
    except DatabaseError:
        return False


def disk() -> bool:
    place = settings.VAR_DIR
    return os.access(place, os.W_OK) and shutil.disk_usage(place).free > ENOUGH_DISK


NOTES: Hook[Callable[[], dict[str, str]]] = Hook(
    "core.readiness.NOTES", "what an administrator should know about the host"
)


def notes() -> dict[str, str]:
    """What an administrator should know although everything works."""
    return {name: text for note in NOTES for name, text in note().items()}


def parts() -> dict[str, bool]:
    """Each part and whether it works."""
    return {"database": database(), "rules": rules(), "broker": broker(), "worker": worker(), "disk": disk()}
