# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _

from activity import chain
from core import triggers

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = (
        "Walk the chain of seals over the log, and compare what stands beside it. Ends with an error that names the "
        "first broken entry, if there is one, and whatever else is not as the log tells it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--expect", metavar="SEAL", default="", help="a seal noted before, which must be in it")

    def handle(self, *, expect: str, **options: Any) -> None:
        chain.seal(everything=True)
        finding = chain.verify(expect=expect)
        if finding.broken:
            raise CommandError(
                _("The log is broken after %(count)s good entries: %(what)s.")
                % {"count": finding.sealed, "what": finding.broken}
            )
        flaws = [_("rule %(name)s %(why)s") % vars(flaw) for flaw in triggers.flaws(connection)]
        if doubts := [*flaws, *finding.doubts]:
            raise CommandError(
                _("The log is whole (%(count)s entries), but what stands beside it is not as it tells:\n%(what)s")
                % {"count": finding.sealed, "what": "\n".join(f"- {doubt}" for doubt in doubts)}
            )
        self.stdout.write(
            _("The log is whole: %(count)s entries, last seal %(head)s.")
            % {"count": finding.sealed, "head": finding.head}
        )
