# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core.sheets import harmless
from indicators.models import Table
from indicators.publishable import published_rows

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

HEADER = ["table", "period", "region", "dimensions", "measure", "unit", "value", "sign", "quality"]


class Command(BaseCommand):
    help = "Write the values of a table, as everybody may see them, as UTF-8 CSV: " + ",".join(HEADER)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--table", required=True)
        parser.add_argument("--region")
        parser.add_argument("--period")

    def handle(self, table: str, region: str | None, period: str | None, **options: Any) -> None:
        found = Table.objects.filter(code=table).first()
        if found is None:
            raise CommandError(_("There is no table %(table)s.") % {"table": table})
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(HEADER)
        for item, *place, value, sign, quality in published_rows(found, region=region, period=period):
            number = "" if value is None else format(value.normalize(), "f")
            words = map(harmless, map(str, (*place, item.dimensions, item.measure, item.unit)))
            writer.writerow([table, *words, number, sign, quality])
