# SPDX-License-Identifier: EUPL-1.2
"""The door through which a person's file comes in."""

from __future__ import annotations

import hashlib
import json
import logging
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import enclosure
from core.documents.kinds import TYPES
from core.documents.sandbox import SECONDS

if TYPE_CHECKING:
    from django.core.files import File

logger = logging.getLogger(__name__)

REFUSALS = {
    "kind": gettext_lazy(
        "Files of this kind are not taken. Possible are PDF, PNG, JPEG, ODT, ODS, DOCX, XLSX, CSV and TXT."
    ),
    "double_name": gettext_lazy(
        "The file's name ends twice, as programs do that hide. Please rename it and upload it again."
    ),
    "not_what_it_says": gettext_lazy(
        "The content of the file is not what its name says. Please save it anew and upload it again."
    ),
    "empty": gettext_lazy("The file is empty."),
    "damaged": gettext_lazy("The file is damaged or cannot be read. Please save it anew and upload it again."),
    "password": gettext_lazy("The file is protected by a password. Please save it without one and upload it again."),
    "macros": gettext_lazy("The file holds macros. Please save it without them, or as PDF."),
    "old_office": gettext_lazy("This is an old Office format. Please save the file as DOCX, XLSX or PDF."),
    "embedded": gettext_lazy(
        "Another file or object is embedded in the file. Please remove it, or save the file as PDF."
    ),
    "comments": gettext_lazy(
        "There are comments in the file. Please delete them, or save the file as PDF without them."
    ),
    "tracked_changes": gettext_lazy(
        "There are tracked changes in the file. Please accept or reject all of them first."
    ),
    "hidden": gettext_lazy(
        "Parts of the file are hidden: tables, rows, columns or text. Please show or delete them first."
    ),
    "links_outside": gettext_lazy("The file draws data or templates from other files. Please break these links first."),
    "bomb": gettext_lazy("The file grows beyond all measure when it is opened. It is not taken."),
    "pixels": gettext_lazy("The picture has too many pixels. Please make it smaller."),
}


@dataclass(frozen=True)
class Document:
    """A file that was taken: as it came, and the copy that readers get."""

    extension: str
    content_type: str
    original: bytes
    clean: bytes
    removed: tuple[str, ...]

    @property
    def original_sha256(self) -> str:
        return hashlib.sha256(self.original).hexdigest()

    @property
    def clean_sha256(self) -> str:
        return hashlib.sha256(self.clean).hexdigest()


def examine(file: File[bytes], *, name: str, title: str, limit: int) -> Document:
    """Take a file or raise ``ValidationError`` with what the person may do. ``limit`` is in bytes."""
    content = file.read(limit + 1)
    if len(content) > limit:
        raise ValidationError(
            _("The file is too large. At most %(size)s are possible.") % {"size": filesizeformat(limit)}
        )
    answer, cleaned = _ask(name, title, content)
    if code := answer.get("refused"):
        raise ValidationError(REFUSALS[code], code=code)
    extension = answer["extension"]
    return Document(extension, TYPES[extension], content, cleaned, tuple(answer["removed"]))


def _ask(name: str, title: str, content: bytes) -> tuple[dict[str, Any], bytes]:
    """Let the sandbox look; when it dies or does not answer, the file was too much for it.

    Both ways go through files without a name: the limit on the size of files holds for the answer too.
    """
    command = [
        *enclosure.wrapper(),
        sys.executable,
        "-m",
        "core.documents.sandbox",
        _printable(name),
        _printable(title),
    ]
    try:
        with tempfile.TemporaryFile() as original, tempfile.TemporaryFile() as answer:
            original.write(content)
            original.seek(0)
            subprocess.run(  # noqa: S603 - our own module; the names are arguments, not a shell's words
                command,
                stdin=original,
                stdout=answer,
                stderr=subprocess.PIPE,
                env=enclosure.ENVIRONMENT,
                cwd=settings.BASE_DIR,
                timeout=SECONDS + 20,
                check=True,
            )
            answer.seek(0)
            return json.loads(answer.readline()), answer.read()
    except (subprocess.SubprocessError, ValueError) as error:
        logger.warning("a file was too much for the sandbox: %s", getattr(error, "stderr", error))
        return {"refused": "bomb"}, b""


def _printable(text: str) -> str:
    return "".join(character for character in text if character.isprintable())[:250] or "-"
