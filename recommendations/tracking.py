# SPDX-License-Identifier: EUPL-1.2
"""Follow-up of resolutions (Beschlusskontrolle): what a committee resolved and what has come of it, row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Department
from committees.models import AGREED, Assignment, Consultation, Meeting
from core import due
from core.sheets import Sheet

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from accounts.models import User
    from committees.models import Committee
    from committees.querysets import AgendaItemQuerySet, ConsultationQuerySet, PaperQuerySet


@dataclass(frozen=True)
class Row:
    """What a body did under an item, and one thing that follows from it: a measure, an assignment, or nothing yet.

    Measures follow where a recommendation stands behind the paper. An assignment may be given where nothing was
    resolved; then there is no ``consultation``.
    """

    item: Any
    consultation: Any = None
    recommendation: Any = None
    measure: Any = None
    assignment: Any = None
    office: str = ""

    @property
    def committee(self) -> Committee:
        return self.item.meeting.committee

    @property
    def paper(self) -> Any:
        return self.consultation.paper if self.consultation else None

    @property
    def title(self) -> str:
        if self.recommendation:
            return self.recommendation.title
        return self.paper.title if self.paper else self.item.title

    @property
    def reference(self) -> str:
        """The number of the paper, or of the agenda item where there is none."""
        return self.paper.reference if self.paper else _("item %(number)s") % {"number": self.item.number}

    @property
    def address(self) -> str:
        """Where the resolution is read."""
        if self.paper:
            return self.paper.get_absolute_url()
        return f"{self.item.meeting.get_absolute_url()}#item-{self.item.pk}"

    @property
    def is_public(self) -> bool:
        return self.item.is_public and (self.paper is None or self.paper.is_public)

    @property
    def state(self) -> str:
        """How far an assignment is, in a word."""
        return _("reported as done") if self.assignment.done_at else _("open")

    @property
    def still_approved(self) -> bool:
        """Whether the approval that the paper stands on holds; a reopened matter stays on the list and says so."""
        one = self.recommendation
        return one is None or self.paper.origin.approval_id == one.approval_id

    @property
    def outcome(self) -> str:
        """The result in words, and whether the department has opened the matter again."""
        if self.consultation is None:
            return ""
        result = self.consultation.get_result_display()
        return result if self.still_approved else _("%(result)s (approval reopened since)") % {"result": result}

    @property
    def resolved_text(self) -> str:
        """What was resolved, word by word."""
        return self.consultation.resolved_text if self.consultation else ""

    @property
    def formerly_due(self) -> list[date]:
        """The days that were planned before, oldest first."""
        former = self.measure.former_plans.all() if self.measure else ()
        return [plan.due_on for plan in former if plan.due_on != self.measure.due_on]

    @property
    def promised_on(self) -> date | None:
        """The first day that was promised; a later plan does not take it back."""
        return self.measure.promised_on if self.measure else self.assignment.due_on if self.assignment else None

    @property
    def fact(self) -> due.Fact:
        """What came of the promise."""
        if self.measure:
            return self.measure.fact
        done_at = self.assignment.done_at if self.assignment else None
        return due.Fact(is_done=done_at is not None, done_on=timezone.localdate(done_at) if done_at else None)

    @property
    def is_late(self) -> bool:
        """Not done although the first day that was promised is over."""
        return self.promised_on is not None and due.standing(self.promised_on, self.fact) == due.LATE

    @property
    def delay(self) -> str:
        """How long after the first day promised it was done, or is still not; empty in time."""
        if not self.promised_on or due.standing(self.promised_on, self.fact) not in (due.LATE, due.DONE_LATE):
            return ""
        days = ((self.fact.done_on or timezone.localdate()) - self.promised_on).days
        if days < 31:
            return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
        return ngettext("%(count)s month", "%(count)s months", days // 30) % {"count": days // 30}

    @property
    def resolved_on(self) -> date:
        return timezone.localdate(self.item.meeting.start)


def rows(
    papers: PaperQuerySet,
    items: AgendaItemQuerySet,
    *,
    committee: Committee | None = None,
    since: date | None = None,
    until: date | None = None,
) -> list[Row]:
    """Resolutions and assignments of a body and period, or of all bodies, among what a reader may see; oldest first.

    ``papers`` and ``items`` are those. Over all bodies a paper stands once, with the body that decides finally. A
    measure leaves the list only after it was once reported to the body as done, an assignment once it was accepted.
    """
    span = Q()
    if since:
        span &= Q(agenda_item__meeting__start__date__gte=since)
    if until:
        span &= Q(agenda_item__meeting__start__date__lte=until)
    if committee:
        span &= Q(agenda_item__meeting__committee=committee)
    resolved = list(_resolved(papers, items, over_all=committee is None).filter(span))
    assigned = _by_item(Assignment.objects.filter(span, agenda_item__in=items.values("pk")))
    found, offices = [], {}
    for consultation in resolved:
        found += _following(consultation, assigned)
    named = {consultation.agenda_item_id: consultation for consultation in reversed(resolved)}
    for given in assigned.values():
        for one in given:
            if one.accepted_at is None:
                office = _office(one.owner, offices)
                found.append(Row(one.agenda_item, named.get(one.agenda_item_id), None, None, one, office))
    return sorted(found, key=lambda row: (row.item.meeting.start, row.item.position))


def _resolved(papers: PaperQuerySet, items: AgendaItemQuerySet, *, over_all: bool) -> ConsultationQuerySet:
    """What bodies agreed to, and every result on the paper of a recommendation."""
    of_paper, without = Q(paper__in=papers.values("pk")), Q(paper=None, agenda_item__in=items.values("pk"))
    found = Consultation.objects.recorded().filter(
        of_paper & (Q(paper__origin__isnull=False) | Q(result__in=AGREED)) | without & Q(result__in=AGREED),
        agenda_item__isnull=False,
    )
    if over_all:
        final = Consultation.objects.filter(paper=OuterRef("paper"), authoritative=True)
        found = found.filter(Q(authoritative=True) | Q(paper=None) | ~Exists(final))
    related = "agenda_item__meeting__committee", "committee", "paper__origin__recommendation__lead_department"
    measures = "paper__origin__recommendation__measures"
    found = found.select_related(*related).prefetch_related(f"{measures}__department", f"{measures}__former_plans")
    return found.order_by("agenda_item__meeting__start", "pk")


def _by_item(assignments: QuerySet[Assignment]) -> dict[int, list[Assignment]]:
    found = {}
    related = assignments.select_related("owner", "agenda_item__meeting__committee")
    for one in related.order_by("agenda_item__meeting__start", "agenda_item__position", "pk"):
        found.setdefault(one.agenda_item_id, []).append(one)
    return found


def _following(consultation: Any, assigned: Mapping[int, list[Assignment]]) -> list[Row]:
    """A row for each measure; one alone where nothing follows yet."""
    item, origin = consultation.agenda_item, getattr(consultation.paper, "origin", None)
    recommendation = origin.recommendation if origin else None
    measures = list(recommendation.measures.all()) if recommendation else []
    if not measures and (recommendation or item.pk not in assigned):
        return [Row(item, consultation, recommendation)]
    shown = [measure for measure in measures if measure.reported_done_on is None]
    return [Row(item, consultation, recommendation, measure) for measure in shown]


def _office(owner: User, offices: dict[int, str]) -> str:
    if owner.pk not in offices:
        department = Department.objects.of(owner).order_by("code").first()
        offices[owner.pk] = str(department or settings.UNIT_NAME)
    return offices[owner.pk]


def next_report(committee: Committee) -> date | None:
    """The day of the committee's next meeting, where one is planned."""
    meeting = Meeting.objects.filter(committee=committee).upcoming().order_by("start").first()
    return timezone.localdate(meeting.start) if meeting else None


