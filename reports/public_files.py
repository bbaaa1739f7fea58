# SPDX-License-Identifier: EUPL-1.2
"""Briefings that everybody may have: the newest public one of every public paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from committees.models import Paper
from committees.oparl import files, public
from reports.models import Document, Variant

if TYPE_CHECKING:
    from reports.querysets import DocumentQuerySet


def briefings() -> DocumentQuerySet:
    """Each with the number of its paper, which is what it is about."""
    return (
        Document.objects.newest()
        .filter(
            Exists(public.papers().filter(pk=OuterRef("subject_id"))),
            kind="briefing",
            variant=Variant.PUBLIC,
            subject_type=ContentType.objects.get_for_model(Paper),
        )
        .annotate(paper=F("subject_id"), paper_id=F("subject_id"))
    )


def _describe(briefing: Any) -> dict[str, Any]:
    return {
        "name": f"Vorlage, Fassung {briefing.version}",
        "fileName": f"vorlage-{briefing.paper_id}-v{briefing.version}.pdf",
        "mimeType": "application/pdf",
        "date": timezone.localdate(briefing.finished_at).isoformat(),
        "size": briefing.size,
    }


def _read(briefing: Any) -> bytes:
    with briefing.file.open("rb") as file:
        return file.read()


KIND = files.FileKind("briefing", briefings, _describe, _read, is_main=True)
