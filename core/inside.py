# SPDX-License-Identifier: EUPL-1.2
"""The process in which a stranger's bytes are taken apart: little memory and time, no network, no files, no settings.

``python -m core.inside READER MEMORY SECONDS ANSWER`` reads an order, one line of JSON with the reader's arguments, and
after it the file. What the reader gives goes to standard output part by part; whatever kills this process kills
nothing else. ``core.foreign`` is the other end.
"""

import errno
import io
import json
import os
import resource
import sys
from importlib import import_module
from typing import BinaryIO

SLOWER = 5  # pages go before files, but somebody waits for a file, too
MOST_MEMORY, TOO_LONG_AN_ANSWER = 3, 4  # what this process says when it ends for a reason it knows
GRACE = 5  # seconds between the signal that says why and the one that only kills


def main(reader: str, memory: int, seconds: int, most: int) -> None:
    for what, limit, last in (
        (resource.RLIMIT_AS, memory, memory),
        (resource.RLIMIT_CPU, seconds, seconds + GRACE),
        (resource.RLIMIT_FSIZE, most, most),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        resource.setrlimit(what, (limit, last))
    os.nice(SLOWER)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    try:
        _answer(reader, answers)
        answers.close()
    except (MemoryError, RecursionError):
        os._exit(MOST_MEMORY)
    except OSError as error:
        if error.errno != errno.EFBIG:
            raise
        os._exit(TOO_LONG_AN_ANSWER)


def _answer(reader: str, answers: BinaryIO) -> None:
    from django.core.exceptions import ValidationError  # noqa: PLC0415 - only once the limits hold

    from core.sentences import kept, sentence_of_error  # noqa: PLC0415

    arguments = json.loads(sys.stdin.buffer.readline())
    module, name = reader.split(":")
    read = getattr(import_module(module), name)
    try:
        for part in read(io.BytesIO(sys.stdin.buffer.read()), **arguments):
            if isinstance(part, bytes):
                answers.write(b"B%d\n" % len(part) + part)
            else:
                answers.write(b"J" + json.dumps(part).encode() + b"\n")
    except ValidationError as error:
        refusal = {"sentence": kept(sentence_of_error(error)), "code": getattr(error, "code", None) or ""}
        answers.write(b"R" + json.dumps(refusal).encode() + b"\n")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:5]))
