# SPDX-License-Identifier: EUPL-1.2
"""What follows an approval: the paper for the committees, measures, and the look at their effect."""

from operator import attrgetter

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.flows import logs_refusals, record
from committees import flows as committees
from core.errors import WrongState
from recommendations import events, permissions
from recommendations.flows.locking import locked
from recommendations.models import Effect, Light, Measure, MeasureStatus, Status


@logs_refusals(events.STEP_REFUSED)
@transaction.atomic
def make_paper(recommendation, *, by, paper_type, date=None):
    """Make the approved recommendation a numbered paper; its resolution is the wording the department approved."""
    recommendation = locked(recommendation)
    permissions.can_make_paper(by, recommendation).enforce()
    recommendation.paper = committees.create_paper(
        by=by,
        title=recommendation.title,
        paper_type=paper_type,
        lead_department=recommendation.lead_department,
        involved_departments=recommendation.involved_departments.all(),
        proposed_resolution=recommendation.approval.content["proposed_resolution"],
        file_reference=recommendation.file_reference,
        date=date or timezone.localdate(),
    )
    recommendation.status = Status.IN_COMMITTEE
    recommendation.save(update_fields=["paper", "status", "changed_at"])
    record(events.PAPER_MADE, recommendation, by=by, reference=recommendation.paper.reference)
    return recommendation.paper


@logs_refusals(events.STEP_REFUSED)
@transaction.atomic
def advance(recommendation, *, by, to, note=""):
    """Move an approved recommendation on: resolved, implementation, effect review, closed."""
    recommendation = locked(recommendation)
    to = Status(to)
    permissions.can_advance(by, recommendation, to).enforce()
    if to in (Status.PARTLY, Status.STOPPED) and not note.strip():
        raise WrongState(_("Please write down the reason."))
    recommendation.status = to
    recommendation.save(update_fields=["status", "changed_at"])
    record(events.ADVANCED, recommendation, by=by, status=str(to.label), note=note)
    return recommendation


@logs_refusals(events.STEP_REFUSED)
@transaction.atomic
def plan_measure(recommendation, *, by, title, department, due_on, owner=None, starts_on=None, budget=None):
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
    record(events.MEASURE_PLANNED, recommendation, by=by, measure=title)
    return measure


@logs_refusals(events.STEP_REFUSED, about=attrgetter("recommendation"))
@transaction.atomic
def report_measure(measure, *, by, status, light=Light.GREEN, delay_reason="", completion_note="", done_on=None):
    """The responsible department reports where its measure stands; a delay says why."""
    measure = Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
    permissions.can_report_measure(by, measure).enforce()
    measure.status, measure.light = MeasureStatus(status), Light(light)
    if measure.status == MeasureStatus.DONE:
        measure.light = Light.GREEN
    if measure.light != Light.GREEN and not delay_reason.strip():
        raise WrongState(_("Please write down the reason for the delay."))
    measure.delay_reason = delay_reason.strip() if measure.light != Light.GREEN else ""
    measure.completion_note = completion_note.strip()
    measure.done_on = (done_on or timezone.localdate()) if measure.status == MeasureStatus.DONE else None
    if measure.status != MeasureStatus.DONE:
        measure.reported_done_on = None
    measure.save()
    record(
        events.MEASURE_REPORTED,
        measure.recommendation,
        by=by,
        measure=measure.title,
        state=f"{measure.get_status_display()}, {measure.get_light_display()}",
        reason=measure.delay_reason,
    )
    return measure


@logs_refusals(events.STEP_REFUSED)
@transaction.atomic
def review_effect(recommendation, *, by, effect, note):
    """Record how the figure developed after the measure; this never claims that the measure is the cause."""
    recommendation = locked(recommendation)
    permissions.can_review_effect(by, recommendation).enforce()
    recommendation.effect = Effect(effect)
    recommendation.effect_note = note.strip()
    recommendation.save(update_fields=["effect", "effect_note", "changed_at"])
    record(events.EFFECT_REVIEWED, recommendation, by=by, effect=str(recommendation.get_effect_display()), note=note)
    return recommendation


@transaction.atomic
def report_done(measures, committee, *, by, today=None):
    """Note that done measures were reported to the committee; only then do they leave its list. How many there were."""
    permissions.can_report_done(by, committee).enforce()
    count = 0
    for measure in Measure.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk for one in measures]):
        if measure.status == MeasureStatus.DONE and measure.reported_done_on is None:
            measure.reported_done_on = today or timezone.localdate()
            measure.save(update_fields=["reported_done_on"])
            record(events.DONE_REPORTED, measure.recommendation, by=by, measure=measure.title, committee=str(committee))
            count += 1
    return count
