# SPDX-License-Identifier: EUPL-1.2
"""Drafting: text and evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import asked
from core.entry import sent, status_of
from core.errors import Stale, WrongState
from indicators.models import Finding, KeyFigure, Region
from indicators.series import snapshot, snapshot_of
from recommendations import flows, permissions
from recommendations.authority import who_decides
from recommendations.forms import (
    EvidenceForm,
    RecommendationForm,
)
from recommendations.models import Evidence
from recommendations.views.common import refuse, run, step_page, visible

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.requests import Request
    from indicators.series import Snapshot


def _figure_from(request: Request) -> Snapshot | None:
    """The figure that the address names: ``?finding=…`` or ``?key_figure=…&region=…&comparison=…``."""
    if (finding := asked.number(request.GET, "finding")) is not None:
        findings = Finding.objects.visible_to(request.user).select_related("key_figure__table")
        return snapshot_of(get_object_or_404(findings, pk=finding))
    if (figure := asked.number(request.GET, "key_figure")) is None:
        return None
    key_figure = get_object_or_404(KeyFigure, pk=figure)
    region = get_object_or_404(Region, pk=asked.text(request.GET, "region"))
    return snapshot(key_figure, region_key=region.key, comparison_key=asked.text(request.GET, "comparison") or None)


def create(request: Request) -> HttpResponse:
    permissions.can_draft(request.user).enforce()
    pin = _figure_from(request)
    form = RecommendationForm(sent(request))
    if request.method == "POST" and form.is_valid():
        recommendation = flows.create(by=request.user, pin=pin, **form.changes())
        messages.success(request, _("The draft is saved."))
        return redirect(recommendation)
    context = {"form": form, "pin": pin, "recommendation": None}
    return render(request, "recommendations/edit.html", context, status=status_of(form))


def edit(request: Request, pk: int) -> HttpResponse:
    recommendation = visible(request, pk)
    try:
        permissions.can_edit(request.user, recommendation).enforce()
    except WrongState as error:
        messages.error(request, str(error))
        return redirect(recommendation)
    may_name_lead = permissions.can_name_lead(request.user, recommendation)
    form = RecommendationForm(
        sent(request),
        instance=recommendation,
        initial={"seen_version": recommendation.version},
        names_lead=bool(may_name_lead),
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            seen = form.cleaned_data["seen_version"]
            flows.edit(recommendation, by=request.user, seen_version=seen, **form.changes())
        except WrongState as error:
            form.add_error(None, str(error))
            if isinstance(error, Stale):
                form.show_both()
            status = 409
        else:
            messages.success(request, _("The draft is saved."))
            return redirect(recommendation)
    context = {
        "form": form,
        "recommendation": recommendation,
        "may_name_lead": may_name_lead,
        "authority": who_decides(recommendation, request.user),
    }
    return render(request, "recommendations/edit.html", context, status=max(status, status_of(form)))


def evidence_add(request: Request, pk: int) -> HttpResponse:
    recommendation = visible(request, pk)
    refuse(request, recommendation, permissions.can_edit(request.user, recommendation))
    form = EvidenceForm(sent(request))
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        comparison = chosen["comparison"]
        pin = snapshot(
            chosen["key_figure"], region_key=chosen["region"].key, comparison_key=comparison.key if comparison else None
        )
        if pin is None:
            form.add_error("region", _("There is no value of this key figure for this region."))
        else:
            return run(request, recommendation, _("The figure is pinned."), flows.pin_evidence, snapshot=pin)
    return step_page(
        request,
        form,
        recommendation=recommendation,
        title=_("Pin a figure"),
        submit=_("Pin the figure"),
        intro=_("The recommendation keeps a copy of value, period, region and source."),
    )


@require_POST
def evidence_remove(request: Request, pk: int, evidence_pk: int) -> HttpResponse:
    recommendation = visible(request, pk)
    evidence = get_object_or_404(Evidence, pk=evidence_pk, recommendation=recommendation)
    return run(request, recommendation, _("The figure is taken off."), flows.remove_evidence, evidence)
