# SPDX-License-Identifier: EUPL-1.2
from django.core.management.commands import makemessages


class Command(makemessages.Command):
    """Django's own, which also collects the sentences that are said when they are read (``core.sentences``)."""

    xgettext_options = [
        *makemessages.Command.xgettext_options,
        "--keyword=sentence",
        "--keyword=sentence_in:1c,2",
        "--keyword=sentence_of:1,2",
    ]
