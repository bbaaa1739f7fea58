# SPDX-License-Identifier: EUPL-1.2
"""The register of resolutions, of one body and over all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, render

from committees import register
from committees.forms import RegisterFilter
from committees.models import Committee, Consultation
from core import asked, sheets
from core.pages import page_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.requests import Request


def resolution_list(request: Request, pk: int | None = None) -> HttpResponse:
    """Resolutions the reader may see, to search and to take away; of one body where the address names it."""
    bodies = Committee.objects.visible_to(request.user)
    committee = get_object_or_404(bodies, pk=pk) if pk else None
    resolutions = Consultation.objects.visible_to(request.user).recorded()
    if committee:
        resolutions = resolutions.filter(committee=committee)
    form = RegisterFilter(request.GET, committees=bodies, years=resolutions.years(), of_one=committee is not None)
    resolutions = form.apply(resolutions).for_display().latest_first()
    if kind := asked.choice(request.GET, "format", sheets.FORMATS):
        return sheets.respond(register.sheet(resolutions, committee), kind)
    context = {"committee": committee, "form": form, "page_obj": page_of(request, resolutions)}
    return render(request, "committees/resolution_list.html", context)
