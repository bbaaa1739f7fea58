# SPDX-License-Identifier: EUPL-1.2
"""Meetings and their agenda."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from activity.flows import save_recorded
from committees import events, flows, permissions
from committees.deadlines import deadlines_of
from committees.forms import (
    AgendaItemForm,
    MeetingForm,
)
from committees.models import AgendaItem, Committee, Meeting, MeetingState
from committees.querysets import in_the_house
from core.errors import WrongState
from core.pages import form_page, page_of


def meeting_list(request):
    meetings = (
        Meeting.objects.visible_to(request.user)
        .select_related("committee")
        .prefetch_related("agenda_items__consultations__paper")
    )
    own = Committee.objects.of_member(request.user)
    if own.exists() and not in_the_house(request.user):
        meetings = meetings.filter(committee__in=own)
    past = request.GET.get("when") == "past"
    shown = meetings.past() if past else meetings.upcoming()
    return render(
        request, "committees/meeting_list.html", {"page_obj": page_of(request, shown, per_page=10), "past": past}
    )


def meeting_detail(request, pk):
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).select_related("committee"), pk=pk)
    items = list(
        AgendaItem.objects.visible_to(request.user)
        .filter(meeting=meeting)
        .prefetch_related("consultations__paper", "consultations__committee")
    )
    may_prepare = permissions.can_prepare(request.user, meeting.committee)
    return render(
        request,
        "committees/meeting_detail.html",
        {
            "meeting": meeting,
            "public_items": [item for item in items if item.is_public],
            "closed_items": [item for item in items if not item.is_public],
            "deadlines": deadlines_of(meeting),
            "may_prepare": may_prepare,
            "may_change_agenda": permissions.can_change_agenda(request.user, meeting),
            "may_record": may_prepare and meeting.state in (MeetingState.HELD, MeetingState.CLOSED),
            "next_states": [(state, state.label) for state in flows.NEXT_STATES[MeetingState(meeting.state)]],
            "today": timezone.localdate(),
        },
    )


def meeting_create(request, committee_pk):
    committee = get_object_or_404(Committee.objects.visible_to(request.user), pk=committee_pk)
    return _meeting_form(request, Meeting(committee=committee))


def meeting_edit(request, pk):
    return _meeting_form(request, get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk))


def _meeting_form(request, meeting):
    permissions.can_prepare(request.user, meeting.committee).enforce()
    form = MeetingForm(request.POST or None, instance=meeting)
    if request.method == "POST" and form.is_valid():
        saved = save_recorded(form, by=request.user, created=events.MEETING_CREATED, changed=events.MEETING_CHANGED)
        messages.success(request, _("The meeting is saved."))
        return redirect(saved)
    title = _("Meeting of %(committee)s") % {"committee": meeting.committee}
    back = meeting.committee.get_absolute_url()
    return form_page(request, form, title=title, back=back, back_label=str(meeting.committee))


@require_POST
def meeting_state(request, pk):
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    try:
        flows.set_meeting_state(meeting, by=request.user, state=request.POST.get("state", ""))
    except (WrongState, ValueError) as error:
        messages.error(request, str(error) if isinstance(error, WrongState) else _("Please choose a state."))
    else:
        messages.success(request, _("The state of the meeting is saved."))
    return redirect(meeting)


def agenda_item_create(request, meeting_pk):
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=meeting_pk)
    permissions.can_prepare(request.user, meeting.committee).enforce()
    form = AgendaItemForm(request.POST or None, initial={"number": str(meeting.agenda_items.count() + 1)})
    if request.method == "POST" and form.is_valid():
        try:
            flows.add_agenda_item(meeting, by=request.user, **form.cleaned_data)
        except WrongState as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The item is on the agenda."))
        return redirect(meeting)
    return form_page(
        request, form, title=_("New agenda item"), back=meeting.get_absolute_url(), back_label=str(meeting)
    )


@require_POST
def agenda_item_move(request, pk):
    return _change_agenda(
        request, pk, lambda item: flows.move_agenda_item(item, by=request.user, up="up" in request.POST)
    )


@require_POST
def agenda_item_delete(request, pk):
    return _change_agenda(request, pk, lambda item: flows.remove_agenda_item(item, by=request.user))


def _change_agenda(request, pk, change):
    item = get_object_or_404(AgendaItem.objects.visible_to(request.user).select_related("meeting__committee"), pk=pk)
    try:
        change(item)
    except WrongState as error:
        messages.error(request, str(error))
    return redirect(item.meeting)
