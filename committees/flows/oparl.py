# SPDX-License-Identifier: EUPL-1.2
"""Imports from other council information systems: ordered, read by a worker, checked by a person, taken over."""

import logging
import time
from datetime import timedelta

from celery.exceptions import SoftTimeLimitExceeded
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.flows import record
from committees import events, permissions
from committees.models import Choice, ForeignObject, ImportRun, RunState, Source
from committees.oparl import applying, comparing, fetching
from committees.oparl.client import Client, configured
from core.errors import WrongState

logger = logging.getLogger(__name__)

ATTEMPTS = 3
LEASE = timedelta(minutes=4)  # longer than a step may take
STEP_SECONDS = 60
OPEN = (RunState.QUEUED, RunState.RUNNING, RunState.READY, RunState.CONFIRMED, RunState.APPLYING)
OVERLAP = timedelta(minutes=5)  # clocks differ; what was changed while we read is read again


@transaction.atomic
def save_source(form, *, by):
    """Enter or change a council information system."""
    permissions.can_import_oparl(by).enforce()
    is_new = form.instance.pk is None
    source = form.save()
    record(events.OPARL_SOURCE_CREATED if is_new else events.OPARL_SOURCE_CHANGED, source, by=by)
    return source


@transaction.atomic
def order_import(source, *, by, file=None, file_name="", from_start=False):
    """Order an import; one that is still open is not joined by a second one."""
    permissions.can_import_oparl(by).enforce()
    source = Source.objects.select_for_update(of=("self",)).get(pk=source.pk)
    running = source.runs.filter(state__in=OPEN).first()
    if running:
        raise WrongState(_("An import from there is still open. Please finish or discard it first."))
    if file is None and not configured(source.address):
        raise WrongState(
            _("The address of this system is not among those that the administration allowed (OPARL_HOSTS).")
        )
    since = None if file is not None or from_start else source.complete_since
    run = ImportRun(source=source, ordered_by=by, since=since, file_name=file_name[:200])
    if file is not None:
        fetching.members(file)
        file.seek(0)
        run.file.save(f"import-{timezone.now():%Y%m%d%H%M%S}{'.zip' if file_name.endswith('.zip') else '.json'}", file)
    run.save()
    record(events.OPARL_ORDERED, run, by=by, source=source.name)
    return run


def advance(run_id):
    """Take one step of reading or taking over. Gives seconds until the next, or None where nothing waits.

    The step is claimed by a conditional update with a lease, so that two workers never take it both.
    """
    now = timezone.now()
    before = ImportRun.objects.filter(pk=run_id).values_list("state", flat=True).first()
    state = RunState.APPLYING if before in (RunState.CONFIRMED, RunState.APPLYING) else RunState.RUNNING
    due = ImportRun.objects.filter(pk=run_id, state=before).due(now)
    if not due.update(state=state, due_at=now + LEASE):
        return None
    run = ImportRun.objects.select_related("source", "ordered_by").get(pk=run_id)
    if before in (RunState.RUNNING, RunState.APPLYING):
        # an unfinished step goes on; only one that was lost in the middle counts
        run.attempts += 1 if not run.summary.get("paused") else 0
        if run.attempts >= ATTEMPTS:
            return _give_up(run, _("The import broke off three times. Please start it again."))
    run.summary.pop("paused", None)
    run.save(update_fields=["attempts", "summary"])
    try:
        step = _take_over if state == RunState.APPLYING else _read
        return step(run, until=time.monotonic() + STEP_SECONDS)
    except ValidationError as error:
        return _give_up(run, " ".join(error.messages))
    except SoftTimeLimitExceeded:
        return _pause(run)
    except Exception:
        logger.exception("import %s failed", run_id)
        return _give_up(run, _("Something unexpected happened. Please start again, or tell the administration."))


def _read(run, *, until):
    if run.pages == 0 and not run.todo:
        fetching.begin(run)
        run.save()
    if run.file:
        with run.file.open("rb"):
            finished = fetching.step(run, None, until=until)
    else:
        with Client(run.source.address) as client:
            finished = fetching.step(run, client, until=until)
    if not finished or not comparing.compare(run, until=until):
        return _pause(run)
    found = dict(run.foreign_objects.values_list("kind").annotate(count=Count("pk")).order_by("kind"))
    if not found and run.problems:
        return _give_up(run, run.problems[0]["problem"])
    run.summary = {"found": found, "proposed": _proposed(run)}
    if run.summary["proposed"]:
        _finish(run, RunState.READY, events.OPARL_READY)
    else:
        _finish(run, RunState.DONE, None)
    return None


