# SPDX-License-Identifier: EUPL-1.2
"""A file on its way to a person: saved, never shown in the browser, kept in no cache, whatever it is called."""

import re
import unicodedata
from typing import IO
from urllib.parse import quote

from django.http import FileResponse

LONGEST = 120


def safe_name(name: str) -> str:
    """A file name that no system takes for a path, a command or a line of a header."""
    name = unicodedata.normalize("NFC", name)
    name = "".join(one for one in name if unicodedata.category(one)[0] not in "CZ" or one == " ")
    name = re.sub(r'[\\/:*?"<>|;%]+', "-", name).strip(" .-") or "datei"
    stem, dot, extension = name.rpartition(".")
    return f"{stem[: LONGEST - len(extension) - 1]}{dot}{extension}" if dot else name[:LONGEST]


def attachment(file: IO[bytes], *, name: str, content_type: str) -> FileResponse:
    """Respond with an open file as a download (RFC 6266: a plain name, and the real one beside it)."""
    name = safe_name(name)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or "datei"
    response = FileResponse(file, content_type=content_type)
    response["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
