# SPDX-License-Identifier: EUPL-1.2
"""Minutes: the list, the draft, and their approval in the next meeting."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from committees import flows, permissions
from committees.account import entries_of, opening_in
from committees.forms import ApprovalForm, MinutesForm
from committees.lifecycle import WERE_HELD
from committees.models import AgendaItem, Committee, Meeting, MeetingState, Minutes
from committees.voting import quorum_of
from core.entry import sent, status_of
from core.errors import WrongState
from core.pages import form_page, page_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.requests import Request


def minutes_list(request: Request) -> HttpResponse:
    minutes = Minutes.objects.visible_to(request.user).select_related(
        "meeting__committee", "approved_in__meeting", "written_by"
    )
    kept = Committee.objects.kept_by(request.user)
    missing = Meeting.objects.filter(committee__in=kept.values("pk"), minutes=None, state=MeetingState.HELD)
    return render(
        request,
        "committees/minutes_list.html",
        {"page_obj": page_of(request, minutes), "missing": missing.select_related("committee").order_by("-start")},
    )


def _minutes(request: Request, pk: int) -> Minutes:
    return get_object_or_404(
        Minutes.objects.visible_to(request.user).select_related(
            "meeting__committee", "approved_in__meeting", "written_by"
        ),
        pk=pk,
    )


def minutes_detail(request: Request, pk: int) -> HttpResponse:
    minutes = _minutes(request, pk)
    meeting, user = minutes.meeting, request.user
    reads_record = permissions.can_read_record(user, meeting.committee)
    open_items = set(AgendaItem.objects.open_to(user).filter(meeting=meeting).values_list("pk", flat=True))
    entries = entries_of(minutes)
    for entry in entries:
        entry.withheld = entry.agenda_item_id not in open_items
    return render(
        request,
        "committees/minutes_detail.html",
        {
            "minutes": minutes,
            "opening": opening_in(minutes),
            "meeting": meeting,
            "public_entries": [entry for entry in entries if entry.agenda_item.is_public],
            "closed_entries": [entry for entry in entries if not entry.agenda_item.is_public] if reads_record else [],
            "reads_record": reads_record,
            "attendances": meeting.attendances.listed() if reads_record else [],
            "quorum": quorum_of(meeting),
            "may_edit": permissions.can_edit_minutes(user, minutes),
            "may_take_back": permissions.can_take_back_minutes(user, minutes),
            "may_approve": permissions.can_approve_minutes(user, minutes),
        },
    )


@require_POST
def minutes_begin(request: Request, meeting_pk: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).select_related("committee"), pk=meeting_pk)
    try:
        minutes = flows.begin_minutes(meeting, by=request.user)
    except WrongState as error:
        messages.error(request, str(error))
        return redirect(meeting)
    return redirect("committees:minutes_edit", pk=minutes.pk)


def minutes_edit(request: Request, pk: int) -> HttpResponse:
    minutes = _minutes(request, pk)
    try:
        permissions.can_edit_minutes(request.user, minutes).enforce()
    except WrongState as error:
        messages.error(request, str(error))
        return redirect(minutes)
    form = MinutesForm(sent(request), minutes=minutes)
    if request.method == "POST" and form.is_valid():
        flows.write_minutes(minutes, by=request.user, **form.outcome())
        if "submit" in request.POST:
            flows.submit_minutes(minutes, by=request.user)
            messages.success(request, _("The minutes are submitted. The members can read them now."))
        else:
            messages.success(request, _("The draft of the minutes is saved."))
        return redirect(minutes)
    context = {"minutes": minutes, "meeting": minutes.meeting, "form": form}
    return render(request, "committees/minutes_edit.html", context, status=status_of(form))


@require_POST
def minutes_submit(request: Request, pk: int) -> HttpResponse:
    return _step(request, pk, flows.submit_minutes, _("The minutes are submitted. The members can read them now."))


@require_POST
def minutes_take_back(request: Request, pk: int) -> HttpResponse:
    return _step(request, pk, flows.take_back_minutes, _("The minutes are a draft again."))


def _step(request: Request, pk: int, flow: Callable[..., Any], done: str) -> HttpResponse:
    minutes = _minutes(request, pk)
    try:
        flow(minutes, by=request.user)
    except WrongState as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect(minutes)


def minutes_approve(request: Request, pk: int) -> HttpResponse:
    minutes = _minutes(request, pk)
    try:
        permissions.can_approve_minutes(request.user, minutes).enforce()
        later = (
            AgendaItem.objects.filter(
                meeting__committee=minutes.meeting.committee_id,
                meeting__start__gt=minutes.meeting.start,
                meeting__state__in=WERE_HELD,
                is_heading=False,
            )
            .without_paper()
            .select_related("meeting__committee")
        )
        form = ApprovalForm(sent(request), items=later.order_by("meeting__start", "position"))
        if request.method == "POST" and form.is_valid():
            flows.approve_minutes(minutes, by=request.user, **form.cleaned_data)
            messages.success(request, _("The minutes are approved and locked."))
            return redirect(minutes)
    except WrongState as error:
        messages.error(request, str(error))
        return redirect(minutes)
    return form_page(
        request,
        form,
        title=_("Record the approval of the minutes"),
        submit=_("Record the approval"),
        back=minutes.get_absolute_url(),
        back_label=str(minutes),
        intro=_("The committee approves its minutes in a later meeting. Afterwards nobody changes them any more."),
    )
