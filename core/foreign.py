# SPDX-License-Identifier: EUPL-1.2
"""Reads what strangers uploaded or sent, in the enclosure: the name of a reader and bytes in, a plain result out.

A reader is a generator ``module:name``; it is called inside with the bytes as a file and with plain arguments, knows
neither settings nor database, and gives parts: JSON or bytes. What it refuses by ``ValidationError`` is refused here
with the same sentence. Whatever else becomes of it (too much memory, too long, killed) is a ``Breach``, a sentence too.
"""

import json
import logging
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError

from core import enclosure
from core.sentences import read_sentence
from core.sentences import sentence as _

logger = logging.getLogger(__name__)

Content = bytes | BinaryIO
PROGRAM = "core.inside"
AT_ONCE = 2  # readings in one process of ours; the others wait for their turn
PATIENCE = 60  # seconds for the turn, and for a child that has used up its time without working
MOST_LOGGED = 2000
BREACHES = {
    "memory": _("Reading this file takes too much memory. Please split it, or save it anew with less in it."),
    "time": _("Reading this file takes too long. Please split it, or save it anew with less in it."),
    "bomb": _("The file grows beyond all measure when it is opened. It is not taken."),
    "died": _("This file cannot be read; the program that looked at it broke off. Please save it anew or as PDF."),
    "busy": _("Several files are being read at the moment. Please try again in a minute."),
}
SAID = {3: "memory", 4: "bomb", 128 + signal.SIGXCPU: "time", 128 + signal.SIGXFSZ: "bomb"}

_turns = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Limits:
    """What one reading may use: bytes of memory, seconds of the processor, bytes of its answer."""

    memory: int = 1 << 30
    seconds: int = 40
    answer: int = 256 << 20


USUAL = Limits()


class Breach(ValidationError):
    """The file was too much for its reader; ``code`` says in which way."""

    def __init__(self, code: str) -> None:
        said: Any = BREACHES[code]  # a sentence that is said when it is read
        super().__init__(said, code=code)


def parts(reader: str, content: Content, *, limits: Limits = USUAL, **arguments: Any) -> Iterator[Any]:
    """What the reader gives, one part after the other; it has ended before the first one is handed out."""
    return _parts_of(_asked(reader, content, limits, arguments))


def answer(reader: str, content: Content, *, limits: Limits = USUAL, **arguments: Any) -> Any:
    """The one part of a reader that gives one."""
    return next(parts(reader, content, limits=limits, **arguments))


def _asked(reader: str, content: Content, limits: Limits, arguments: dict[str, Any]) -> BinaryIO:
    """Let the child work; what goes in and out are files without a name, so its limit on files holds for the answer."""
    command = [*enclosure.wrapper(), sys.executable, "-m", PROGRAM, reader]
    command += map(str, (limits.memory, limits.seconds, limits.answer))
    if not _turns.acquire(timeout=PATIENCE):
        raise Breach("busy")
    said = tempfile.TemporaryFile()  # noqa: SIM115 - closed by whoever has read it to its end
    try:
        with tempfile.TemporaryFile() as order, tempfile.TemporaryFile() as complaints:
            order.write(json.dumps(arguments).encode() + b"\n")
            _copy(content, order)
            order.seek(0)
            try:
                done = subprocess.run(  # noqa: S603 - our own command line
                    command,
                    stdin=order,
                    stdout=said,
                    stderr=complaints,
                    env=enclosure.ENVIRONMENT,
                    cwd=settings.BASE_DIR,
                    timeout=limits.seconds + PATIENCE,
                    check=False,
                )
                code = 128 - done.returncode if done.returncode < 0 else done.returncode
                breach = SAID.get(code, "died") if code else ""
            except subprocess.TimeoutExpired:
                breach = "time"
            if breach:
                _log(reader, breach, complaints)
                raise Breach(breach)
    except BaseException:
        said.close()
        raise
    finally:
        _turns.release()
    said.seek(0)
    return said


def _copy(content: Content, order: BinaryIO) -> None:
    if isinstance(content, bytes):
        order.write(content)
    else:
        content.seek(0)
        shutil.copyfileobj(content, order, 1 << 20)


def _log(reader: str, breach: str, complaints: BinaryIO) -> None:
    size = complaints.seek(0, 2)
    complaints.seek(max(size - MOST_LOGGED, 0))
    logger.warning("a file was too much for %s (%s): %s", reader, breach, complaints.read().decode("utf-8", "replace"))


def _parts_of(said: BinaryIO) -> Iterator[Any]:
    with said:
        while line := said.readline():
            kind, rest = line[:1], line[1:]
            if kind == b"B":
                yield said.read(int(rest))
            elif kind == b"R":
                refusal = json.loads(rest)
                raise ValidationError(read_sentence(refusal["sentence"]), code=refusal["code"] or None)
            else:
                yield json.loads(rest)
