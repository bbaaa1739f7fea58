# SPDX-License-Identifier: EUPL-1.2
"""Meetings: the list, one meeting with its agenda, and its states."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from activity.flows import save_recorded
from activity.models import Event
from committees import events, flows, permissions
from committees.deadlines import deadlines_of
from committees.forms import CancelForm, MeetingForm
from committees.models import (
    AgendaItem,
    Assignment,
    Committee,
    ConflictOfInterest,
    Meeting,
    Membership,
    Minutes,
    MinutesState,
    Paper,
    Question,
)
from committees.planner import remarks_on_day
from committees.querysets import in_the_house
from committees.seats import seats_of
from committees.views.papers import standing_of
from committees.voting import quorum_of
from core import asked
from core.entry import sent
from core.errors import WrongState
from core.pages import form_page, page_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.requests import Request
    from committees.planner import Remark


def meeting_list(request: Request) -> HttpResponse:
    meetings = (
        Meeting.objects.visible_to(request.user)
        .select_related("committee")
        .prefetch_related("agenda_items__consultations__paper")
    )
    own = Committee.objects.of_member(request.user)
    if own.exists() and not in_the_house(request.user):
        meetings = meetings.filter(committee__in=own)
    past = asked.text(request.GET, "when") == "past"
    shown = meetings.past() if past else meetings.upcoming()
    withheld = set(AgendaItem.objects.withheld_from(request.user).values_list("pk", flat=True))
    if in_the_house(request.user):
        withheld = set()
    return render(
        request,
        "committees/meeting_list.html",
        {
            "page_obj": page_of(request, shown, per_page=10),
            "past": past,
            "withheld": withheld,
            "declared": ConflictOfInterest.objects.active()
            .of_user(request.user)
            .filter(paper__isnull=False)
            .select_related("paper", "membership__committee"),
        },
    )


def meeting_detail(request: Request, pk: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).select_related("committee"), pk=pk)
    user, committee = request.user, meeting.committee
    may_prepare = permissions.can_prepare(user, committee)
    reads_record = permissions.can_read_record(user, committee)
    items = agenda_of(meeting, user)
    context = {
        "meeting": meeting,
        "public_items": [item for item in items if item.is_public],
        "closed_items": [item for item in items if not item.is_public],
        "is_withheld": any(item.withheld for item in items),  # then there is no pack for this person
        "deadlines": deadlines_of(meeting),
        "may_prepare": may_prepare,
        "reads_record": reads_record,
        "may_change_agenda": permissions.can_change_agenda(user, meeting),
        "may_add_urgent": permissions.can_add_urgent(user, meeting),
        "may_keep_record": permissions.can_keep_record(user, meeting),
        "may_invite": permissions.can_invite(user, meeting),
        "may_hold": permissions.can_hold(user, meeting),
        "may_cancel": permissions.can_cancel(user, meeting),
        "invitations": meeting.invitations.all() if reads_record else [],
        "attestations": meeting.attestations.all(),
        "own_membership": Membership.objects.current(on=timezone.localdate())
        .filter(committee=committee, person__user=user)
        .first(),
        "questions": Question.objects.visible_to(user)
        .open_before(meeting)
        .select_related("agenda_item__meeting", "asked_by__person", "owner"),
        "seats": seats_of(meeting),
        "lost": _lost_papers(meeting, user),
        "remarks": _remarks(meeting) if may_prepare else [],
        "secretaries": User.objects.appointed("secretaries", committee),
        "minutes": Minutes.objects.visible_to(user).filter(meeting=meeting).first(),
        "minutes_to_approve": Minutes.objects.visible_to(user)
        .filter(meeting__committee=committee, meeting__start__lt=meeting.start, state=MinutesState.SUBMITTED)
        .select_related("meeting__committee"),
        "quorum": quorum_of(meeting) if reads_record else None,
        "attendances": meeting.attendances.listed() if reads_record else [],
        "open_results": sum(1 for item in items for one in item.consultations.all() if not one.result),
        "today": timezone.localdate(),
    }
    return render(request, "committees/meeting_detail.html", context)


def _remarks(meeting: Meeting) -> list[Remark]:
    """What speaks against the day of a meeting that is still to come."""
    return remarks_on_day(timezone.localdate(meeting.start)) if meeting.life.agenda_is_open else []


def _lost_papers(meeting: Meeting, user: User) -> list[dict[str, Any]]:
    """Papers that stood on the agenda of a cancelled meeting, and where each is now.

    Whoever prepares the meetings also reads the numbers of those that are before no other meeting yet.
    """
    if meeting.life.takes_place:
        return []
    told = Event.objects.about(meeting).filter(kind=events.MEETING_CANCELLED.code).first()
    references = told.data.get("papers", []) if told else []
    stood = Q(reference__in=references) | Q(consultations__agenda_item__meeting=meeting, consultations__result="")
    found = Paper.objects.visible_to(user).filter(stood).distinct().order_by("reference")
    papers = list(found.prefetch_related("consultations__committee", "consultations__agenda_item__meeting"))
    for paper in papers:
        paper.standing = standing_of(paper.consultations.all())
    shown = {paper.reference for paper in papers}
    others = [one for one in references if one not in shown] if permissions.can_prepare(user, meeting.committee) else []
    return [*({"paper": paper} for paper in papers), *({"reference": one} for one in others)]


def agenda_of(meeting: Meeting, user: User) -> list[AgendaItem]:
    """The items as this person may see them: ``withheld`` ones without papers, with conflicts for the secretary."""
    items = list(
        AgendaItem.objects.visible_to(user)
        .filter(meeting=meeting)
        .prefetch_related("consultations__paper", "consultations__committee", "consultations__referred_to")
    )
    withheld = set()
    if not in_the_house(user):
        withheld = set(AgendaItem.objects.withheld_from(user).values_list("pk", flat=True))
    open_items = set(AgendaItem.objects.open_to(user).filter(meeting=meeting).values_list("pk", flat=True))
    about = Q(agenda_item__meeting=meeting)
    about |= Q(paper__consultations__agenda_item__meeting=meeting, membership__committee=meeting.committee_id)
    conflicts = ConflictOfInterest.objects.active().filter(about).distinct()
    if not permissions.can_prepare(user, meeting.committee):
        conflicts = conflicts.of_user(user)
    by_item, on_papers, questions, assignments = {}, [], {}, {}
    for conflict in conflicts.select_related("membership__person", "membership__committee"):
        if conflict.paper_id:
            on_papers.append(conflict)
            continue
        by_item.setdefault(conflict.agenda_item_id, []).append(conflict)
    for kind, found in ((Question, questions), (Assignment, assignments)):
        for one in kind.objects.filter(agenda_item__in=open_items).select_related("owner"):
            found.setdefault(one.agenda_item_id, []).append(one)
    for item in items:
        item.meeting = meeting
        item.withheld = item.pk in withheld
        item.stops = [one for one in item.consultations.all() if one.paper_id]
        item.resolutions = [one for one in item.consultations.all() if not one.paper_id and item.pk in open_items]
        papers = {one.paper_id for one in item.stops}
        item.noted_conflicts = by_item.get(item.pk, []) + [one for one in on_papers if one.paper_id in papers]
        item.noted_questions = questions.get(item.pk, [])
        item.noted_assignments = assignments.get(item.pk, [])
    return items


def meeting_create(request: Request, committee_pk: int) -> HttpResponse:
    committee = get_object_or_404(Committee.objects.visible_to(request.user), pk=committee_pk)
    return _meeting_form(request, Meeting(committee=committee))


def meeting_edit(request: Request, pk: int) -> HttpResponse:
    return _meeting_form(request, get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk))


def _meeting_form(request: Request, meeting: Meeting) -> HttpResponse:
    permissions.can_prepare(request.user, meeting.committee).enforce()
    form = MeetingForm(sent(request), instance=meeting)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            saved = save_recorded(
                form,
                by=request.user,
                may=partial(permissions.can_prepare, committee=meeting.committee),
                created=events.MEETING_CREATED,
                changed=events.MEETING_CHANGED,
            )
            if former := form.former_start:
                flows.follow_move(saved, by=request.user, former=former)
            if items := form.items():
                flows.fill_agenda(saved, items, by=request.user)
        done = _("The meeting is saved.")
        if form.former_start:
            done = _("The meeting is moved. Everybody who was invited and the authors of its papers are told.")
        messages.success(request, done)
        for remark in remarks_on_day(timezone.localdate(saved.start)):
            messages.warning(request, remark.text)
        return redirect(saved)
    title = _("Meeting of %(committee)s") % {"committee": meeting.committee}
    back = meeting.committee.get_absolute_url()
    return form_page(request, form, title=title, back=back, back_label=str(meeting.committee))


@require_POST
def meeting_invite(request: Request, pk: int) -> HttpResponse:
    return _step(request, pk, flows.invite, _("The body is invited. From now on items are added only as urgent ones."))


@require_POST
def meeting_hold(request: Request, pk: int) -> HttpResponse:
    return _step(request, pk, flows.hold, _("The meeting was held. Now the results are entered."))


def _step(request: Request, pk: int, flow: Callable[..., Any], done: str) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    try:
        flow(meeting, by=request.user)
    except WrongState as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect(meeting)


def meeting_cancel(request: Request, pk: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).select_related("committee"), pk=pk)
    permissions.can_prepare(request.user, meeting.committee).enforce()
    form = CancelForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            flows.cancel(meeting, by=request.user, **form.cleaned_data)
        except WrongState as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The meeting is cancelled. Members and the authors of its papers are told."))
        return redirect(meeting)
    return form_page(
        request,
        form,
        title=_("Cancel the meeting"),
        submit=_("Cancel the meeting and tell the members"),
        back=meeting.get_absolute_url(),
        back_label=str(meeting),
        intro=_(
            "A cancelled meeting stays in the register. Papers on its agenda need another meeting: afterwards they are "
            "listed here, each with the way that the planner suggests."
        ),
    )
