# SPDX-License-Identifier: EUPL-1.2
"""Briefings that everybody may have: the newest public one of every public paper."""

from django.db.models import Exists, OuterRef

from committees.oparl import files, public
from reports.models import Briefing, Variant


def briefings():
    return Briefing.objects.newest().filter(
        Exists(public.papers().filter(pk=OuterRef("paper"))), variant=Variant.PUBLIC
    )


def _describe(briefing):
    return {
        "name": f"Vorlage, Fassung {briefing.version}",
        "fileName": f"vorlage-{briefing.paper_id}-v{briefing.version}.pdf",
        "mimeType": "application/pdf",
        "date": briefing.finished_at.date().isoformat(),
        "size": briefing.size,
    }


def _read(briefing):
    with briefing.file.open("rb") as file:
        return file.read()


files.register(files.FileKind("briefing", briefings, _describe, _read, is_main=True))
