# SPDX-License-Identifier: EUPL-1.2
"""What a document is called outside: on the open page behind its code and as a file. Nothing here says its content."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import pgettext_lazy

from accounts.models import Department
from committees.models import Committee, Meeting, Paper
from core.search import spelled
from core.sentences import in_house_language
from indicators.models import KeyFigure
from reports.kinds import registry
from reports.models import Variant

if TYPE_CHECKING:
    from core.sentences import Text
    from reports.models import Document

VARIANTS = {
    Variant.PUBLIC: pgettext_lazy("file name", "public"),
    Variant.FULL: pgettext_lazy("file name", "non-public"),
}
NOT_PLAIN = re.compile("[^A-Za-z0-9-]+")


def label_of(document: Document) -> Text:
    """The name of its kind."""
    return registry.get(document.kind).label


def named(document: Document) -> str:
    """Kind and public name of the subject, where it has one."""
    subject = document.subject
    if isinstance(subject, Paper):
        return f"{label_of(document)} {subject.reference}"
    if isinstance(subject, (Meeting, Committee)):
        return f"{label_of(document)}, {subject}"
    return str(label_of(document))


def file_name(document: Document) -> str:
    """The name of the downloaded file, such as ``JHA_2026-12-15_Sitzungsmappe_nichtoeffentlich_v1.pdf``; no title.

    What it is about, the day of the meeting or else of the order, kind, variant, version: in the language of the
    house and in letters that every file system takes, so that public and non-public never bear the same name.
    """
    subject = document.subject
    moment = subject.start if isinstance(subject, Meeting) else document.requested_at
    day = timezone.localdate(moment).isoformat()
    parts = [
        _short_name(document),
        day,
        label_of(document),
        VARIANTS[Variant(document.variant)],
        f"v{document.version}",
    ]
    return "_".join(NOT_PLAIN.sub("-", spelled(in_house_language(part))).strip("-") for part in parts) + ".pdf"


def _short_name(document: Document) -> str:
    """How the thing is called for short, without its title; else the code of the document."""
    subject = document.subject
    if isinstance(subject, Paper):
        return subject.reference
    if isinstance(subject, Meeting):
        return subject.committee.code
    if isinstance(subject, (Committee, Department, KeyFigure)):
        return subject.code
    return document.code
