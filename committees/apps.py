# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitteesConfig(AppConfig):
    name = "committees"
    verbose_name = _("Committees")

    def ready(self) -> None:
        from accounts.hooks import STANDINGS
        from activity.signals import event_recorded
        from committees import checks, reactions, rules  # noqa: F401 - registers the system checks
        from core import triggers

        triggers.RULES.hang(rules.rules)
        STANDINGS.hang(reactions.seats)
        event_recorded.connect(reactions.import_ordered, dispatch_uid="committees.import_ordered")
