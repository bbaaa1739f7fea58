# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core.sentences import words
from indicators import flows
from indicators.models import Mapping

if TYPE_CHECKING:
    from builtins import Exception

    from django.core.management.base import CommandParser

UNPACKED = 40  # how many times its packed size a file may have; whoever runs the command has chosen it


class Command(BaseCommand):
    help = (
        "Read a statistics file and store it, all or nothing. --json prints layout, table_code, title, the counts of "
        "periods, regions, measures, cells and numeric values, signs by sign, rejected rows with line and reason, "
        "created, changed, unchanged, and warnings."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--json", action="store_true", dest="as_json")
        parser.add_argument("--table", default="", help="table code, where neither content nor file name has it")
        parser.add_argument("--repair-keys", action="store_true", help="put lost leading zeros of region keys back")
        parser.add_argument("--mapping", default="", help="name of the saved column mapping of an own table")

    def handle(
        self, file: Path, dry_run: bool, as_json: bool, table: str, repair_keys: bool, mapping: str, **options: Any
    ) -> None:
        try:
            opened = file.open("rb")
        except OSError as error:
            return self._fail(_("The file %(name)s cannot be opened.") % {"name": file}, as_json, error)
        try:
            with opened:
                chosen = Mapping.objects.get(name=mapping) if mapping else None
                summary = flows.import_file(
                    opened,
                    file.name,
                    table_code=table,
                    dry_run=dry_run,
                    repair=repair_keys,
                    mapping=chosen,
                    limit=max(settings.IMPORT_MAX_BYTES, file.stat().st_size * UNPACKED),
                )
        except Mapping.DoesNotExist as error:
            return self._fail(_("There is no column mapping “%(name)s”.") % {"name": mapping}, as_json, error)
        except ValidationError as error:
            return self._fail(" ".join(error.messages), as_json, error)
        summary["warnings"] = [words(remark) for remark in summary["warnings"]]
        summary["rejected"] = [{**row, "reason": words(row["reason"])} for row in summary["rejected"]]
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

    def _fail(self, message: str, as_json: bool, error: Exception) -> None:
        if as_json:
            self.stdout.write(json.dumps({"error": message}, ensure_ascii=False))
        raise CommandError(message) from error
