# SPDX-License-Identifier: EUPL-1.2
"""Work that a worker takes up: claimed, held by a lease, fenced, given up after three tries that came to nothing.

The row is the order and the truth; the message in the queue is only a bell. However often it rings, one worker has the
row at a time, and whatever goes wrong ends in a state that a person can read, or in a lease that runs out.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self, TypeVar

from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError, connection, models, transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import SentenceField
from core.sentences import Sentence, sentence, sentence_of_error

logger = logging.getLogger(__name__)

QUEUED = "queued"
RUNNING = "running"
FAILED = "failed"
MOST_TRIES = 3


class Taken(Exception):
    """The order was cancelled, or another worker took it over."""


AnyWork = TypeVar("AnyWork", bound="Work")


class WorkQuerySet(models.QuerySet[AnyWork]):
    """What waits for a worker, what one holds, and what was tried too often."""

    def claimable(self, *, now: datetime | None = None) -> Self:
        """Ordered and free: never begun, come to its time, or begun by a worker that did not come back in time."""
        return self._free(now).filter(attempts__lt=F("forgiven") + MOST_TRIES)

    def exhausted(self, *, now: datetime | None = None) -> Self:
        """Tried as often as may be, and not finished."""
        return self._free(now).filter(attempts__gte=F("forgiven") + MOST_TRIES)

    def _free(self, now: datetime | None) -> Self:
        states = {*self.model.TAKES, *self.model.TAKES.values()}
        return self.filter(Q(leased_until=None) | Q(leased_until__lte=now or timezone.now()), state__in=states)

    def waiting(self, *, now: datetime | None = None) -> list[int]:
        """For whom a sweep rings: the ids of what a worker could take now, in the order in which it was ordered."""
        return list(self.claimable(now=now).order_by("pk").values_list("pk", flat=True))

    @transaction.atomic
    def claim(self, pk: int, *, until: datetime | None = None, now: datetime | None = None) -> AnyWork | None:
        """Take the order for this worker; None where it is done, taken, not due, or was tried too often."""
        now = now or timezone.now()
        state = Case(*(When(state=free, then=Value(held)) for free, held in self.model.TAKES.items()), default="state")
        taken = (
            self.claimable(now=now)
            .filter(pk=pk)
            .update(
                state=state,
                attempts=F("attempts") + 1,
                leased_until=until or now + self.model.LEASE,
                **self.model.AFRESH,
            )
        )
        if not taken:
            return None
        work = self.get(pk=pk)
        work.held_as = work.state
        return work

    def held(self, work: Work) -> Self:
        """The row as this worker took it, as long as nobody cancelled it or took it over."""
        return self.filter(pk=work.pk, state=work.held_as or work.state, attempts=work.attempts)

    def start_again(self, **changes: Any) -> int:
        """Put into the queue anew. Attempts go on counting, so that no worker of before is taken for one of now."""
        return self.update(state=QUEUED, forgiven=F("attempts"), leased_until=None, **{**self.model.AFRESH, **changes})


class Work(models.Model):
    """An order that a worker carries out, in one go or step by step.

    ``attempts`` counts the claims and is the fence: it only rises, so a worker that was overtaken can change nothing.
    ``forgiven`` says how many of them do not count, because they ended well or somebody started the order again.
    Until ``leased_until`` nobody takes it: a worker holds it, or it waits for its time.
    """

    TAKES: ClassVar[dict[str, str]] = {QUEUED: RUNNING}  # which state a claim turns into which
    AFRESH: ClassVar[dict[str, Any]] = {"error": ""}  # what each claim begins with
    LEASE: ClassVar[timedelta] = timedelta(seconds=30)

    held_as: str | None = None  # the state in which this worker has it; what it wrote since may have been undone
    state: Any  # each kind of work has states of its own; ``queued``, ``running`` and ``failed`` are among them
    attempts = models.PositiveSmallIntegerField(default=0)
    forgiven = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    error = SentenceField(_("error"), blank=True)

    class Meta:
        abstract = True

    @property
    def tries(self) -> int:
        """How often it was tried since something last went well."""
        return self.attempts - self.forgiven


def keep(work: Work, *fields: str, **changes: Any) -> None:
    """Write these fields of the work, and the changes, as long as it is ours; raises ``Taken`` where it is not."""
    values = {name: getattr(work, name) for name in fields} | changes
    rows: Any = type(work)._default_manager
    if not rows.held(work).update(**values):
        raise Taken


def fail(work: Work, reason: str | Sentence, then: Callable[[Any], None]) -> None:
    """The work came to nothing, if it is still ours; ``then`` does in the same transaction what follows from it."""
    try:
        with transaction.atomic():
            keep(work, state=FAILED, error=reason, leased_until=None)
            work.refresh_from_db()
            then(work)
    except Taken:
        logger.info("%s %s was cancelled or taken over", type(work).__name__, work.pk)


def give_up(rows: Any, then: Callable[[Any], None], *, now: datetime | None = None) -> None:
    """What was tried too often has failed; ``then`` does in the same transaction what follows from it."""
    reason = sentence("The worker broke off three times. Please tell the administration, then start again.")
    for work in rows.exhausted(now=now):
        with transaction.atomic():
            exhausted = rows.exhausted(now=now).filter(pk=work.pk)
            if exhausted.update(state=FAILED, error=reason, leased_until=None):
                work.refresh_from_db()
                then(work)


class Lease:
    """The hold of one worker on one row: renewed while it works, gone once somebody cancels or takes over."""

    def __init__(self, work: Work) -> None:
        self.work, self.renewed = work, 0.0

    def __call__(self, step: int | None = None, **progress: Any) -> None:
        """Renew it, and note how far the work is."""
        now = time.monotonic()
        if now - self.renewed < (1 if step is None else 0.5):
            return
        if step is not None:
            progress["step"] = step
        try:
            keep(self.work, leased_until=timezone.now() + self.work.LEASE, **progress)
        except DatabaseError:
            # a database that restarts must not cost the page that is nearly done; the lease lasts a while
            if connection.in_atomic_block:
                raise
            connection.close()
            return
        self.renewed = now


@contextmanager
def ending_in_a_state(
    work: Work,
    failed: Callable[[str | Sentence], None],
    *,
    expected: tuple[type[Exception], ...],
    too_long: str | Sentence = "",
) -> Iterator[None]:
    """Whatever happens inside ends in a state that a person can read, or in a lease that runs out.

    ``expected`` errors bring a sentence of their own.
    """
    name = type(work).__name__
    try:
        yield
    except Taken:
        logger.info("%s %s was cancelled or taken over", name, work.pk)
    except expected as error:
        failed(sentence_of_error(error))
    except SoftTimeLimitExceeded:
        failed(too_long or sentence("It took too long. Please start again."))
    except DatabaseError:
        # nothing can be written down now; the sweep finds the row when its lease has run out
        logger.exception("%s %s lost the database", name, work.pk)
        if connection.in_atomic_block:
            raise
        connection.close()
    except OSError:
        logger.exception("%s %s could not be stored", name, work.pk)
        failed(sentence("The file could not be stored. Please tell the administration: the disk may be full."))
    except Exception:
        logger.exception("%s %s failed", name, work.pk)
        failed(
            sentence("Something unexpected happened. Please start again; if it happens again, tell the administration.")
        )
    except BaseException:
        # without this the row would stay “running” until its lease runs out
        logger.exception("%s %s was ended", name, work.pk)
        failed(sentence("The work was interrupted. Please start again."))
        raise
