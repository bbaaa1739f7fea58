# SPDX-License-Identifier: EUPL-1.2
"""What the enclosure reads of foreign council systems: long answers, and the members of archives."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from django.core.exceptions import ValidationError

from committees.oparl import reading
from core.sentences import kept
from core.sentences import sentence as _

if TYPE_CHECKING:
    pass

MOST_MEMBERS = 50_000
MOST_UNPACKED = 512 * 1024 * 1024
MOST_IN_ONE = 64 * 1024 * 1024
TOGETHER = 4 * 1024 * 1024  # bytes of members that are read in one go
MOST_TOGETHER = 500
LONGEST_OBJECT = 1024 * 1024
MOST_OF_A_PAGE = 24 * 1024 * 1024


def members(file: BinaryIO) -> Iterator[list[str]]:
    """The JSON files of an archive in portions that are read together; one that unpacks to too much is refused."""
    if not zipfile.is_zipfile(file):
        yield [""]
        return
    try:
        with zipfile.ZipFile(file) as archive:
            entries = [one for one in archive.infolist() if one.filename.lower().endswith(".json")]
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise ValidationError(_("The archive is damaged.")) from error
    sizes = [one.file_size for one in entries]
    if len(entries) > MOST_MEMBERS or sum(sizes) > MOST_UNPACKED or max(sizes, default=0) > MOST_IN_ONE:
        raise ValidationError(_("The archive unpacks to more than we read."))
    if not entries:
        raise ValidationError(_("There is no JSON file in the archive."))
    yield from _portions(sorted(entries, key=lambda one: one.filename))


def _portions(entries: Iterable[zipfile.ZipInfo]) -> Iterator[list[str]]:
    portion, size = [], 0
    for one in entries:
        if portion and (size + one.file_size > TOGETHER or len(portion) == MOST_TOGETHER):
            yield portion
            portion, size = [], 0
        portion.append(one.filename)
        size += one.file_size
    yield portion


def pages(file: BinaryIO, *, names: list[str]) -> Iterator[dict[str, Any]]:
    """The page in each of these members, or in the file itself where it has no name."""
    if names == [""]:
        yield from page(file)
        return
    try:
        with zipfile.ZipFile(file) as archive:
            for name in names:
                with archive.open(name) as member:
                    yield from _page(member.read(MOST_IN_ONE + 1), "")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise ValidationError(_("The archive is damaged.")) from error


def page(file: BinaryIO, *, expected: str = "") -> Iterator[dict[str, Any]]:
    """One page, object by object."""
    yield from _page(file.read(), expected)


def _page(content: bytes, expected: str) -> Iterator[dict[str, Any]]:
    read = reading.page(content, expected=expected)
    own, left, problems = {id(one) for one in read.own}, MOST_OF_A_PAGE, list(read.problems)
    for number, one in enumerate(read.found):
        size = len(json.dumps(one.data))
        if size > LONGEST_OBJECT:
            problems.append(_("An object is larger than we read and was left out."))
            continue
        left -= size
        if left < 0:
            rest = len(read.found) - number
            problems.append(_("The page holds more than we read; objects left out: %(count)s.") % {"count": rest})
            break
        yield {"found": [one.kind, one.key, one.data, one.embedded], "own": id(one) in own}
    yield {
        "problems": [kept(one) for one in problems],
        "unread": kept(read.unread),
        "following": read.following,
        "total_pages": read.total_pages,
    }
