# SPDX-License-Identifier: EUPL-1.2
"""Follow-up of resolutions (Beschlusskontrolle): what a committee resolved and what has come of it, row by row."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Department
from committees.models import Assignment, Consultation, Meeting
from core.sheets import Sheet


@dataclass(frozen=True)
class Row:
    """One resolution and one measure that follows from it, or none yet.

    A resolution without a paper has no recommendation behind it; what follows from it are assignments.
    """

    consultation: Any
    recommendation: Any
    measure: Any
    assignment: Any = None
    office: str = ""

    @property
    def title(self):
        return self.recommendation.title if self.recommendation else self.consultation.agenda_item.title

    @property
    def reference(self):
        """The number of the paper, or of the agenda item where there is none."""
        paper, item = self.consultation.paper, self.consultation.agenda_item
        return paper.reference if paper else _("item %(number)s") % {"number": item.number}

    @property
    def address(self):
        """Where the resolution is read."""
        paper, item = self.consultation.paper, self.consultation.agenda_item
        return paper.get_absolute_url() if paper else f"{item.meeting.get_absolute_url()}#item-{item.pk}"

    @property
    def is_public(self):
        paper = self.consultation.paper
        return self.consultation.agenda_item.is_public and (paper is None or paper.is_public)

    @property
    def state(self):
        """How far an assignment is, in a word."""
        return _("reported as done") if self.assignment.done_at else _("open")

    @property
    def is_late(self):
        due = self.assignment.due_on
        return not self.assignment.done_at and due is not None and due < timezone.localdate()

    @property
    def still_approved(self):
        """Whether the approval that the paper stands on holds; a reopened matter stays on the list and says so."""
        one = self.recommendation
        return one is None or self.consultation.paper.origin.approval_id == one.approval_id

    @property
    def outcome(self):
        """The result in words, and whether the department has opened the matter again."""
        result = self.consultation.get_result_display()
        return result if self.still_approved else _("%(result)s (approval reopened since)") % {"result": result}

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


def assigned(committee, items, *, since=None, until=None):
    """What the committee resolved without a paper, among items a reader may know, and asked somebody to do by that.

    An assignment leaves the list once the body accepted what was reported as done.
    """
    resolved = Consultation.objects.filter(committee=committee, paper=None, agenda_item__in=items.values("pk"))
    if since:
        resolved = resolved.filter(agenda_item__meeting__start__date__gte=since)
    if until:
        resolved = resolved.filter(agenda_item__meeting__start__date__lte=until)
    resolved = {one.agenda_item_id: one for one in resolved.select_related("agenda_item__meeting__committee")}
    waiting = Assignment.objects.filter(agenda_item__in=list(resolved), accepted_at=None).select_related("owner")
    offices = {}
    found = []
    for one in waiting.order_by("agenda_item__meeting__start", "agenda_item__position", "pk"):
        if one.owner_id not in offices:
            office = Department.objects.of(one.owner).order_by("code").first()
            offices[one.owner_id] = str(office or settings.UNIT_NAME)
        found.append(Row(resolved[one.agenda_item_id], None, None, one, offices[one.owner_id]))
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
        row.resolved_on,
        row.reference,
        row.title,
        row.outcome,
    ]
    if one := row.assignment:
        late = _("delayed") if row.is_late else ""
        return [*about, one.text, row.office, one.due_on, "", row.state, late, "", "", "", _next(following, False)]
    if measure is None:
        lead = row.recommendation.lead_department
        return [*about, _("no measure planned yet"), str(lead), "", "", "", "", "", "", "", _next(following, False)]
    done = measure.life.is_done
    finished = measure.life.is_finished
    return [
        *about,
        measure.title,
        str(measure.department),
        measure.due_on,
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
    return following or _("not fixed")


def _day(value):
    return date_format(value or timezone.localdate(), "d.m.Y")
