# SPDX-License-Identifier: EUPL-1.2
import csv

from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _

from indicators.models import Observation, Table

HEADER = ["table", "period", "region", "dimensions", "measure", "unit", "value", "sign", "quality"]


class Command(BaseCommand):
    help = "Write the stored observations of a table as UTF-8 CSV: " + ",".join(HEADER)

    def add_arguments(self, parser):
        parser.add_argument("--table", required=True)
        parser.add_argument("--region")
        parser.add_argument("--period")

    def handle(self, table, region, period, **options):
        if not Table.objects.filter(code=table).exists():
            raise CommandError(_("There is no table %(table)s.") % {"table": table})
        observations = Observation.objects.filter(table__code=table)
        if region:
            observations = observations.filter(region_key=region)
        if period:
            observations = observations.filter(period=period)
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(HEADER)
        for one in observations.order_by("period", "region_key", "dimensions", "measure", "unit").iterator():
            value = "" if one.value is None else format(one.value.normalize(), "f")
            writer.writerow(
                [table, one.period, one.region_key, one.dimensions, one.measure, one.unit, value, one.sign, one.quality]
            )
