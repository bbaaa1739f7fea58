# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.models import User
from demo import lindenfurt


class Command(BaseCommand):
    help = "Build the fictional town of Lindenfurt. Safe to repeat; refuses an installation that has other accounts."

    def handle(self, **options: Any) -> None:
        others = User.objects.exclude(email__endswith="@lindenfurt.example")
        if not settings.DEMO or others.exists():
            raise CommandError(
                _("The demo town is only built where DEMO is set and no other accounts exist. Nothing was changed.")
            )
        if lindenfurt.build():
            self.stdout.write(_("Lindenfurt is built."))
        else:
            self.stdout.write(_("Lindenfurt stands already."))
