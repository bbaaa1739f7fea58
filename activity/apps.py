# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class ActivityConfig(AppConfig):
    name = "activity"
    verbose_name = _("Activity")

    def ready(self):
        from activity import reactions
        from activity.signals import event_recorded

        autodiscover_modules("events")  # whoever reads the log knows every kind that may stand in it
        event_recorded.connect(reactions.ring_delivery, dispatch_uid="activity.ring_delivery")
