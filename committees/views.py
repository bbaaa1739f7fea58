# SPDX-License-Identifier: EUPL-1.2
from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.flows import sync_roles
from activity.flows import save_recorded
from activity.models import Event
from committees import events, flows, permissions
from committees.deadlines import deadlines_of
from committees.forms import (
    AgendaItemForm,
    AnnexForm,
    CommitteeForm,
    ConsultationForm,
    MeetingForm,
    MembershipForm,
    PaperFilter,
    PaperForm,
    ResultForm,
)
from committees.models import AgendaItem, Committee, Consultation, Meeting, MeetingState, Membership, Paper
from committees.querysets import in_the_house
from core.errors import WrongState
from core.pages import form_page, page_of


def committee_list(request):
    committees = Committee.objects.visible_to(request.user).active()
    return render(
        request,
        "committees/list.html",
        {"committees": committees, "may_create": permissions.can_maintain_committees(request.user)},
    )


def committee_detail(request, pk):
    committee = get_object_or_404(Committee.objects.visible_to(request.user), pk=pk)
    memberships = committee.memberships.select_related("person", "on_behalf_of")
    return render(
        request,
        "committees/detail.html",
        {
            "committee": committee,
            "members": memberships.current(),
            "upcoming": committee.meetings.upcoming(),
            "past": committee.meetings.past()[:10],
            "may_prepare": permissions.can_prepare(request.user, committee),
            "may_maintain": permissions.can_maintain_committees(request.user),
        },
    )


def committee_edit(request, pk=None):
    permissions.can_maintain_committees(request.user).enforce()
    committee = get_object_or_404(Committee.objects.visible_to(request.user), pk=pk) if pk else None
    form = CommitteeForm(request.POST or None, instance=committee)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            saved = save_recorded(
                form, by=request.user, created=events.COMMITTEE_CREATED, changed=events.COMMITTEE_CHANGED
            )
            sync_roles(scope=saved)
        messages.success(request, _("The committee is saved."))
        return redirect(saved)
    title = _("Change committee") if committee else _("New committee")
    return form_page(request, form, title=title, back=reverse("committees:list"), back_label=_("Committees"))


def membership_list(request):
    memberships = Membership.objects.visible_to(request.user).select_related("committee", "person", "on_behalf_of")
    return render(request, "committees/membership_list.html", {"page_obj": page_of(request, memberships.current())})


def membership_create(request, committee_pk):
    committee = get_object_or_404(Committee.objects.visible_to(request.user), pk=committee_pk)
    return _membership_form(request, Membership(committee=committee))


def membership_edit(request, pk):
    return _membership_form(request, get_object_or_404(Membership.objects.visible_to(request.user), pk=pk))


def _membership_form(request, membership):
    committee = membership.committee
    permissions.can_prepare(request.user, committee).enforce()
    form = MembershipForm(request.POST or None, instance=membership)
    if request.method == "POST" and form.is_valid():
        save_recorded(form, by=request.user, created=events.MEMBERSHIP_CREATED, changed=events.MEMBERSHIP_CHANGED)
        messages.success(request, _("The membership is saved."))
        return redirect(committee)
    title = _("Membership in %(committee)s") % {"committee": committee}
    return form_page(request, form, title=title, back=committee.get_absolute_url(), back_label=str(committee))


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


def paper_list(request):
    committees = Committee.objects.visible_to(request.user)
    form = PaperFilter(request.GET, committees=committees)
    papers = form.apply(Paper.objects.visible_to(request.user)).select_related("lead_department")
    return render(
        request,
        "committees/paper_list.html",
        {"page_obj": page_of(request, papers), "form": form, "may_create": permissions.can_create_paper(request.user)},
    )


