# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecommendationsConfig(AppConfig):
    name = "recommendations"
    verbose_name = _("recommendations")

    def ready(self) -> None:
        from activity import hooks, keeping
        from activity.signals import event_recorded
        from committees.hooks import FACTS_OF, IS_COMMISSIONED
        from core import triggers
        from recommendations import due, querysets, reactions, rules, witness

        triggers.RULES.hang(rules.rules)
        hooks.WITNESSES.hang(witness.Decisions)
        for kept in witness.KEPT:
            keeping.KEPT.hang(kept)
        IS_COMMISSIONED.hang(querysets.stands_behind)
        FACTS_OF.hang(due.facts_of)
        event_recorded.connect(reactions.check_evidence, dispatch_uid="recommendations.check_evidence")
        event_recorded.connect(reactions.follow_result, dispatch_uid="recommendations.follow_result")
