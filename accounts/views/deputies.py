# SPDX-License-Identifier: EUPL-1.2
"""Deputyships, and the list from which a head chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import flows, permissions, standing
from accounts.forms import CandidateForm, DelegationForm
from accounts.models import Delegation, DeputyCandidate
from core.entry import sent
from core.pages import form_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.requests import Request


def delegation_list(request: Request) -> HttpResponse:
    delegations = standing.with_state(Delegation.objects.visible_to(request.user).in_order())
    context = {
        "delegations": [one for one in delegations if not one.is_over],
        "former": [one for one in delegations if one.is_over],
        "may_delegate": permissions.can_delegate(request.user),
        "candidates": DeputyCandidate.objects.kept_by(request.user),
    }
    return render(request, "accounts/delegation_list.html", context)


def delegation_create(request: Request) -> HttpResponse:
    permissions.can_delegate(request.user).enforce()
    form = DelegationForm(sent(request), head=request.user)
    if request.method == "POST" and form.is_valid():
        chosen = dict(form.cleaned_data)
        flows.delegate(chosen.pop("department"), by=request.user, **chosen)
        messages.success(request, _("The deputy is set."))
        return redirect("accounts:delegation_list")
    back = reverse("accounts:delegation_list")
    return form_page(request, form, title=_("Set a deputy"), back=back, back_label=_("Delegations"))


@require_POST
def delegation_end(request: Request, pk: int) -> HttpResponse:
    delegation = get_object_or_404(Delegation.objects.visible_to(request.user), pk=pk)
    flows.end_delegation(delegation, by=request.user)
    messages.success(request, _("The deputyship is ended."))
    return redirect("accounts:delegation_list")


def candidate_add(request: Request) -> HttpResponse:
    permissions.can_delegate(request.user).enforce()
    form = CandidateForm(sent(request), head=request.user)
    if request.method == "POST" and form.is_valid():
        flows.list_candidate(form.cleaned_data["department"], by=request.user, person=form.cleaned_data["person"])
        messages.success(request, _("Added to the list of possible deputies."))
        return redirect("accounts:delegation_list")
    back = reverse("accounts:delegation_list")
    return form_page(request, form, title=_("Add a possible deputy"), back=back, back_label=_("Delegations"))


@require_POST
def candidate_remove(request: Request, pk: int) -> HttpResponse:
    candidate = get_object_or_404(DeputyCandidate.objects.kept_by(request.user), pk=pk)
    flows.unlist_candidate(candidate, by=request.user)
    messages.success(request, _("Taken off the list."))
    return redirect("accounts:delegation_list")
