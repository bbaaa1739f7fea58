# SPDX-License-Identifier: EUPL-1.2
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate, pre_migrate


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from django.db.backends.signals import connection_created
        from django.db.models import CharField, TextField

        from core import checks, search, triggers  # noqa: F401 - registers the system checks

        connection_created.connect(search.teach_sqlite, dispatch_uid="teach-sqlite")
        for field in (CharField, TextField):
            field.register_lookup(search.Folded)
        pre_migrate.connect(triggers.stand_aside, sender=self, dispatch_uid="core.rules_stand_aside")
        post_migrate.connect(triggers.stand_up, sender=self, dispatch_uid="core.rules_stand_up")

        for key in ("data_folder_in", "control_folder"):
            if folder := settings.CELERY_BROKER_TRANSPORT_OPTIONS.get(key):
                Path(folder).mkdir(parents=True, exist_ok=True)
