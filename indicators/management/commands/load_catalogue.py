# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.core.management import BaseCommand
from django.utils.translation import gettext as _

from indicators import flows


class Command(BaseCommand):
    help = "Add the key figures of the shipped catalogue that are not there yet."

    def handle(self, **options: Any) -> None:
        self.stdout.write(_("%(count)s key figures added.") % {"count": flows.load_catalogue()})
