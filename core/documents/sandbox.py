# SPDX-License-Identifier: EUPL-1.2
"""The process in which a stranger's bytes are taken apart: little memory, little time, no network, no files, no Django.

``python -m core.documents.sandbox NAME TITLE`` reads the file from standard input; what came of it goes to standard
output as one line of JSON, and after it the clean copy. Whatever kills this process kills no web page.
"""

import json
import os
import resource
import sys

MEMORY = 1 << 30
SECONDS = 40
LARGEST = 256 << 20


def work(content: bytes, name: str, title: str) -> tuple[str, bytes, list[str]]:
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


def main(name: str, title: str) -> None:
    from core.documents.verdict import Refused  # noqa: PLC0415

    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, LARGEST)):
        resource.setrlimit(what, (most, most))
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    cleaned = b""
    try:
        extension, cleaned, removed = work(sys.stdin.buffer.read(), name, title)
        answer = {"extension": extension, "removed": removed}
    except Refused as refusal:
        answer = {"refused": refusal.code}
    except (MemoryError, RecursionError):
        answer = {"refused": "bomb"}
    with answers:
        answers.write(json.dumps(answer).encode() + b"\n" + cleaned)


if __name__ == "__main__":
    main(*sys.argv[1:3])
