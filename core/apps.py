# SPDX-License-Identifier: EUPL-1.2
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings


class CoreConfig(AppConfig):
    name = "core"

    def ready(self):
        from core import checks  # noqa: F401 - registers the system checks

        for key in ("data_folder_in", "control_folder"):
            if folder := settings.CELERY_BROKER_TRANSPORT_OPTIONS.get(key):
                Path(folder).mkdir(parents=True, exist_ok=True)
