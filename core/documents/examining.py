# SPDX-License-Identifier: EUPL-1.2
"""The look at a person's file, as the enclosure takes it: what it is, its clean copy, and what is to be said of it."""

from collections.abc import Iterator
from typing import BinaryIO

from core.documents import images, kinds, microsoft, opendocument, pdf


def work(content: bytes, name: str, title: str) -> tuple[str, bytes, list[str], list[str]]:
    """The ending under which the copy is kept, the copy, what was taken away, and what readers should know of it."""
    extension = kinds.kind_of(content, name)
    if extension == "pdf":
        return extension, *pdf.clean(content, title)
    if extension in images.FORMATS:
        kept_as, cleaned, removed = images.clean(content, extension)
        return kept_as, cleaned, removed, []
    if extension in ("csv", "txt"):
        return extension, kinds.decoded(content).encode(), [], []
    office = microsoft if extension in microsoft.MAIN else opendocument
    return extension, *office.clean(content, extension, title), []


def examine(file: BinaryIO, *, name: str, title: str) -> Iterator[object]:
    """The reader of ``core.foreign``: what came of it, then the bytes of the copy."""
    extension, cleaned, removed, remarks = work(file.read(), name, title)
    yield {"extension": extension, "removed": removed, "remarks": remarks}
    yield cleaned
