# SPDX-License-Identifier: EUPL-1.2
"""The moment that stands under what is written down. Only the demo town may tell of the past."""

from contextlib import contextmanager
from contextvars import ContextVar

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
        yield moment
        moment += (end - moment) / 5
