# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from allauth.account import signals

        from accounts import checks, permissions, reactions, rules, witness  # noqa: F401 - registers the check
        from activity import hooks, keeping
        from core import triggers

        triggers.RULES.hang(rules.rules)
        for kept in witness.KEPT:
            keeping.KEPT.hang(kept)
        hooks.READS_LOG.hang(permissions.can_read_log)
        for signal in (signals.password_set, signals.password_changed, signals.password_reset):
            signal.connect(reactions.note_password, dispatch_uid="accounts.note_password")
