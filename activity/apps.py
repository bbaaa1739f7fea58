# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class ActivityConfig(AppConfig):
    name = "activity"
    verbose_name = _("Activity")

    def ready(self) -> None:
        from activity import hooks, keeping, reactions, rules
        from activity.signals import event_recorded
        from core import triggers

        triggers.RULES.hang(rules.rules)
        hooks.WITNESSES.hang(keeping.Register)
        autodiscover_modules("events")  # whoever reads the log knows every kind that may stand in it
        event_recorded.connect(reactions.ring_delivery, dispatch_uid="activity.ring_delivery")
