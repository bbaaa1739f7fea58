# SPDX-License-Identifier: EUPL-1.2
"""Imports from other council information systems: ordered, read by a worker, checked by a person, taken over."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from celery.exceptions import SoftTimeLimitExceeded
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from activity.flows import locked_form, logs_refusals, of_form, record, without
from committees import events, permissions
from committees.lifecycle import RUN_IS_OPEN
from committees.models import Choice, ForeignObject, ImportRun, RunState, Source
from committees.oparl import applying, comparing, fetching
from committees.oparl.client import Client, configured
from core.errors import WrongState
from core.sentences import read_sentence
from core.sentences import sentence as _
from core.work import ending_in_a_state, fail, give_up, keep

if TYPE_CHECKING:
    from django.core.files import File

    from accounts.models import User
    from activity.kinds import Kind
    from committees.forms.oparl import SourceForm

STEP_SECONDS = 60
OVERLAP = timedelta(minutes=5)  # clocks differ; what was changed while we read is read again


@logs_refusals(events.REFUSED, about=of_form)
@transaction.atomic
def save_source(form: SourceForm, *, by: User) -> Source:
    """Enter or change a council information system."""
    form = locked_form(form)
    permissions.can_import_oparl(by).enforce()
    is_new = form.instance.pk is None
    source = form.save()
    record(events.OPARL_SOURCE_CREATED if is_new else events.OPARL_SOURCE_CHANGED, source, by=by)
    return source


@logs_refusals(events.REFUSED)
@transaction.atomic
def order_import(
    source: Source, *, by: User, file: File | None = None, file_name: str = "", from_start: bool = False
) -> ImportRun:
    """Order an import; one that is still open is not joined by a second one."""
    permissions.can_import_oparl(by).enforce()
    source = Source.objects.select_for_update(of=("self",)).get(pk=source.pk)
    running = source.runs.filter(state__in=RUN_IS_OPEN).first()
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
        run.file.save(
            f"import-{timezone.localtime():%Y%m%d%H%M%S}{'.zip' if file_name.endswith('.zip') else '.json'}", file
        )
    run.save()
    record(events.OPARL_ORDERED, run, by=by, source=source.name)
    return run


def advance(run_id: int) -> int | None:
    """Take one step of reading or taking over. Gives seconds until the next, or None where nothing waits."""
    run = ImportRun.objects.claim(run_id)
    if run is None:
        return None
    with ending_in_a_state(run, lambda reason: fail(run, reason, _tell_of_failure), expected=(ValidationError,)):
        step = _take_over if run.state == RunState.APPLYING else _read
        try:
            return step(run, until=time.monotonic() + STEP_SECONDS)
        except SoftTimeLimitExceeded:
            return _pause(run)
    return None


def waiting_imports() -> list[Any]:
    """The imports for which a worker is rung."""
    give_up(ImportRun.objects.all(), _tell_of_failure)
    return ImportRun.objects.all().waiting()


def _read(run: ImportRun, *, until: float) -> int | None:
    if run.pages == 0 and not run.todo:
        fetching.begin(run)
        keep(run, *run.PROGRESS)
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
        raise ValidationError(read_sentence(run.problems[0]["problem"]))
    run.summary = {"found": found, "proposed": _proposed(run)}
    if run.summary["proposed"]:
        _finish(run, RunState.READY, events.OPARL_READY)
    else:
        _finish(run, RunState.DONE, None)
    return None


def _proposed(run: ImportRun) -> dict[str, int]:
    rows = ForeignObject.objects.filter(source=run.source).open()
    return dict(rows.values_list("proposal").annotate(count=Count("pk")).order_by("proposal"))


def _take_over(run: ImportRun, *, until: float, only_new: bool = False) -> int | None:
    if not applying.apply(run, by=run.ordered_by, until=until, only_new=only_new):
        return _pause(run)
    left = _proposed(run)
    run.summary["proposed"] = left
    _finish(run, RunState.READY if left else RunState.DONE, events.OPARL_APPLIED)
    return None


def _pause(run: ImportRun) -> int:
    """The step was not finished in its time, but it went well: another worker goes on from here."""
    keep(run, *run.PROGRESS, leased_until=timezone.now(), forgiven=run.attempts)
    return 0


@transaction.atomic
def _finish(run: ImportRun, state: RunState, kind: Kind | None) -> None:
    file, run.todo, run.seen = run.file, [], []
    ended = {"state": state, "leased_until": None, "forgiven": run.attempts, "finished_at": timezone.now(), "file": ""}
    keep(run, *run.PROGRESS, **ended)
    if file:  # what is needed of it was stored; it may hold telephone numbers that we do not keep
        transaction.on_commit(lambda: file.delete(save=False))
    if run.complete and not run.file_name:
        Source.objects.filter(pk=run.source_id).update(complete_since=run.ordered_at - OVERLAP)
    if kind:
        counts = {name: run.summary.get(name, 0) for name in ("created", "changed", "kept")}
        record(kind, run, by=None, source=run.source.name, **counts)


def _tell_of_failure(run: ImportRun) -> None:
    record(events.OPARL_FAILED, run, by=None, source=run.source.name, error=run.error)


@logs_refusals(events.REFUSED)
@without(record="what was decided is recorded when it is confirmed")
@transaction.atomic
def choose(run: ImportRun, *, by: User, choices: Mapping[int, str]) -> None:
    """Note what to do with single objects: ``{pk: "theirs" | "ours" | "new"}``. Nothing of ours changes yet."""
    run = _locked(run, by)
    if run.state != RunState.READY:
        raise WrongState(_("This import is not waiting to be checked."))
    for row in ForeignObject.objects.filter(source=run.source, pk__in=choices).open():
        row.decision = Choice(choices[row.pk])
        row.save(update_fields=["decision"])


@logs_refusals(events.REFUSED)
@transaction.atomic
def confirm(run: ImportRun, *, by: User) -> ImportRun:
    """Take over as it was decided."""
    run = _locked(run, by)
    if run.state != RunState.READY:
        raise WrongState(_("This import is not waiting to be checked."))
    run.state, run.ordered_by = RunState.CONFIRMED, by
    run.save(update_fields=["state", "ordered_by"])
    record(events.OPARL_CONFIRMED, run, by=by, source=run.source.name)
    return run


@logs_refusals(events.REFUSED)
@transaction.atomic
def discard(run: ImportRun, *, by: User) -> ImportRun:
    """Nothing is taken over; what was found is proposed again by the next import."""
    run = _locked(run, by)
    if not run.life.may_be_discarded:
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


@logs_refusals(events.REFUSED)
@transaction.atomic
def retry_import(run: ImportRun, *, by: User) -> ImportRun:
    """Start a failed import again."""
    run = _locked(run, by)
    if not run.life.may_be_repeated:
        raise WrongState(_("This import did not fail."))
    if run.source.runs.filter(state__in=RUN_IS_OPEN).exists():
        raise WrongState(_("An import from there is still open. Please finish or discard it first."))
    ImportRun.objects.filter(pk=run.pk).start_again(pages=0, todo=[])
    run.refresh_from_db()
    record(events.OPARL_ORDERED, run, by=by, source=run.source.name)
    return run


def _locked(run: ImportRun, by: User) -> ImportRun:
    permissions.can_import_oparl(by).enforce()
    return ImportRun.objects.select_for_update(of=("self",)).select_related("source").get(pk=run.pk)


@without(refusals="the order that it begins with notes them")
def import_now(source: Source, *, by: User, file: File | None = None, file_name: str = "") -> ImportRun:
    """Read at once and take over what is new; whatever touches something of ours waits for a person. For commands."""
    run = order_import(source, by=by, file=file, file_name=file_name)
    while run.life.is_reading:
        step = advance(run.pk)
        run.refresh_from_db()
        if step is None and run.state == RunState.RUNNING:  # a worker was faster; it is waited for, unless it is lost
            give_up(ImportRun.objects.filter(pk=run.pk), _tell_of_failure)
            time.sleep(1)
    if run.state == RunState.READY:
        while _take_over(run, until=time.monotonic() + STEP_SECONDS, only_new=True) is not None:
            run.refresh_from_db()
        run.refresh_from_db()
    return run
