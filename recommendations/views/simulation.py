# SPDX-License-Identifier: EUPL-1.2
"""The simulator: what a chosen person sees and may do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.entry import status_of
from core.pages import page_of
from recommendations import flows, permissions
from recommendations.forms import SimulationForm
from recommendations.models import Recommendation
from recommendations.simulation import answered_for, counts_for, roles_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.requests import Request


@require_safe
def simulator(request: Request) -> HttpResponse:
    """Reading only. Titles stand here only where the reader may see the recommendation too."""
    permissions.can_simulate(request.user).enforce()
    form = SimulationForm(request.GET if "person" in request.GET else None)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        person, chosen = form.cleaned_data["person"], form.cleaned_data["recommendation"]
        flows.note_simulation(person, by=request.user, recommendation=chosen)
        page = page_of(request, Recommendation.objects.visible_to(person).for_display())
        keys = [one.pk for one in page] + ([chosen.pk] if chosen else [])
        mine = Recommendation.objects.visible_to(request.user).filter(pk__in=keys)
        context |= {
            "person": person,
            "roles": roles_of(person),
            "counts": counts_for(person),
            "page_obj": page,
            "answered": answered_for(person, chosen) if chosen else None,
            "titled": set(mine.values_list("pk", flat=True)),
        }
    return render(request, "recommendations/simulator.html", context, status=status_of(form))
