# SPDX-License-Identifier: EUPL-1.2
"""The process in which a stranger's bytes are taken apart: little memory, little time, no network, no Django.

``python -m core.documents.sandbox NAME TITLE FOLDER`` reads ``FOLDER/original`` and writes ``FOLDER/clean``; what came
of it goes to standard output as one line of JSON. Whatever kills this process kills no web page.
"""

import json
import resource
import sys
from pathlib import Path

MEMORY = 1 << 30
SECONDS = 40
LARGEST = 256 << 20


def work(content, name, title):
    """The kind of the file, its clean copy, and what was taken away."""
    from core.documents import images, kinds, office, pdf  # noqa: PLC0415 - only once the limits hold

    extension = kinds.kind_of(content, name)
    if extension == "pdf":
        cleaned, removed = pdf.clean(content, title)
    elif extension in images.FORMATS:
        cleaned, removed = images.clean(content, extension)
    elif extension in ("csv", "txt"):
        cleaned, removed = kinds.decoded(content).encode(), []
    else:
        cleaned, removed = office.clean(content, extension, title)
    return extension, cleaned, removed


def main(name, title, folder):
    from core.documents.verdict import Refused  # noqa: PLC0415

    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, LARGEST)):
        resource.setrlimit(what, (most, most))
    try:
        extension, cleaned, removed = work((Path(folder) / "original").read_bytes(), name, title)
        (Path(folder) / "clean").write_bytes(cleaned)
        answer = {"extension": extension, "removed": removed}
    except Refused as refusal:
        answer = {"refused": refusal.code}
    except (MemoryError, RecursionError):
        answer = {"refused": "bomb"}
    print(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:4])
