# SPDX-License-Identifier: EUPL-1.2
"""Measures: planned and planned anew by the lead department, reported on by the responsible one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from activity.flows import logs_refusals, record
from core import clock
from core.errors import Stale, WrongState
from core.sentences import sentence as _
from recommendations import events, permissions
from recommendations.flows.implementation import follow_measure
from recommendations.flows.locking import locked, signature_of
from recommendations.lifecycle import MEASURE, MeasureStatus
from recommendations.models import ChecklistItem, FormerPlan, Light, Measure

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from accounts.models import Department, User
    from activity.kinds import Kind
    from committees.models import Committee
    from recommendations.models import Recommendation

PLANNED = ("title", "owner", "starts_on", "due_on", "budget")


def _locked(measure: Measure, seen_version: int | None = None) -> Measure:
    """The measure as it is now, locked; what somebody else reported meanwhile is not overwritten unseen."""
    measure = Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
    if seen_version is not None and seen_version != measure.version:
        raise Stale(
            _("Not saved: somebody reported on this measure after you opened the page. Read it, then report again.")
        )
    return measure


def _record(kind: Kind, measure: Measure, *, by: User, **data: Any) -> None:
    record(kind, measure.recommendation, by=by, measure=measure.title, measure_id=measure.pk, **data)


@logs_refusals(events.STEP_REFUSED)
@transaction.atomic
def plan_measure(
    recommendation: Recommendation,
    *,
    by: User,
    title: str,
    department: Department,
    due_on: date,
    owner: User | None = None,
    starts_on: date | None = None,
    budget: Decimal | None = None,
    steps: Iterable[str] = (),
) -> Measure:
    """The lead department plans a step with a responsible department, a contact person, days and a budget in euros."""
    recommendation = locked(recommendation)
    permissions.can_plan_measure(by, recommendation).enforce()
    measure = Measure.objects.create(
        recommendation=recommendation,
        title=title,
        department=department,
        owner=owner,
        starts_on=starts_on,
        due_on=due_on,
        budget=budget,
    )
    ChecklistItem.objects.bulk_create([ChecklistItem(measure=measure, text=text) for text in steps])
    _record(events.MEASURE_PLANNED, measure, by=by)
    return measure


@logs_refusals(events.STEP_REFUSED, about=attrgetter("recommendation"))
@transaction.atomic
def replan_measure(
    measure: Measure, *, by: User, reason: str, seen_version: int | None = None, **planned: Any
) -> Measure:
    """The lead department changes title, contact person, days or budget, with a reason; the former plan is kept."""
    measure = _locked(measure, seen_version)
    permissions.can_replan_measure(by, measure).enforce()
    if not reason.strip():
        raise WrongState(_("Please write down why the plan is changed. It appears in the follow-up of resolutions."))
    changed = [name for name in PLANNED if name in planned and planned[name] != getattr(measure, name)]
    if not changed:
        raise WrongState(_("Nothing was changed. Change a day, the contact person, the budget or the title."))
    lead = measure.recommendation.lead_department
    former = FormerPlan.objects.create(
        measure=measure,
        title=measure.title,
        owner_label=measure.owner.name if measure.owner else "",
        starts_on=measure.starts_on,
        due_on=measure.due_on,
        budget=measure.budget,
        reason=reason.strip(),
        by=by,
        by_label=signature_of(by, lead),
    )
    for name in changed:
        setattr(measure, name, planned[name])
    measure.version += 1
    measure.save()
    _record(events.MEASURE_REPLANNED, measure, by=by, changes=changed, reason=former.reason)
    return measure


@logs_refusals(events.STEP_REFUSED, about=attrgetter("recommendation"))
@transaction.atomic
def report_measure(
    measure: Measure,
    *,
    by: User,
    status: str,
    light: str = Light.GREEN,
    delay_reason: str = "",
    stop_reason: str = "",
    completion_note: str = "",
    started_on: date | None = None,
    done_on: date | None = None,
    note: str = "",
    seen_version: int | None = None,
) -> Measure:
    """The responsible department reports where its measure stands; a delay or a stop says why.

    It starts only once the effect review is fixed. Days that are not given are today. A ``note`` on what runs well
    stands in the history only.
    """
    recommendation = locked(measure.recommendation)
    measure = _locked(measure, seen_version)
    measure.recommendation = recommendation
    permissions.can_report_measure(by, measure).enforce()
    status, light, today = MeasureStatus(status), Light(light), timezone.localdate()
    reported = MEASURE[status]
    if reported.is_begun and measure.started_on is None:
        permissions.can_start_measure(by, measure).enforce()
    if reported.is_finished:
        light = Light.GREEN
    if light != Light.GREEN and not delay_reason.strip():
        raise WrongState(_("Please write down the reason for the delay."))
    if reported.is_stopped and not stop_reason.strip():
        raise WrongState(_("Please write down why the measure was stopped."))
    if max(started_on or today, done_on or today) > today:
        raise WrongState(_("A measure cannot have begun or ended in the future. Please correct the day."))
    measure.status, measure.light = status, light
    measure.delay_reason = delay_reason.strip() if light != Light.GREEN else ""
    measure.stop_reason = stop_reason.strip() if reported.is_stopped else ""
    measure.completion_note = completion_note.strip()
    measure.done_on = (done_on or measure.done_on or today) if reported.is_done else None
    if status == MeasureStatus.PLANNED:
        measure.started_on = None
    elif reported.is_begun or started_on:
        measure.started_on = started_on or measure.started_on or measure.done_on or today
    if measure.done_on and measure.started_on and measure.started_on > measure.done_on:
        raise WrongState(_("The measure would have ended before it began. Please correct one of the two days."))
    if not reported.is_done:
        measure.reported_done_on = None
    measure.version += 1
    measure.save()
    _record(events.MEASURE_REPORTED, measure, by=by, state=measure, reason=measure.word or note.strip())
    follow_measure(recommendation, measure, by=by)
    return measure


@logs_refusals(events.STEP_REFUSED, about=attrgetter("recommendation"))
@transaction.atomic
def add_step(measure: Measure, *, by: User, text: str) -> ChecklistItem:
    """Write down one more small step of the measure."""
    measure = _locked(measure)
    permissions.can_change_steps(by, measure).enforce()
    item = ChecklistItem.objects.create(measure=measure, text=text.strip())
    _record(events.STEP_ADDED, measure, by=by, step=item.text)
    return item


@logs_refusals(events.STEP_REFUSED, about=attrgetter("measure.recommendation"))
@transaction.atomic
def remove_step(item: ChecklistItem, *, by: User) -> None:
    """Take a step off the list that is not done; the history keeps that it stood there."""
    measure = _locked(item.measure)
    permissions.can_change_steps(by, measure).enforce()
    gone, _rows = ChecklistItem.objects.filter(pk=item.pk, done_at=None).delete()
    if not gone:
        raise WrongState(_("What is done stays on the list."))
    _record(events.STEP_REMOVED, measure, by=by, step=item.text)


@logs_refusals(events.STEP_REFUSED, about=attrgetter("recommendation"))
@transaction.atomic
def tick_steps(measure: Measure, *, by: User, done: Collection[int], seen_version: int | None = None) -> Measure:
    """The responsible department says which steps are done (``done``: their ids); the others are open again."""
    measure = _locked(measure, seen_version)
    permissions.can_report_measure(by, measure).enforce()
    changed = []
    for item in measure.checklist.all():
        is_done = item.pk in done
        if is_done == bool(item.done_at):
            continue
        item.done_by, item.done_at = (by, clock.now()) if is_done else (None, None)
        item.save(update_fields=["done_by", "done_at"])
        changed.append((item.text, is_done))
    if changed:
        measure.version += 1
        measure.save(update_fields=["version"])
        _record(events.STEPS_TICKED, measure, by=by, steps=changed)
    return measure


def remind_measures(*, today: date | None = None) -> int:
    """Remind the responsible department once of each measure that is due within a week; how many were reminded of."""
    count = 0
    for measure in Measure.objects.to_remind(on=today):
        with transaction.atomic():
            if Measure.objects.to_remind(on=today).filter(pk=measure.pk).update(reminded_for=F("due_on")):
                record(events.MEASURE_DUE, measure, by=None, due_on=measure.due_on)
                count += 1
    return count


@logs_refusals(events.STEP_REFUSED, about=lambda measures: measures[0] if measures else None)
@transaction.atomic
def report_done(measures: Sequence[Measure], committee: Committee, *, by: User, today: date | None = None) -> int:
    """Note that done measures were reported to the committee; only then do they leave its list. How many there were."""
    permissions.can_report_done(by, committee).enforce()
    count = 0
    for measure in Measure.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk for one in measures]):
        if measure.life.is_done and measure.reported_done_on is None:
            measure.reported_done_on = today or timezone.localdate()
            measure.save(update_fields=["reported_done_on"])
            _record(events.DONE_REPORTED, measure, by=by, committee=committee)
            count += 1
    return count
