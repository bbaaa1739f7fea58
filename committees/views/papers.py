# SPDX-License-Identifier: EUPL-1.2
"""Papers, their way through the committees, and what came of it."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from activity.models import Event
from committees import flows, permissions
from committees.forms import (
    AnnexForm,
    ConsultationForm,
    PaperFilter,
    PaperForm,
)
from committees.models import Committee, Consultation, Meeting, MeetingState, Paper
from committees.querysets import in_the_house
from core.errors import WrongState
from core.pages import form_page, page_of


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
    paper = get_object_or_404(Paper.objects.known_to(request.user).select_related("lead_department"), pk=pk)
    permissions.can_read_paper(request.user, paper).enforce()
    consultations = list(paper.consultations.select_related("committee", "agenda_item__meeting"))
    for consultation in consultations:
        consultation.may_record = permissions.can_record_result(request.user, consultation)
    house = in_the_house(request.user)
    origin = getattr(paper, "origin", None)
    return render(
        request,
        "committees/paper_detail.html",
        {
            "paper": paper,
            "consultations": consultations,
            "sees_all": Paper.objects.fully_visible_to(request.user).filter(pk=paper.pk).exists(),
            "origin": origin,
            "recommendation": origin.recommendation if origin and house else None,
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
