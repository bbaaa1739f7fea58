# SPDX-License-Identifier: EUPL-1.2
import json
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _

from indicators import flows


class Command(BaseCommand):
    help = (
        "Read a statistics file and store it, all or nothing. --json prints layout, table_code, title, the counts of "
        "periods, regions, measures, cells and numeric values, signs by sign, rejected rows with line and reason, "
        "created, changed, unchanged, and warnings."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--json", action="store_true", dest="as_json")
        parser.add_argument("--table", default="", help="table code, where neither content nor file name has it")

    def handle(self, file, dry_run, as_json, table, **options):
        try:
            data = file.read_bytes()
        except OSError as error:
            return self._fail(_("The file %(name)s cannot be opened.") % {"name": file}, as_json, error)
        try:
            summary = flows.import_file(data, file.name, table_code=table, dry_run=dry_run)
        except ValidationError as error:
            return self._fail(" ".join(error.messages), as_json, error)
        if as_json:
            self.stdout.write(json.dumps(summary, ensure_ascii=False))
        else:
            self.stdout.write(
                _(
                    "Table %(table_code)s: %(cells)s cells; %(created)s new, %(changed)s changed, "
                    "%(unchanged)s unchanged; %(rejected)s rows rejected."
                )
                % {**summary, "rejected": len(summary["rejected"])}
            )
            for text in summary["warnings"]:
                self.stdout.write(f"- {text}")
        return None

    def _fail(self, message, as_json, error):
        if as_json:
            self.stdout.write(json.dumps({"error": message}, ensure_ascii=False))
        raise CommandError(message) from error
