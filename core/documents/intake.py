# SPDX-License-Identifier: EUPL-1.2
"""The door through which a person's file comes in."""

import hashlib
from dataclasses import dataclass
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from core import foreign
from core.documents.kinds import TYPES

READER = "core.documents.examining:examine"


@dataclass(frozen=True)
class Document:
    """A file that was taken: as it came, and the copy that readers get. ``remarks`` are codes."""

    extension: str
    content_type: str
    original: bytes
    clean: bytes
    removed: tuple[str, ...]
    remarks: tuple[str, ...] = ()

    @property
    def original_sha256(self) -> str:
        return hashlib.sha256(self.original).hexdigest()

    @property
    def clean_sha256(self) -> str:
        return hashlib.sha256(self.clean).hexdigest()


def examine(file: BinaryIO, *, name: str, title: str, limit: int) -> Document:
    """Take a file or raise ``ValidationError`` with what the person may do. ``limit`` is in bytes."""
    content = file.read(limit + 1)
    if len(content) > limit:
        raise ValidationError(
            _("The file is too large. At most %(size)s are possible.") % {"size": filesizeformat(limit)}
        )
    found, cleaned = foreign.parts(READER, content, name=_printable(name), title=_printable(title))
    extension = found["extension"]
    return Document(extension, TYPES[extension], content, cleaned, tuple(found["removed"]), tuple(found["remarks"]))


def _printable(text: str) -> str:
    return "".join(character for character in text if character.isprintable())[:250] or "-"
