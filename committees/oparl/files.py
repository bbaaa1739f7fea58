# SPDX-License-Identifier: EUPL-1.2
"""Files of papers that the public may have. Apps above hang in theirs; each says itself what is public of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from committees.oparl import public
from core.hooks import Hook

if TYPE_CHECKING:
    from committees.models import Annex, Attachment


@dataclass(frozen=True)
class FileKind:
    """One kind of file: ``public`` gives the rows that everybody may have, each with ``paper_id``.

    ``describe(row)`` gives name, fileName, mimeType, date and what else OParl knows of a file; ``read(row)`` its bytes.
    The main file of a paper is what is resolved on, everything else is auxiliary.
    """

    key: str
    public: Callable[[], Any]
    describe: Callable[[Any], dict]
    read: Callable[[Any], bytes]
    is_main: bool = False


PUBLIC: Hook[FileKind] = Hook("committees.oparl.files.PUBLIC", "files of papers that everybody may have")


def kinds() -> dict[str, FileKind]:
    """Every kind of file by its key."""
    return {kind.key: kind for kind in PUBLIC}


def _annex(annex: Annex) -> dict[str, Any]:
    body = annex.body.encode()
    return {
        "name": str(annex.title),
        "fileName": f"anlage-{annex.position}.txt",
        "mimeType": "text/plain",
        "size": len(body),
        "sha512Checksum": hashlib.sha512(body).hexdigest(),
    }


PUBLIC.hang(FileKind("annex", public.annexes, _annex, lambda annex: annex.body.encode()))


def _attachment(attachment: Attachment) -> dict[str, Any]:
    return {
        "name": attachment.title,
        "fileName": attachment.download_name,
        "mimeType": attachment.content_type,
        "size": attachment.size,
        "date": timezone.localdate(attachment.uploaded_at).isoformat(),
    }


def _published(attachment: Attachment) -> bytes:
    with attachment.published.open("rb") as file:
        return file.read()


PUBLIC.hang(FileKind("attachment", public.attachments, _attachment, _published))
