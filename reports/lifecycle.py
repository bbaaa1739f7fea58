# SPDX-License-Identifier: EUPL-1.2
"""The life of a document and of a part of a pack: the only place that lists their states."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from core import lives
from core.lives import Life, Way
from core.shapes import BAD, INFO, OK


class State(TextChoices):
    QUEUED = "queued", pgettext_lazy("job", "waiting")
    RUNNING = "running", pgettext_lazy("job", "running")
    READY = "ready", pgettext_lazy("job", "ready")
    FAILED = "failed", pgettext_lazy("job", "failed")
    CANCELLED = "cancelled", pgettext_lazy("job", "cancelled")
    EXPIRED = "expired", pgettext_lazy("job", "expired")


class MailState(TextChoices):
    QUEUED = "queued", pgettext_lazy("job", "waiting")
    RUNNING = "running", pgettext_lazy("job", "running")
    SENT = "sent", pgettext_lazy("job", "sent")
    FAILED = "failed", pgettext_lazy("job", "failed")


@dataclass(frozen=True, kw_only=True)
class DocumentState(lives.State):
    is_open: bool = False  # still to be made
    is_held: bool = False  # a worker holds the lease
    is_ready: bool = False
    is_expired: bool = False
    was_made: bool = False  # its fingerprint is known, also after its file is gone
    is_listed: bool = True  # on the page of what somebody ordered
    may_be_repeated: bool = False  # ordered again by its page
    starts_anew: bool = False  # the same order begins again


DOCUMENT = Life(
    "job",
    "state",
    [
        DocumentState(code=State.QUEUED, shape="open", is_open=True),
        DocumentState(code=State.RUNNING, shape="run", tone=INFO, is_open=True, is_held=True),
        DocumentState(code=State.READY, shape="done", tone=OK, is_ready=True, was_made=True),
        DocumentState(code=State.FAILED, shape="no", tone=BAD, may_be_repeated=True),
        DocumentState(code=State.CANCELLED, shape="dash", is_listed=False, may_be_repeated=True, starts_anew=True),
        DocumentState(
            code=State.EXPIRED, shape="dash", is_expired=True, was_made=True, is_listed=False, starts_anew=True
        ),
    ],
)
IS_OPEN = DOCUMENT.where(is_open=True)
WAS_MADE = DOCUMENT.where(was_made=True)
IS_LISTED = DOCUMENT.where(is_listed=True)
NOT_MADE = DOCUMENT.where(is_open=False, is_ready=False)
DOCUMENT.add_ways(
    Way("order", (), State.QUEUED, "whoever reads the subject", "the order", "briefing.ordered"),
    Way("claim", IS_OPEN, State.RUNNING, "a worker", "a lease", ""),
    Way("finish", (State.RUNNING,), State.READY, "the worker that holds it", "a file", "briefing.ready"),
    Way("give_up", IS_OPEN, State.FAILED, "a worker or the sweep", "a reason", ""),
    Way("cancel", IS_OPEN, State.CANCELLED, "whoever ordered it", "the wish", ""),
    Way("expire", (State.READY,), State.EXPIRED, "the sweep", "its day", ""),
    Way("repeat", NOT_MADE, State.QUEUED, "whoever ordered it", "the order", ""),
)
