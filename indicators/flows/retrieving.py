# SPDX-License-Identifier: EUPL-1.2
"""Fetching tables from a GENESIS web service: the row is the order, each step of a worker moves it on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from activity.events import REFUSED
from activity.flows import logs_refusals, record, without
from core.sentences import sentence as _
from core.work import MOST_TRIES, ending_in_a_state, fail, give_up, keep
from indicators import events, permissions
from indicators.flows.importing import upload
from indicators.genesis import DONE, JOB_CREATED, TOO_LARGE, Client, ServiceError
from indicators.lifecycle import RETRIEVAL_IS_OPEN
from indicators.models import Retrieval, RetrievalState
from indicators.readers.source import service_message

if TYPE_CHECKING:
    from accounts.models import User
    from core.sentences import Sentence

POLLS = 60
WAITS = (timedelta(seconds=15), timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2))


@logs_refusals(REFUSED)
@without(lock="the order is made here")
@transaction.atomic
def order_retrieval(
    *, by: User, instance: str, table_code: str, start_year: int | None = None, region_keys: str = ""
) -> Retrieval:
    """Order a table; the same order that is still under way is not made twice."""
    permissions.can_import(by).enforce()
    wanted = {
        "instance": instance,
        "table_code": table_code.strip(),
        "start_year": start_year,
        "region_keys": region_keys.strip(),
    }
    running = Retrieval.objects.filter(**wanted, state__in=RETRIEVAL_IS_OPEN).first()
    if running:
        return running
    retrieval = Retrieval.objects.create(**wanted, ordered_by=by)
    record(events.RETRIEVAL_ORDERED, retrieval, by=by, table=retrieval.table_code)
    return retrieval


@logs_refusals(REFUSED)
@without(lock="one conditional statement moves it on", record="its order is recorded")
@transaction.atomic
def retry_retrieval(retrieval: Retrieval, *, by: User) -> Retrieval:
    """Start a failed order again."""
    permissions.can_import(by).enforce()
    Retrieval.objects.filter(pk=retrieval.pk, state=RetrievalState.FAILED).start_again(polls=0, job_name="")
    retrieval.refresh_from_db()
    return retrieval


def advance(retrieval_id: int) -> float | None:
    """Take one step: ask for the table, or whether its job is ready. Gives seconds until the next, or ``None``."""
    retrieval = Retrieval.objects.claim(retrieval_id)
    if retrieval is None:
        return None
    with ending_in_a_state(retrieval, lambda reason: _give_up(retrieval, reason), expected=(ValidationError,)):
        try:
            with Client(retrieval.instance) as client:
                return _step(retrieval, client)
        except ServiceError as error:
            return _fail(retrieval, error)
    return None


def waiting_retrievals() -> list[Any]:
    """The orders for which a worker is rung: new ones, and those whose time to ask again has come."""
    give_up(Retrieval.objects.all(), _tell_of_failure)
    return Retrieval.objects.all().waiting()


def _step(retrieval: Retrieval, client: Client) -> float | None:
    if retrieval.job_name:
        if not client.is_ready(retrieval.job_name):
            return _wait(retrieval)
        answer = client.result(retrieval.job_name)
    else:
        options: dict[str, Any] = {"start_year": retrieval.start_year, "region_keys": retrieval.region_keys}
        answer = client.table(retrieval.table_code, **options)
        if answer.code == TOO_LARGE:
            answer = client.table(retrieval.table_code, job=True, **options)
        if answer.code == JOB_CREATED:
            retrieval.job_name = answer.content
            return _wait(retrieval)
    if answer.code != DONE or answer.file is None:
        _give_up(retrieval, service_message(answer.code, answer.content))
        return None
    with answer.file, transaction.atomic():
        delivery = upload(answer.file, f"{retrieval.table_code}.csv", by=retrieval.ordered_by)
        keep(retrieval, state=RetrievalState.READY, leased_until=None, delivery=delivery)
        record(events.RETRIEVAL_READY, retrieval, by=None, table=retrieval.table_code)
    return None


def _wait(retrieval: Retrieval) -> float | None:
    retrieval.polls += 1
    if retrieval.polls > POLLS:
        _give_up(retrieval, _("The web service did not finish the table in time. Please order it again later."))
        return None
    wait = WAITS[min(retrieval.polls, len(WAITS)) - 1]
    due = {"state": RetrievalState.WAITING, "leased_until": timezone.now() + wait, "forgiven": retrieval.attempts}
    keep(retrieval, "polls", "job_name", **due)
    return wait.total_seconds()


def _fail(retrieval: Retrieval, error: ServiceError) -> float | None:
    """Try again a little later where that may help; a wrong log-in does not get better by waiting."""
    if (error.code is not None and error.code != 6) or retrieval.tries >= MOST_TRIES:
        _give_up(retrieval, error.args[0])
        return None
    wait = WAITS[retrieval.tries]
    keep(retrieval, state=RetrievalState.QUEUED, error=error.args[0], leased_until=timezone.now() + wait)
    return wait.total_seconds()


def _give_up(retrieval: Retrieval, reason: str | Sentence) -> None:
    fail(retrieval, reason, _tell_of_failure)


def _tell_of_failure(retrieval: Retrieval) -> None:
    record(events.RETRIEVAL_FAILED, retrieval, by=None, table=retrieval.table_code, error=retrieval.error)
