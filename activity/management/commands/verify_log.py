# SPDX-License-Identifier: EUPL-1.2
from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _

from activity import chain


class Command(BaseCommand):
    help = (
        "Walk the chain of seals over the log. Ends with an error that names the first broken entry, if there is one."
    )

    def handle(self, **options):
        chain.seal()
        finding = chain.verify()
        if finding.broken:
            raise CommandError(
                _("The log is broken after %(count)s good entries: %(what)s.")
                % {"count": finding.sealed, "what": finding.broken}
            )
        self.stdout.write(
            _("The log is whole: %(count)s entries, last seal %(head)s.")
            % {"count": finding.sealed, "head": finding.head}
        )
