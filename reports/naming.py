# SPDX-License-Identifier: EUPL-1.2
"""What a document is called outside: on the open page behind its code and as a file. Nothing here says its content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.text import slugify

from committees.models import Committee, Meeting, Paper
from reports.kinds import registry

if TYPE_CHECKING:
    from core.sentences import Text
    from reports.models import Document


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
    """The name of the downloaded file: kind, number and version, no title."""
    subject = document.subject
    number = subject.reference.replace("/", "-") if isinstance(subject, Paper) else document.code
    kind = "" if document.kind == "briefing" else f"{document.kind}-"
    return f"{slugify(f'{kind}{number}')}-v{document.version}.pdf"
