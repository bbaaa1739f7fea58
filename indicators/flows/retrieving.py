# SPDX-License-Identifier: EUPL-1.2
"""Fetching tables from a GENESIS web service: the row is the order, each step of a worker moves it on."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.flows import record
from indicators import events, permissions
from indicators.flows.importing import upload
from indicators.genesis import DONE, JOB_CREATED, TOO_LARGE, Client, ServiceError
from indicators.models import Retrieval, RetrievalState
from indicators.readers.source import service_message

ATTEMPTS = 3
POLLS = 60
LEASE = timedelta(minutes=5)
WAITS = (timedelta(seconds=15), timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2))


@transaction.atomic
def order_retrieval(*, by, instance, table_code, start_year=None, region_keys=""):
    """Order a table; the same order that is still under way is not made twice."""
    permissions.can_import(by).enforce()
    wanted = {
        "instance": instance,
        "table_code": table_code.strip(),
        "start_year": start_year,
        "region_keys": region_keys.strip(),
    }
    running = Retrieval.objects.filter(
        **wanted, state__in=[RetrievalState.QUEUED, RetrievalState.RUNNING, RetrievalState.WAITING]
    ).first()
    if running:
        return running
    retrieval = Retrieval.objects.create(**wanted, ordered_by=by)
    record(events.RETRIEVAL_ORDERED, retrieval, by=by, table=retrieval.table_code)
    return retrieval


@transaction.atomic
def retry_retrieval(retrieval, *, by):
    """Start a failed order again."""
    permissions.can_import(by).enforce()
    Retrieval.objects.filter(pk=retrieval.pk, state=RetrievalState.FAILED).update(
        state=RetrievalState.QUEUED, attempts=0, polls=0, job_name="", error="", due_at=None
    )
    retrieval.refresh_from_db()
    return retrieval


def advance(retrieval_id, *, transport=None):
    """Take one step: ask for the table, or whether its job is ready. Gives seconds until the next, or ``None``.

    The step is claimed by a conditional update with a lease, so that two workers never take it both.
    """
    now = timezone.now()
    before = Retrieval.objects.filter(pk=retrieval_id).values_list("state", flat=True).first()
    claimed = (
        Retrieval.objects.filter(pk=retrieval_id).due(now).update(state=RetrievalState.RUNNING, due_at=now + LEASE)
    )
    if not claimed:
        return None
    retrieval = Retrieval.objects.select_related("ordered_by").get(pk=retrieval_id)
    if before == RetrievalState.RUNNING:  # its worker was lost in the middle of a step
        retrieval.attempts += 1
        if retrieval.attempts >= ATTEMPTS:
            return _give_up(retrieval, _("The table could not be fetched: the worker broke off three times."))
        retrieval.save(update_fields=["attempts"])
    try:
        with Client(retrieval.instance, transport=transport) as client:
            return _step(retrieval, client)
    except ServiceError as error:
        return _fail(retrieval, error)
    except ValidationError as error:
        return _give_up(retrieval, " ".join(error.messages))


def _step(retrieval, client):
    if retrieval.job_name:
        if not client.is_ready(retrieval.job_name):
            return _wait(retrieval)
        answer = client.result(retrieval.job_name)
    else:
        options = {"start_year": retrieval.start_year, "region_keys": retrieval.region_keys}
        answer = client.table(retrieval.table_code, **options)
        if answer.code == TOO_LARGE:
            answer = client.table(retrieval.table_code, job=True, **options)
        if answer.code == JOB_CREATED:
            retrieval.job_name = answer.content
            return _wait(retrieval)
    if answer.code != DONE or answer.file is None:
        return _give_up(retrieval, service_message(answer.code, answer.content))
    with answer.file, transaction.atomic():
        retrieval.delivery = upload(answer.file, f"{retrieval.table_code}.csv", by=retrieval.ordered_by)
        retrieval.state, retrieval.due_at, retrieval.error = RetrievalState.READY, None, ""
        retrieval.save()
        record(events.RETRIEVAL_READY, retrieval, by=None, table=retrieval.table_code)
    return None


def _wait(retrieval):
    retrieval.polls += 1
    if retrieval.polls > POLLS:
        return _give_up(retrieval, _("The web service did not finish the table in time. Please order it again later."))
    wait = WAITS[min(retrieval.polls, len(WAITS)) - 1]
    retrieval.state, retrieval.due_at = RetrievalState.WAITING, timezone.now() + wait
    retrieval.save()
    return wait.total_seconds()


def _fail(retrieval, error):
    """Try again a little later where that may help; a wrong log-in does not get better by waiting."""
    retrieval.attempts += 1
    if (error.code is not None and error.code != 6) or retrieval.attempts >= ATTEMPTS:
        return _give_up(retrieval, str(error))
    retrieval.state, retrieval.error = RetrievalState.QUEUED, str(error)
    retrieval.due_at = timezone.now() + WAITS[retrieval.attempts]
    retrieval.save()
    return WAITS[retrieval.attempts].total_seconds()


@transaction.atomic
def _give_up(retrieval, message):
    retrieval.state, retrieval.error, retrieval.due_at = RetrievalState.FAILED, message, None
    retrieval.save()
    record(events.RETRIEVAL_FAILED, retrieval, by=None, table=retrieval.table_code, error=message)
    return None
