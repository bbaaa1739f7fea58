# SPDX-License-Identifier: EUPL-1.2
"""The way to the press: its process is started once per worker, kept warm, and ended when it takes or holds too much.

A press that stays warm answers as quickly as WeasyPrint called here; started anew for each document, its imports and
fonts would cost three times the pages.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import IO, Any, TypeAlias, cast

from django.conf import settings
from django.utils.translation import gettext_noop
from fontTools.ttLib import TTFont

from core import enclosure
from core.errors import DomainError
from core.sentences import sentence as _
from press.assets import FONT, PICTURE

MAX_SECONDS = 60
MAX_START = 60
MAX_RENDERS = 200
FULL = 300 * 1024 * 1024  # a press that holds more than this after its work is replaced
BEAT = 2.0

REASONS = {
    "pages": gettext_noop("The document has more than %(most)s pages. Please shorten texts and annexes."),
    "nesting": gettext_noop("The text is nested more than %(most)s levels deep. Please simplify lists and tables."),
    "span": gettext_noop("A table cell spans more than %(most)s cells. Please simplify the table."),
    "elements": gettext_noop("The document has more than %(most)s elements. Please split it or shorten its tables."),
    "memory": gettext_noop("Making it took too much memory. Please shorten tables and annexes and start again."),
    "time": gettext_noop("Making it took too long. Please shorten texts and annexes and start again."),
    "layout": gettext_noop("The document could not be set. Please tell the administration its code."),
    "died": gettext_noop("The press broke off. Please start again; if it happens again, tell the administration."),
}


Attached: TypeAlias = tuple[str, str, bytes]  # name, media type, content
OnBeat: TypeAlias = Callable[[int | None], object]


class Unprintable(DomainError):
    """The content cannot be set; the message says what its author can do."""


class Press:
    """One press: a process, spoken to through its standard input and output."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.renders = 0
        self.is_ready = False
        self.buffer = bytearray()
        self.process = subprocess.Popen(  # noqa: S603 (our own command line)
            [*enclosure.wrapper(), sys.executable, "-m", "press.program"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=settings.BASE_DIR,
            env=enclosure.ENVIRONMENT,
            start_new_session=True,
        )
        self.writing = cast("IO[bytes]", self.process.stdin)
        self.reading = cast("IO[bytes]", self.process.stdout)
        os.set_blocking(self.reading.fileno(), False)
        self.selector = selectors.DefaultSelector()
        self.selector.register(self.reading, selectors.EVENT_READ)

    def end(self) -> None:
        """End it, whatever it does."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        with contextlib.suppress(OSError):
            self.writing.close()
        self.reading.close()
        self.process.wait()
        self.selector.close()

    def _fill(self, until: float, on_beat: OnBeat) -> None:
        """Wait for more of the answer; raise where it takes too long or ends."""
        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if not self.selector.select(min(left, BEAT)):
            on_beat(None)
            return
        piece = self.reading.read(1 << 20)
        if not piece:
            raise EOFError
        self.buffer += piece

    def _answer(self, until: float, on_beat: OnBeat) -> tuple[dict[str, Any], bytes]:
        while (end := self.buffer.find(b"\n")) < 0:
            self._fill(until, on_beat)
        answer = json.loads(self.buffer[:end])
        del self.buffer[: end + 1]
        while len(self.buffer) < answer["size"]:
            self._fill(until, on_beat)
        body = bytes(self.buffer[: answer["size"]])
        del self.buffer[: answer["size"]]
        return answer, body

    def wait_until_ready(self, on_beat: OnBeat) -> None:
        if not self.is_ready:
            self._answer(time.monotonic() + MAX_START, on_beat)
            self.is_ready = True

    def set(
        self, html: str, attachments: Sequence[Attached], created: str, picture: bytes, on_beat: OnBeat
    ) -> tuple[dict[str, Any], bytes]:
        """Have one document set; gives the press's answer and the file."""
        self.wait_until_ready(on_beat)
        self.renders += 1
        body = html.encode()
        logo = picture if PICTURE in html else b""
        order = {
            "html": len(body),
            "logo": len(logo),
            "attachments": [[name, len(data)] for name, _media_type, data in attachments],
            "created": created,
        }
        self.writing.write(json.dumps(order).encode() + b"\n" + body + logo)
        for _name, _media_type, data in attachments:
            self.writing.write(data)
        self.writing.flush()
        until = time.monotonic() + MAX_SECONDS
        while True:
            answer, file = self._answer(until, on_beat)
            if "page" not in answer:
                return answer, file
            on_beat(answer["page"])


_running: list[Press] = []


def press() -> Press:
    """The press of this process, started where there is none."""
    while _running and (_running[0].owner != os.getpid() or _running[0].process.poll() is not None):
        _running.pop()  # a press of the parent before the fork is not ours, neither to use nor to end
    if not _running:
        _running.append(Press())
    return _running[0]


def end_press() -> None:
    """End the press of this process, if it has one."""
    if _running and _running[0].owner == os.getpid():
        _running.pop().end()


atexit.register(end_press)


@cache
def _glyphs() -> frozenset[int]:
    return frozenset(TTFont(FONT).getBestCmap())


def unprintable(text: str) -> list[str]:
    """The characters of a text for which the font has no glyph."""
    return sorted({character for character in text if ord(character) > 31 and ord(character) not in _glyphs()})


def render(
    html: str,
    text: str,
    *,
    attachments: Sequence[Attached] = (),
    created: str = "",
    picture: bytes = b"",
    on_beat: OnBeat = lambda page: None,
) -> tuple[bytes, int]:
    """Set a document; gives ``(pdf, number of pages)``. ``text`` is what people typed, for the check of its characters;
    ``picture`` the PNG that the page finds at ``assets.PICTURE``.

    ``on_beat`` is called every two seconds, and with its number for each page; what it raises ends the work. Raises
    ``Unprintable`` for characters without a glyph and for whatever goes beyond the limits.
    """
    if missing := unprintable(text):
        raise Unprintable(
            _("The font has no glyph for: %(characters)s. Please replace these characters in the text.")
            % {"characters": " ".join(f"{character} (U+{ord(character):04X})" for character in missing[:8])}
        )
    worker = press()
    try:
        answer, file = worker.set(html, attachments, created, picture, on_beat)
    except TimeoutError:
        end_press()
        raise _unprintable("time") from None
    except (EOFError, BrokenPipeError):
        end_press()
        raise _unprintable("died") from None
    except BaseException:  # cancelled, or this job is being ended: the press is in the middle of a page
        end_press()
        raise
    if "refused" in answer:
        if answer.get("end"):
            end_press()
        raise _unprintable(answer["refused"], answer)
    if answer["memory"] > FULL or worker.renders >= MAX_RENDERS:
        end_press()
        press()  # the next one warms up while nobody waits
    return file, answer["pages"]


def _unprintable(reason: str, about: Mapping[str, Any] | None = None) -> Unprintable:
    return Unprintable(_(REASONS[reason]) % (about or {}))
