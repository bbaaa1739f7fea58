# SPDX-License-Identifier: EUPL-1.2
"""Files of papers that the public may have. Apps above register theirs; each says itself what is public of it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from committees.oparl import public


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


KINDS: dict[str, FileKind] = {}


def register(kind):
    """Add a kind of file to the interface."""
    KINDS[kind.key] = kind


def _annex(annex):
    body = annex.body.encode()
    return {
        "name": str(annex.title),
        "fileName": f"anlage-{annex.position}.txt",
        "mimeType": "text/plain",
        "size": len(body),
        "sha512Checksum": hashlib.sha512(body).hexdigest(),
    }


register(FileKind("annex", public.annexes, _annex, lambda annex: annex.body.encode()))
