# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.core.management import BaseCommand

from accounts import flows


class Command(BaseCommand):
    help = "Make the groups and grants of all roles be what the roles tables say. Safe to repeat."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{flows.sync_roles()} groups in step with the roles tables.")
