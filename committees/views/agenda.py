# SPDX-License-Identifier: EUPL-1.2
"""The agenda as its secretary works on it: everything goes by buttons and fields, without a pointer or a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from committees import flows, permissions
from committees.forms import AgendaItemForm, TemplateForm, UrgencyForm, UrgentItemForm
from committees.models import AgendaItem, AgendaTemplate, Committee, Meeting
from committees.numbering import depth_of, following
from core import asked
from core.entry import sent
from core.errors import WrongState
from core.pages import form_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.requests import Request


def _meeting(request: Request, pk: int) -> Meeting:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).select_related("committee"), pk=pk)
    permissions.can_prepare(request.user, meeting.committee).enforce()
    return meeting


def _item(request: Request, pk: int) -> AgendaItem:
    return get_object_or_404(AgendaItem.objects.visible_to(request.user).select_related("meeting__committee"), pk=pk)


def _agenda_address(meeting: Meeting) -> str:
    return reverse("committees:agenda_edit", args=[meeting.pk])


def agenda_edit(request: Request, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    items = list(meeting.agenda_items.order_by("position").prefetch_related("consultations__paper"))
    parts = []
    for label, public in ((_("Public part"), True), (_("Non-public part"), False)):
        part = [item for item in items if item.is_public == public]
        for place, item in enumerate(part, start=1):
            item.place, item.is_first, item.is_last = place, place == 1, place == len(part)
            item.depth = depth_of(item.number)
            item.focus = _focus(request, item)
        if part:
            parts.append((label, public, part))
    return render(
        request,
        "committees/agenda_edit.html",
        {
            "meeting": meeting,
            "parts": parts,
            "may_change_agenda": permissions.can_change_agenda(request.user, meeting),
            "may_number": permissions.can_number(request.user, meeting),
            "may_add_item": permissions.can_add_item(request.user, meeting),
            "may_add_urgent": permissions.can_add_urgent(request.user, meeting),
        },
    )


def _focus(request: Request, item: AgendaItem) -> str:
    """Which control of the item just moved has the focus: the one used, or its counterpart where that has gone."""
    if asked.text(request.GET, "moved") != str(item.pk):
        return ""
    control = asked.text(request.GET, "control")
    if control == "up" and item.is_first:
        return "down"
    if control == "down" and item.is_last:
        return "up"
    return control


def agenda_item_create(request: Request, meeting_pk: int) -> HttpResponse:
    meeting = _meeting(request, meeting_pk)
    number = following(list(meeting.agenda_items.filter(is_public=True).order_by("position")))
    may_number = permissions.can_number(request.user, meeting)
    form = AgendaItemForm(sent(request), initial={"number": number}, may_number=may_number)
    if request.method == "POST" and form.is_valid():
        try:
            flows.add_agenda_item(meeting, by=request.user, **form.cleaned_data)
        except WrongState as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The item is on the agenda."))
        return redirect(_agenda_address(meeting))
    return form_page(
        request, form, title=_("New agenda item"), back=_agenda_address(meeting), back_label=_("Edit the agenda")
    )


def agenda_item_edit(request: Request, pk: int) -> HttpResponse:
    item = _item(request, pk)
    permissions.can_prepare(request.user, item.meeting.committee).enforce()
    form = AgendaItemForm(sent(request), instance=item, may_number=permissions.can_number(request.user, item.meeting))
    if request.method == "POST" and form.is_valid():
        try:
            flows.edit_agenda_item(item, by=request.user, **form.cleaned_data)
        except WrongState as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The item is saved."))
        return redirect(f"{_agenda_address(item.meeting)}?moved={item.pk}&control=edit")
    return form_page(
        request, form, title=_("Agenda item"), back=_agenda_address(item.meeting), back_label=_("Edit the agenda")
    )


def urgent_create(request: Request, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    form = UrgentItemForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            flows.add_urgent_item(meeting, by=request.user, **form.cleaned_data)
        except WrongState as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The urgent item is on the agenda. The committee votes on taking it on."))
        return redirect(meeting)
    return form_page(
        request,
        form,
        title=_("Urgent item"),
        submit=_("Put on the agenda as urgent"),
        back=meeting.get_absolute_url(),
        back_label=str(meeting),
        intro=_("After the invitation an item comes on the agenda only as an urgent one, with the reason."),
    )


def urgency_record(request: Request, pk: int) -> HttpResponse:
    item = _item(request, pk)
    try:
        permissions.can_keep_record(request.user, item.meeting).enforce()
        form = UrgencyForm(sent(request))
        if request.method == "POST" and form.is_valid():
            accepted = form.cleaned_data["accepted"] == "yes"
            flows.record_urgency(item, by=request.user, accepted=accepted, vote=form.cleaned_data["vote"])
            messages.success(request, _("The vote on the urgency is recorded."))
            return redirect(item.meeting)
    except WrongState as error:
        messages.error(request, str(error))
        return redirect(item.meeting)
    return form_page(
        request,
        form,
        title=_("Vote on the urgency of item %(number)s") % {"number": item.number},
        back=item.meeting.get_absolute_url(),
        back_label=str(item.meeting),
    )


@require_POST
def agenda_item_move(request: Request, pk: int) -> HttpResponse:
    """Up, down, or to a chosen place; the page that follows puts the focus back on the moved item's control.

    The address bears no fragment: with one, browsers leave ``autofocus`` alone.
    """
    item = _item(request, pk)
    control = next((name for name in ("up", "down") if name in request.POST), "to")
    to = asked.number(request.POST, "to")
    chosen = {"to": to} if control == "to" and to is not None else {"up": control == "up"}
    try:
        flows.move_agenda_item(item, by=request.user, **chosen)
    except WrongState as error:
        messages.error(request, str(error))
    return redirect(f"{_agenda_address(item.meeting)}?moved={item.pk}&control={control}")


@require_POST
def agenda_item_delete(request: Request, pk: int) -> HttpResponse:
    item = _item(request, pk)
    try:
        flows.remove_agenda_item(item, by=request.user)
    except WrongState as error:
        messages.error(request, str(error))
    return redirect(_agenda_address(item.meeting))


@require_POST
def agenda_renumber(request: Request, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    try:
        count = flows.renumber(meeting, by=request.user)
    except WrongState as error:
        messages.error(request, str(error))
    else:
        text = ngettext("%(count)s item has a new number.", "%(count)s items have new numbers.", count)
        messages.success(request, text % {"count": count} if count else _("The numbers fit the order already."))
    return redirect(_agenda_address(meeting))


def template_save(request: Request, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    form = TemplateForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            flows.save_template(meeting, by=request.user, name=form.cleaned_data["name"])
        except WrongState as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The template is kept. New meetings of this committee can begin with it."))
        return redirect(_agenda_address(meeting))
    return form_page(
        request,
        form,
        title=_("Keep the agenda as a template"),
        submit=_("Keep the template"),
        back=_agenda_address(meeting),
        back_label=_("Edit the agenda"),
    )


@require_POST
def template_delete(request: Request, pk: int) -> HttpResponse:
    committees = Committee.objects.visible_to(request.user)
    template = get_object_or_404(AgendaTemplate.objects.filter(committee__in=committees.values("pk")), pk=pk)
    flows.delete_template(template, by=request.user)
    messages.success(request, _("The template is dropped. Meetings made from it keep their items."))
    return redirect(template.committee)