def _proposed(run):
    rows = ForeignObject.objects.filter(source=run.source).open()
    return dict(rows.values_list("proposal").annotate(count=Count("pk")).order_by("proposal"))


def _take_over(run, *, until, only_new=False):
    if not applying.apply(run, by=run.ordered_by, until=until, only_new=only_new):
        return _pause(run)
    left = _proposed(run)
    run.summary["proposed"] = left
    _finish(run, RunState.READY if left else RunState.DONE, events.OPARL_APPLIED)
    return None


def _pause(run):
    run.summary["paused"] = True
    run.due_at = timezone.now()
    run.save()
    return 0


@transaction.atomic
def _finish(run, state, kind):
    run.state, run.due_at, run.attempts, run.finished_at = state, None, 0, timezone.now()
    run.todo = run.seen = []
    if run.file:  # what is needed of it was stored; it may hold telephone numbers that we do not keep
        run.file.delete(save=False)
    run.save()
    if run.complete and not run.file_name:
        Source.objects.filter(pk=run.source_id).update(complete_since=run.ordered_at - OVERLAP)
    if kind:
        counts = {name: run.summary.get(name, 0) for name in ("created", "changed", "kept")}
        record(kind, run, by=None, source=run.source.name, **counts)


@transaction.atomic
def _give_up(run, message):
    run.state, run.error, run.due_at = RunState.FAILED, message, None
    run.save()
    record(events.OPARL_FAILED, run, by=None, source=run.source.name, error=message)
    return None


@transaction.atomic
def decide(run, *, by, decisions):
    """Note what to do with single objects: ``{pk: "theirs" | "ours" | "new"}``. Nothing of ours changes yet."""
    run = _locked(run, by)
    if run.state != RunState.READY:
        raise WrongState(_("This import is not waiting to be checked."))
    for row in ForeignObject.objects.filter(source=run.source, pk__in=decisions).open():
        row.decision = Choice(decisions[row.pk])
        row.save(update_fields=["decision"])


@transaction.atomic
def confirm(run, *, by):
    """Take over as it was decided."""
    run = _locked(run, by)
    if run.state != RunState.READY:
        raise WrongState(_("This import is not waiting to be checked."))
    run.state, run.attempts, run.ordered_by = RunState.CONFIRMED, 0, by
    run.save(update_fields=["state", "attempts", "ordered_by"])
    record(events.OPARL_CONFIRMED, run, by=by, source=run.source.name)
    return run


@transaction.atomic
def discard(run, *, by):
    """Nothing is taken over; what was found is proposed again by the next import."""
    run = _locked(run, by)
    if run.state not in (RunState.READY, RunState.FAILED, RunState.QUEUED):
        raise WrongState(_("This import cannot be discarded now."))
    ForeignObject.objects.filter(source=run.source).open().update(
        proposal="", decision="", differences=[], candidate_id=None
    )
    run.state, run.finished_at = RunState.DISCARDED, timezone.now()
    if run.file:
        run.file.delete(save=False)
    run.save(update_fields=["state", "finished_at", "file"])
    record(events.OPARL_DISCARDED, run, by=by, source=run.source.name)
    return run


@transaction.atomic
def retry_import(run, *, by):
    """Start a failed import again."""
    run = _locked(run, by)
    if run.state != RunState.FAILED:
        raise WrongState(_("This import did not fail."))
    if run.source.runs.filter(state__in=OPEN).exists():
        raise WrongState(_("An import from there is still open. Please finish or discard it first."))
    run.state, run.attempts, run.error, run.due_at, run.pages, run.todo = RunState.QUEUED, 0, "", None, 0, []
    run.save()
    record(events.OPARL_ORDERED, run, by=by, source=run.source.name)
    return run


def _locked(run, by):
    permissions.can_import_oparl(by).enforce()
    return ImportRun.objects.select_for_update(of=("self",)).select_related("source").get(pk=run.pk)


def import_now(source, *, by, file=None, file_name=""):
    """Read at once and take over what is new; whatever touches something of ours waits for a person. For commands."""
    run = order_import(source, by=by, file=file, file_name=file_name)
    while run.state in (RunState.QUEUED, RunState.RUNNING):
        step = advance(run.pk)
        run.refresh_from_db()
        if step is None and run.state == RunState.RUNNING:  # a worker was faster; it is waited for
            time.sleep(1)
    if run.state == RunState.READY:
        while _take_over(run, until=time.monotonic() + STEP_SECONDS, only_new=True) is not None:
            run.refresh_from_db()
        run.refresh_from_db()
    return run
