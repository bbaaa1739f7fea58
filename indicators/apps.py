# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    name = "indicators"
    verbose_name = _("Indicators")

    def ready(self) -> None:
        from activity.signals import event_recorded
        from indicators import reactions

        event_recorded.connect(reactions.fetch_ordered_table, dispatch_uid="indicators.fetch_ordered_table")