def paper_detail(request, pk):
    paper = get_object_or_404(Paper.objects.visible_to(request.user).select_related("lead_department"), pk=pk)
    consultations = list(paper.consultations.select_related("committee", "agenda_item__meeting"))
    for consultation in consultations:
        consultation.may_record = permissions.can_record_result(request.user, consultation)
    house = in_the_house(request.user)
    return render(
        request,
        "committees/paper_detail.html",
        {
            "paper": paper,
            "consultations": consultations,
            "sees_all": Paper.objects.fully_visible_to(request.user).filter(pk=paper.pk).exists(),
            "recommendation": getattr(paper, "recommendation", None) if house else None,
            "may_schedule": house or Committee.objects.kept_by(request.user).exists(),
            "may_add_annex": permissions.can_add_annex(request.user, paper),
            "events": Event.objects.about(paper)[:20] if house else [],
        },
    )


def paper_create(request):
    permissions.can_create_paper(request.user).enforce()
    form = PaperForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        paper = flows.create_paper(by=request.user, **form.cleaned_data)
        messages.success(request, _("Paper %(reference)s is made.") % {"reference": paper.reference})
        return redirect(paper)
    return form_page(request, form, title=_("New paper"), back=reverse("committees:paper_list"), back_label=_("Papers"))


def annex_create(request, paper_pk):
    paper = get_object_or_404(Paper.objects.fully_visible_to(request.user), pk=paper_pk)
    permissions.can_add_annex(request.user, paper).enforce()
    form = AnnexForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        flows.add_annex(paper, by=request.user, **form.cleaned_data)
        messages.success(request, _("The annex is saved."))
        return redirect(paper)
    return form_page(request, form, title=_("New annex"), back=paper.get_absolute_url(), back_label=paper.reference)


def consultation_create(request, paper_pk):
    paper = get_object_or_404(Paper.objects.visible_to(request.user), pk=paper_pk)
    meetings = (
        Meeting.objects.visible_to(request.user)
        .upcoming()
        .filter(state__in=(MeetingState.PLANNED, MeetingState.INVITED))
    )
    form = ConsultationForm(request.POST or None, meetings=meetings, initial={"is_public": paper.is_public})
    if request.method == "POST" and form.is_valid():
        try:
            _schedule(paper, form.cleaned_data, by=request.user)
        except WrongState as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The paper is on the agenda."))
        return redirect(paper)
    return form_page(
        request,
        form,
        title=_("Put the paper on an agenda"),
        submit=_("Put on the agenda"),
        back=paper.get_absolute_url(),
        back_label=paper.reference,
    )


@transaction.atomic
def _schedule(paper, chosen, *, by):
    meeting = chosen["meeting"]
    permissions.can_schedule(by, paper, meeting.committee).enforce()
    item = meeting.agenda_items.filter(number=chosen["number"]).first()
    if item is None:
        item = flows.put_on_agenda(
            meeting,
            paper,
            by=by,
            number=chosen["number"],
            is_public=chosen["is_public"],
            non_public_reason=chosen["non_public_reason"],
        )
    flows.schedule(
        paper,
        by=by,
        committee=meeting.committee,
        role=chosen["role"],
        agenda_item=item,
        resolution_text=chosen["resolution_text"],
    )


@require_POST
def consultation_delete(request, pk):
    consultation = get_object_or_404(Consultation.objects.visible_to(request.user), pk=pk)
    try:
        flows.unschedule(consultation, by=request.user)
    except WrongState as error:
        messages.error(request, str(error))
    return redirect(consultation.paper)


def result_record(request, pk):
    consultation = get_object_or_404(
        Consultation.objects.visible_to(request.user).select_related("paper", "committee", "agenda_item__meeting"),
        pk=pk,
    )
    try:
        permissions.can_record_result(request.user, consultation).enforce()
        form = ResultForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            flows.record_result(consultation, by=request.user, **form.cleaned_data)
            messages.success(request, _("The result is recorded."))
            return redirect(consultation.paper)
    except WrongState as error:
        messages.error(request, str(error))
        return redirect(consultation.paper)
    title = _("Result of %(committee)s on paper %(reference)s") % {
        "committee": consultation.committee,
        "reference": consultation.paper.reference,
    }
    intro = _("Recorded is what the committee resolved in its meeting. You do not decide anything here.")
    back = consultation.paper.get_absolute_url()
    return form_page(
        request,
        form,
        title=title,
        submit=_("Record the result"),
        back=back,
        back_label=consultation.paper.reference,
        intro=intro,
    )
