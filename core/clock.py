# SPDX-License-Identifier: EUPL-1.2
"""The moment that stands under what is written down. Only the demo town may tell of the past."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

if TYPE_CHECKING:
    from datetime import datetime

_story: ContextVar[_Story | None] = ContextVar("story", default=None)


def now() -> datetime:
    """The present moment; within a story of the demo town, the moment that story has come to."""
    story = _story.get()
    return story.moment if story else timezone.now()


def move_on() -> None:
    """What happened is written down: within a story the next thing happens later. Otherwise time passes by itself."""
    story = _story.get()
    if story:
        story.move_on()


@contextmanager
def story(start: datetime, end: datetime) -> Iterator[None]:
    """Let what is written down within bear moments from ``start`` on, always before ``end``. Needs ``DEMO``."""
    if not settings.DEMO:
        raise RuntimeError("only the demo town has a past that was never lived")
    token = _story.set(_Story(start, end))
    try:
        yield
    finally:
        _story.reset(token)


class _Story:
    """One moment for all that one step writes, so that a decision and its entry in the log bear the same day."""

    def __init__(self, start: datetime, end: datetime) -> None:
        self._at, self._end = start, end

    @property
    def moment(self) -> datetime:
        return _in_office_hours(self._at)

    def move_on(self) -> None:
        self._at += (self._end - self._at) / 5


def _in_office_hours(moment: datetime) -> datetime:
    """The same day with its 24 hours pressed into those from eight to five; what was later stays later."""
    local = timezone.localtime(moment)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(hours=8) + (local - midnight) * 3 / 8
