# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("briefings and reports")

    def ready(self) -> None:
        from activity.signals import event_recorded
        from committees.oparl import files
        from core import enclosure, readiness
        from reports import public_files, reactions

        event_recorded.connect(reactions.ring_worker, dispatch_uid="reports.ring_worker")
        files.PUBLIC.hang(public_files.KIND)
        readiness.NOTES.hang(enclosure.note)
