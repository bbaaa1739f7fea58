# SPDX-License-Identifier: EUPL-1.2
"""Papers, and the follow-up of resolutions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from committees.models import AgendaItem, Committee, Paper
from core import asked
from core.entry import sent, status_of
from core.errors import WrongState
from core.pages import page_of
from core.sheets import FORMATS, respond
from recommendations import flows, permissions
from recommendations import tracking as follow_up
from recommendations.forms import PaperForm, TrackingFilter
from recommendations.views.common import refuse, step_page, visible

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.requests import Request


def make_paper(request: Request, pk: int) -> HttpResponse:
    recommendation = visible(request, pk)
    refuse(request, recommendation, permissions.can_make_paper(request.user, recommendation))
    form = PaperForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            paper = flows.make_paper(recommendation, by=request.user, **form.cleaned_data)
        except WrongState as error:
            messages.error(request, str(error))
            return redirect(recommendation)
        messages.success(
            request, _("Paper %(reference)s is made. Put it on the agendas now.") % {"reference": paper.reference}
        )
        return redirect("committees:consultation_create", paper.pk)
    return step_page(
        request,
        form,
        recommendation=recommendation,
        title=_("Make a paper"),
        submit=_("Make the paper"),
        intro=_("The paper takes the wording that the department approved. Its number is drawn now."),
    )


def tracking(request: Request) -> HttpResponse:
    """Follow-up of resolutions: of a body or of all, as page, CSV and XLSX; only what the reader may see."""
    form = TrackingFilter(request.GET, committees=Committee.objects.visible_to(request.user))
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        committee = form.cleaned_data["committee"]
        rows = follow_up.rows(
            Paper.objects.visible_to(request.user), AgendaItem.objects.open_to(request.user), **form.cleaned_data
        )
        if kind := asked.choice(request.GET, "format", FORMATS):
            return respond(follow_up.sheet(rows, committee), kind)
        context |= {"committee": committee, "page_obj": page_of(request, rows)}
        if committee:
            context |= {
                "next_report": follow_up.next_report(committee),
                "may_report": permissions.can_report_done(request.user, committee),
                "any_done": any(row.measure and row.measure.life.is_done for row in rows),
            }
    return render(request, "recommendations/tracking.html", context, status=status_of(form))


@require_POST
def tracking_report(request: Request, committee_pk: int) -> HttpResponse:
    committee = get_object_or_404(Committee.objects.visible_to(request.user), pk=committee_pk)
    papers, items = Paper.objects.visible_to(request.user), AgendaItem.objects.open_to(request.user)
    rows = follow_up.rows(papers, items, committee=committee)
    count = flows.report_done([row.measure for row in rows if row.measure], committee, by=request.user)
    messages.success(request, _("Noted as reported: %(count)s.") % {"count": count})
    return redirect(reverse("recommendations:tracking") + f"?committee={committee.pk}")
