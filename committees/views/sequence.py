# SPDX-License-Identifier: EUPL-1.2
"""The sequence of consultations: bodies in order, each with a role, a day and a wording of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from committees import flows, permissions
from committees.forms import ConsultationForm, PlaceForm, RewordForm, StopForm
from committees.models import Committee, Consultation, Paper
from committees.planner import remarks_on_slot
from committees.plans import open_meetings, slot_of
from core.entry import sent
from core.errors import WrongState
from core.pages import form_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.models import User
    from accounts.requests import Request
    from committees.models import AgendaItem
    from committees.planner import Remark
    from committees.querysets import CommitteeQuerySet


def _extended(request: Request, pk: int) -> tuple[Paper, CommitteeQuerySet]:
    """The paper, and the bodies before which this person may bring it; nobody is shown a form that leads nowhere."""
    paper = get_object_or_404(Paper.objects.visible_to(request.user), pk=pk)
    permissions.can_extend_sequence(request.user, paper).enforce()
    return paper, Committee.objects.visible_to(request.user).active().open_for(request.user, paper)


def _stop(request: Request, pk: int) -> Consultation:
    stops = Consultation.objects.of_a_paper().visible_to(request.user)
    return get_object_or_404(stops.select_related("paper", "committee", "agenda_item__meeting"), pk=pk)


def stop_create(request: Request, paper_pk: int) -> HttpResponse:
    """Plan a body without a day."""
    paper, committees = _extended(request, paper_pk)
    form = StopForm(sent(request), committees=committees)
    if request.method == "POST" and form.is_valid():
        flows.schedule(paper, by=request.user, **form.cleaned_data)
        messages.success(request, _("The body is in the sequence. The planner finds its meeting."))
        return redirect(paper)
    return form_page(
        request,
        form,
        title=_("Plan a body"),
        submit=_("Add to the sequence"),
        back=paper.get_absolute_url(),
        back_label=paper.reference,
        intro=_("The meeting is found later, by the planner or by hand."),
    )


def consultation_create(request: Request, paper_pk: int) -> HttpResponse:
    """A new stop that is put on an agenda at once."""
    paper, committees = _extended(request, paper_pk)
    form = ConsultationForm(
        sent(request),
        meetings=open_meetings(request.user).filter(committee__in=committees.values("pk")),
        supplement_to=paper.supplement_to_id,
        initial={"is_public": paper.is_public, **_urgency(paper)},
    )
    if request.method == "POST" and form.is_valid() and not form.hold(_remarks(paper, form)):
        return _done(request, paper, lambda: _schedule(paper, form.cleaned_data, by=request.user))
    return _agenda_page(request, form, paper)


def consultation_place(request: Request, pk: int) -> HttpResponse:
    """A planned stop gets its meeting."""
    stop = _stop(request, pk)
    paper = stop.paper
    permissions.can_schedule(request.user, paper, stop.committee).enforce()
    meetings = open_meetings(request.user).filter(committee=stop.committee)
    form = PlaceForm(
        sent(request),
        meetings=meetings,
        supplement_to=paper.supplement_to_id,
        initial={
            "is_public": paper.is_public,
            "non_public_reason": paper.non_public_reason,
            **_urgency(paper),
        },
    )
    if request.method == "POST" and form.is_valid() and not form.hold(_remarks(paper, form)):
        return _done(request, paper, lambda: _place(stop, form.cleaned_data, by=request.user))
    return _agenda_page(request, form, paper)


def _urgency(paper: Paper) -> dict[Any, Any]:
    """What an urgent paper says of itself already."""
    if not paper.is_urgent:
        return {}
    return {"urgent_reason": paper.urgency_reason, "urgent_requested_by": str(paper.lead_department)}


def _remarks(paper: Paper, form: PlaceForm) -> list[Remark]:
    """What the planner says before the paper goes on this agenda."""
    slot = slot_of(form.cleaned_data["meeting"])
    return remarks_on_slot(slot, today=timezone.localdate(), is_urgent=paper.is_urgent)


def _agenda_page(request: Request, form: PlaceForm, paper: Paper) -> HttpResponse:
    return form_page(
        request,
        form,
        title=_("Put the paper on an agenda"),
        submit=_("Put on the agenda"),
        back=paper.get_absolute_url(),
        back_label=paper.reference,
    )


def _done(request: Request, paper: Paper, change: Callable[..., Any]) -> HttpResponse:
    try:
        change()
    except WrongState as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The paper is on the agenda."))
    return redirect(paper)


def _item(paper: Paper, chosen: Mapping[str, Any], *, by: User) -> AgendaItem:
    """The item of the paper that is supplemented, otherwise a new one."""
    meeting = chosen["meeting"]
    permissions.can_schedule(by, paper, meeting.committee).enforce()
    return chosen["item"] or flows.put_on_agenda(
        meeting,
        paper,
        by=by,
        is_public=chosen["is_public"],
        non_public_reason=chosen["non_public_reason"],
        urgent_reason=chosen["urgent_reason"],
        urgent_requested_by=chosen["urgent_requested_by"],
    )


@transaction.atomic
def _schedule(paper: Paper, chosen: Mapping[str, Any], *, by: User) -> None:
    flows.schedule(
        paper,
        by=by,
        committee=chosen["meeting"].committee,
        role=chosen["role"],
        agenda_item=_item(paper, chosen, by=by),
        resolution_text=chosen["resolution_text"],
    )


@transaction.atomic
def _place(stop: Consultation, chosen: Mapping[str, Any], *, by: User) -> None:
    flows.place(stop, by=by, agenda_item=_item(stop.paper, chosen, by=by))


def consultation_edit(request: Request, pk: int) -> HttpResponse:
    """What the body is asked to do, in its own wording."""
    stop = _stop(request, pk)
    permissions.can_schedule(request.user, stop.paper, stop.committee).enforce()
    form = RewordForm(sent(request), initial={"role": stop.role, "resolution_text": stop.resolution_text})
    if request.method == "POST" and form.is_valid():
        try:
            flows.reword(stop, by=request.user, **form.cleaned_data)
        except WrongState as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The stop is saved."))
        return redirect(stop.paper)
    title = _("%(committee)s: role and wording") % {"committee": stop.committee}
    return form_page(request, form, title=title, back=stop.paper.get_absolute_url(), back_label=stop.paper.reference)


def _change(request: Request, pk: int, change: Callable[..., Any], done: str = "") -> HttpResponse:
    stop = _stop(request, pk)
    try:
        change(stop)
    except WrongState as error:
        messages.error(request, str(error))
    else:
        if done:
            messages.success(request, done)
    return redirect(stop.paper)


@require_POST
def consultation_move(request: Request, pk: int) -> HttpResponse:
    return _change(request, pk, lambda stop: flows.move_consultation(stop, by=request.user, up="up" in request.POST))


@require_POST
def consultation_release(request: Request, pk: int) -> HttpResponse:
    done = _("The paper is off this agenda. The body stays in the sequence.")
    return _change(request, pk, lambda stop: flows.release(stop, by=request.user), done)


@require_POST
def consultation_decides(request: Request, pk: int) -> HttpResponse:
    return _change(request, pk, lambda stop: flows.make_authoritative(stop, by=request.user))


@require_POST
def consultation_delete(request: Request, pk: int) -> HttpResponse:
    return _change(request, pk, lambda stop: flows.unschedule(stop, by=request.user))
