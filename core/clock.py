# SPDX-License-Identifier: EUPL-1.2
"""The moment that stands under what is written down. Only the demo town may tell of the past."""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

_story = ContextVar("story", default=None)


def now():
    """The present moment; within a story of the demo town, the next moment of that story."""
    story = _story.get()
    return next(story) if story else timezone.now()


@contextmanager
def story(start, end):
    """Let what is written down within bear moments from ``start`` on, always before ``end``. Needs ``DEMO``."""
    if not settings.DEMO:
        raise RuntimeError("only the demo town has a past that was never lived")
    token = _story.set(_moments(start, end))
    try:
        yield
    finally:
        _story.reset(token)


def _moments(moment, end):
    while True:
        yield _in_office_hours(moment)
        moment += (end - moment) / 5


def _in_office_hours(moment):
    """The same day with its 24 hours pressed into those from eight to five; what was later stays later."""
    local = timezone.localtime(moment)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(hours=8) + (local - midnight) * 3 / 8
