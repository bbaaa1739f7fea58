# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.management import BaseCommand

from core.checks import refuse_in_production
from demo import matrix

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = (
        "Build users of every role and objects of every kind and state, each secret with a canary, and print ids, "
        "log-ins and what each user may see. Refuses production settings."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="as JSON")

    def handle(self, **options: Any) -> None:
        refuse_in_production()
        built = matrix.build()
        if options["json"]:
            self.stdout.write(json.dumps(built, ensure_ascii=False))
            return
        for user in built["users"]:
            counts = ", ".join(f"{kind} {len(ids)}" for kind, ids in user["sees"].items())
            self.stdout.write(f"{user['role']:16} {user['login']:45} {user['password']}  {counts}")
