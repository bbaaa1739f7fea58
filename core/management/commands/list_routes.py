# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.core.management import BaseCommand

from core.checks import refuse_in_production
from core.routes import routes

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Every address with name, methods and parameters, for checks of rights. Refuses production settings."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="as JSON")

    def handle(self, **options: Any) -> None:
        refuse_in_production()
        if options["json"]:
            self.stdout.write(json.dumps([asdict(route) for route in routes()], ensure_ascii=False))
            return
        for route in routes():
            self.stdout.write(f"{','.join(route.methods):10} {route.name:45} {route.path}")
