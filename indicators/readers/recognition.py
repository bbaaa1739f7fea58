# SPDX-License-Identifier: EUPL-1.2
"""Which layout a file has: by its content, never by its name."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError

from core.sentences import sentence as _
from indicators.readers import classic, flat, own, report, wide, workbook
from indicators.readers.source import Source

if TYPE_CHECKING:
    from django.core.files import File

    from indicators.readers.delivery import Delivery
    from indicators.readers.own import Mapping

READERS = (flat, wide, report, classic, workbook)


def open_source(file: bytes | BinaryIO | File, file_name: str = "", *, limit: int | None = None) -> Source:
    """A file or bytes as a ``Source``; refused with a sentence where it is no table at all."""
    if isinstance(file, bytes):
        file = io.BytesIO(file)
    return Source(file, file_name, limit=settings.IMPORT_MAX_BYTES if limit is None else limit)


def read(source: Source, *, table_code: str = "", mapping: Mapping | None = None, repair: bool = False) -> Delivery:
    """Read a source. ``table_code`` names the table where neither content nor file name does; ``mapping`` explains
    an own table; ``repair`` puts lost leading zeros back. Raises ``ValidationError``, and ``UnknownLayoutError`` for
    a table that only a mapping can explain.
    """
    if mapping is not None:
        return own.read(source, mapping, repair=repair)
    for reader in READERS:
        if reader.recognises(source):
            return reader.read(source, table_code=table_code, repair=repair)
    if source.workbook is None and source.first_line.lower().startswith(("statistics_code,", "statistik_code,")):
        raise ValidationError(
            _("The columns are separated by commas. Please upload the file as it was downloaded, with semicolons.")
        )
    raise own.unknown(source)
