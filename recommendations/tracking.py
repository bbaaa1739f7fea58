# SPDX-License-Identifier: EUPL-1.2
"""Follow-up of resolutions (Beschlusskontrolle): what a committee resolved and what has come of it, row by row."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from committees.models import Consultation, Meeting
from core.sheets import Sheet


@dataclass(frozen=True)
class Row:
    """One resolution and one measure that follows from it, or none yet."""

    consultation: Any
    recommendation: Any
    measure: Any

    @property
    def still_approved(self):
        """Whether the approval that the paper stands on holds; a reopened matter stays on the list and says so."""
        return self.consultation.paper.origin.approval_id == self.recommendation.approval_id

    @property
    def formerly_due(self):
        """The days that were planned before, oldest first."""
        former = self.measure.former_plans.all() if self.measure else ()
        return [plan.due_on for plan in former if plan.due_on != self.measure.due_on]

    @property
    def resolved_on(self):
        return timezone.localdate(self.consultation.agenda_item.meeting.start)


def rows(committee, papers, *, since=None, until=None):
    """Resolutions of a committee in a period, over papers a reader may see; oldest first.

    A measure leaves the list only after it was once reported to the committee as done.
    """
    resolved = (
        Consultation.objects.filter(committee=committee, paper__in=papers.values("pk"), agenda_item__isnull=False)
        .exclude(result="")
        .exclude(paper__origin=None)
        .select_related("agenda_item__meeting", "paper__origin__recommendation__lead_department")
        .prefetch_related(
            "paper__origin__recommendation__measures__department",
            "paper__origin__recommendation__measures__former_plans",
        )
        .order_by("agenda_item__meeting__start", "pk")
    )
    if since:
        resolved = resolved.filter(agenda_item__meeting__start__date__gte=since)
    if until:
        resolved = resolved.filter(agenda_item__meeting__start__date__lte=until)
    found = []
    for consultation in resolved:
        recommendation = consultation.paper.origin.recommendation
        measures = list(recommendation.measures.all())
        shown = [measure for measure in measures if measure.reported_done_on is None]
        found += [Row(consultation, recommendation, measure) for measure in shown]
        if not measures:
            found.append(Row(consultation, recommendation, None))
    return found


def next_report(committee):
    """The day of the committee's next meeting, where one is planned."""
    meeting = Meeting.objects.filter(committee=committee).upcoming().order_by("start").first()
    return timezone.localdate(meeting.start) if meeting else None


def sheet(committee, found):
    """The same rows as a table to take away."""
    following = next_report(committee)
    return Sheet(
        name=f"beschlusskontrolle-{committee.code}",
        title=_("Follow-up of resolutions: %(committee)s") % {"committee": committee},
        header=[
            _("Resolved on"),
            _("Paper"),
            _("Subject"),
            _("Result"),
            _("Measure"),
            _("Responsible office"),
            _("Due on"),
            _("Formerly due on"),
            _("State"),
            _("Traffic light"),
            _("Reason for the delay"),
            _("Reason for stopping"),
            _("Completion note"),
            _("Next report"),
        ],
        rows=[_cells(row, following) for row in found],
        notes=[_("As of %(day)s. An item leaves the list after it was once reported as done.") % {"day": _day(None)}],
    )


def _cells(row, following):
    measure = row.measure
    about = [
        _day(row.resolved_on),
        row.consultation.paper.reference,
        row.recommendation.title,
        str(row.consultation.get_result_display()) + ("" if row.still_approved else _(" (approval reopened since)")),
    ]
    if measure is None:
        lead = row.recommendation.lead_department
        return [*about, _("no measure planned yet"), str(lead), "", "", "", "", "", "", "", _next(following, False)]
    done = measure.status == "done"
    finished = measure.is_finished
    return [
        *about,
        measure.title,
        str(measure.department),
        _day(measure.due_on),
        "; ".join(_day(day) for day in row.formerly_due),
        str(measure.get_status_display()),
        "" if finished else str(measure.get_light_display()),
        measure.delay_reason,
        measure.stop_reason,
        measure.completion_note,
        _next(following, done),
    ]


def _next(following, done):
    if done:
        return _("reported as done, then off the list")
    return _day(following) if following else _("not fixed")


def _day(value):
    return date_format(value or timezone.localdate(), "d.m.Y")
