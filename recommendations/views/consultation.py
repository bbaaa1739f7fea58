# SPDX-License-Identifier: EUPL-1.2
"""Work with actors, co-signing, mediation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.entry import sent, status_of
from core.errors import WrongState
from recommendations import flows, permissions
from recommendations.authority import who_decides
from recommendations.forms import (
    CoCreationForm,
    ConsultationForm,
    MediationForm,
    StatementForm,
)
from recommendations.models import Statement
from recommendations.views.common import refuse, run, step_page, visible, with_series

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.requests import Request


def co_create(request: Request, pk: int) -> HttpResponse:
    recommendation = visible(request, pk)
    refuse(request, recommendation, permissions.can_co_create(request.user, recommendation))
    form = CoCreationForm(sent(request))
    if request.method == "POST" and form.is_valid():
        done = _("The work with the actors is recorded.")
        return run(request, recommendation, done, flows.co_create, **form.cleaned_data)
    return step_page(
        request,
        form,
        recommendation=recommendation,
        title=_("Record the work with actors"),
        submit=_("Record"),
    )


def consultation_start(request: Request, pk: int) -> HttpResponse:
    recommendation = visible(request, pk)
    refuse(request, recommendation, permissions.can_start_consultation(request.user, recommendation))
    form = ConsultationForm(sent(request), recommendation=recommendation)
    if request.method == "POST" and form.is_valid():
        done = _("Co-signing has begun. The departments are told.")
        return run(request, recommendation, done, flows.start_consultation, **form.cleaned_data)
    return step_page(
        request,
        form,
        recommendation=recommendation,
        title=_("Start co-signing"),
        submit=_("Ask for statements"),
    )


def cosign(request: Request, pk: int) -> HttpResponse:
    statement = get_object_or_404(
        Statement.objects.visible_to(request.user).select_related("recommendation", "department", "actor"), pk=pk
    )
    recommendation = statement.recommendation
    form = StatementForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            flows.sign(statement, by=request.user, **form.cleaned_data)
        except WrongState as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The statement is given."))
        return redirect(recommendation)
    try:
        permissions.can_sign(request.user, statement).enforce()
    except WrongState as error:
        messages.error(request, str(error))
        return redirect(recommendation)
    context = {
        "form": form,
        "statement": statement,
        "recommendation": recommendation,
        "evidence": with_series(recommendation),
        "authority": who_decides(recommendation, request.user),
    }
    return render(request, "recommendations/cosign.html", context, status=status_of(form))


def mediate(request: Request, pk: int) -> HttpResponse:
    statement = get_object_or_404(
        Statement.objects.visible_to(request.user).select_related("recommendation", "department", "actor"), pk=pk
    )
    form = MediationForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            flows.mediate(statement, by=request.user, **form.cleaned_data)
        except WrongState as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The mediation is recorded."))
        return redirect(statement.recommendation)
    permissions.can_draft(request.user).enforce()
    return step_page(
        request,
        form,
        recommendation=statement.recommendation,
        title=_("Mediate the dissent of %(body)s") % {"body": statement.body},
        submit=_("Record the mediation"),
        intro=statement.remarks,
    )


@require_POST
def remind(request: Request, pk: int) -> HttpResponse:
    statement = get_object_or_404(Statement.objects.visible_to(request.user).select_related("recommendation"), pk=pk)
    try:
        flows.remind(statement, by=request.user)
    except WrongState as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(body)s was reminded.") % {"body": statement.body})
    return redirect(statement.recommendation)