def sheet(found: Sequence[Row], committee: Committee | None = None) -> Sheet:
    """The same rows as a table to take away."""
    following = {row.committee.pk: next_report(row.committee) for row in found}
    title = _("Follow-up of resolutions")
    if committee:
        title = _("Follow-up of resolutions: %(committee)s") % {"committee": committee}
    return Sheet(
        name=f"beschlusskontrolle-{committee.code}" if committee else "beschlusskontrolle",
        title=title,
        header=[
            _("Body"),
            _("Resolved on"),
            _("Paper"),
            _("Subject"),
            _("Result"),
            _("Resolution number"),
            _("Resolved text"),
            _("Measure or assignment"),
            _("Responsible office"),
            _("Due on"),
            _("Formerly due on"),
            _("State"),
            _("Traffic light"),
            _("Delay against the first day promised"),
            _("Reason for the delay"),
            _("Reason for stopping"),
            _("Completion note"),
            _("Next report"),
        ],
        rows=[_cells(row, following[row.committee.pk]) for row in found],
        notes=[_("As of %(day)s. An item leaves the list after it was once reported as done.") % {"day": _day(None)}],
    )


def _cells(row: Row, following: date | None) -> list[date | str | None]:
    measure = row.measure
    about = [
        row.committee.name,
        row.resolved_on,
        row.reference,
        row.title,
        row.outcome,
        row.consultation.decision_number if row.consultation else "",
        row.resolved_text,
    ]
    if one := row.assignment:
        return [*about, one.text, row.office, one.due_on, "", row.state, "", row.delay, "", "", "", _next(following)]
    if measure is None:
        lead = row.recommendation.lead_department if row.recommendation else row.paper and row.paper.lead_department
        return [*about, nothing_follows(row), str(lead or ""), "", "", "", "", "", "", "", "", _next(following)]
    return [
        *about,
        measure.title,
        str(measure.department),
        measure.due_on,
        "; ".join(_day(day) for day in row.formerly_due),
        str(measure.get_status_display()),
        "" if measure.life.is_finished else str(measure.get_light_display()),
        row.delay,
        measure.delay_reason,
        measure.stop_reason,
        measure.completion_note,
        _next(following, measure.life.is_done),
    ]


def nothing_follows(row: Row) -> str:
    """What stands where neither a measure nor an assignment does."""
    return _("no measure planned yet") if row.recommendation else _("nothing noted that is to be carried out")


def _next(following: date | None, done: bool = False) -> str | date:
    if done:
        return _("reported as done, then off the list")
    return following or _("not fixed")


def _day(value: date | None) -> str:
    return date_format(value or timezone.localdate(), "d.m.Y")
