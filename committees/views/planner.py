# SPDX-License-Identifier: EUPL-1.2
"""The planner, its suggestion for one paper, and the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import flows, permissions
from committees.deadlines import MEETING, NAMES, SHORT
from committees.lifecycle import TAKE_PLACE
from committees.models import Committee, Meeting, Paper
from committees.plans import open_meetings, plan_of
from committees.querysets import in_the_house
from committees.timeline import marks_of, month_of, months_of, rows_of, span_of, weeks_from
from core import asked
from core.dates import months_later
from core.errors import WrongState
from core.keys import number_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.models import User
    from accounts.requests import Request
    from committees.plans import Plan
    from committees.timeline import Mark, Week

SHOWN, SHOWN_DUE = 10, 6


def planner(request: Request) -> HttpResponse:
    """What is due, which papers wait for a day, and half a year of all bodies on one page."""
    today = timezone.localdate()
    meetings = list(open_meetings(request.user))
    weeks = weeks_from(today)
    due = [mark for mark in marks_of(meetings) if mark.is_owed and not mark.is_meeting]
    prepares = in_the_house(request.user) or Committee.objects.kept_by(request.user).exists()
    return render(
        request,
        "committees/planner.html",
        {
            "due": due[:SHOWN_DUE],
            "plans": _plans(request.user, meetings) if prepares else [],
            "prepares": prepares,
            "weeks": weeks,
            "months": months_of(weeks),
            "rows": rows_of(meetings, weeks),
            "by_month": _by_month(meetings, weeks),
            "short_names": [(SHORT[kind], NAMES[kind]) for kind in NAMES if kind != MEETING],
            "today": today,
        },
    )


def _plans(user: User, meetings: Sequence[Meeting]) -> list[Plan]:
    papers = (
        Paper.objects.visible_to(user)
        .waiting_for_a_day()
        .prefetch_related("consultations__committee", "consultations__agenda_item__meeting__committee")
    )
    return [plan_of(paper, meetings=meetings, consultations=paper.consultations.all()) for paper in papers[:SHOWN]]


def _by_month(meetings: Sequence[Meeting], weeks: Sequence[Week]) -> list[tuple[date, list[Mark]]]:
    """The same marks as a list for narrow screens: ``[(first of the month, [marks])]``."""
    months = {}
    for mark in marks_of(meetings):
        if weeks[0].monday <= mark.day <= weeks[-1].sunday:
            months.setdefault(mark.day.replace(day=1), []).append(mark)
    return sorted(months.items())


def paper_plan(request: Request, pk: int) -> HttpResponse:
    """The next workable path of one paper; a POST takes it, as it was seen."""
    paper = get_object_or_404(Paper.objects.visible_to(request.user), pk=pk)
    if request.method == "POST":
        try:
            flows.take_path(paper, by=request.user, seen=_pairs(asked.texts(request.POST, "step")))
        except WrongState as error:
            messages.error(request, str(error))
            return redirect("committees:paper_plan", pk=paper.pk)
        messages.success(request, _("The paper is on its way: every body has its meeting and its agenda item."))
        return redirect(paper)
    plan = plan_of(paper, meetings=open_meetings(request.user))
    verdicts = [
        permissions.can_schedule(request.user, paper, step.stop.consultation.committee) for step in plan.path.new
    ]
    refusal = next((verdict for verdict in verdicts if not verdict), None)
    return render(
        request,
        "committees/paper_plan.html",
        {
            "paper": paper,
            "plan": plan,
            "refusal": refusal,
            "may_extend": permissions.can_extend_sequence(request.user, paper),
            "today": timezone.localdate(),
        },
    )


def _pairs(values: Iterable[str]) -> list[Any]:
    """``["7:12"]`` as ``[(7, 12)]``; anything else counts as something nobody has seen."""
    pairs = []
    for value in values:
        stop, _colon, meeting = value.partition(":")
        pair = (number_of(stop), number_of(meeting))
        pairs.append((0, 0) if None in pair else pair)
    return pairs


def meeting_calendar(request: Request) -> HttpResponse:
    """One month of all bodies: meetings for everybody who may see them, days to keep for those who prepare."""
    today = timezone.localdate()
    first = _month(asked.text(request.GET, "month"), today)
    committees = Committee.objects.visible_to(request.user).active()
    start, end = span_of(first.year, first.month)
    meetings = Meeting.objects.visible_to(request.user).filter(start__gte=start, start__lt=end)
    meetings = meetings.filter(state__in=TAKE_PLACE).select_related("committee")
    chosen = asked.text(request.GET, "committee")
    if (committee := number_of(chosen)) is not None:
        meetings = meetings.filter(committee=committee)
    prepares = in_the_house(request.user) or Committee.objects.kept_by(request.user).exists()
    weeks = month_of(list(meetings), first.year, first.month, today=today, with_deadlines=prepares)
    is_empty = not any(day.marks for week in weeks for day in week if day.is_in_month)
    return render(
        request,
        "committees/calendar.html",
        {
            "first": first,
            "previous": months_later(first, -1),
            "following": months_later(first, 1),
            "weeks": weeks,
            "is_empty": is_empty,
            "upcoming": Meeting.objects.visible_to(request.user).upcoming().select_related("committee").first()
            if is_empty
            else None,
            "committees": committees,
            "chosen": chosen,
            "prepares": prepares,
            "today": today,
        },
    )


def _month(text: str, today: date) -> date:
    """The first day of the month that ``2026-11`` names; this month where it names none."""
    year, month = (number_of(part) or 0 for part in text.partition("-")[::2])
    if 1 <= month <= 12 and 2000 <= year <= 2100:
        return date(year, month, 1)
    return today.replace(day=1)
