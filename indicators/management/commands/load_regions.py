# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _

from indicators import flows
from indicators.models import Region

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = (
        "Add and correct regions from a register (key;name;level;parent;territory_on;is_current), or the one shipped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?")
        parser.add_argument("--if-none", action="store_true", help="do nothing where a register was loaded before")

    def handle(self, file: Path | None, if_none: bool, **options: Any) -> None:
        if if_none and Region.objects.filter(territory_on__isnull=False).exists():
            return
        try:
            if file:
                with file.open("rb") as opened:
                    created, changed = flows.load_regions(opened)
            else:
                created, changed = flows.load_regions()
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(_("The file %(name)s cannot be opened.") % {"name": file}) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(
            _("%(created)s regions added, %(changed)s corrected.") % {"created": created, "changed": changed}
        )
