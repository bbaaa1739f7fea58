# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class TasksConfig(AppConfig):
    name = "tasks"
    verbose_name = pgettext_lazy("to-do", "tasks")

    def ready(self) -> None:
        from activity.signals import event_recorded
        from core.views import REPORTED
        from tasks import flows, reactions

        REPORTED.hang(flows.receive_barrier)
        event_recorded.connect(reactions.follow_recommendation, dispatch_uid="tasks.follow_recommendation")
        event_recorded.connect(reactions.follow_committee, dispatch_uid="tasks.follow_committee")
