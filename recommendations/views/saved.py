# SPDX-License-Identifier: EUPL-1.2
"""Saved filters: each person keeps and changes only their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import asked
from core.entry import sent, status_of
from recommendations.forms import RecommendationFilter, SavedFilterForm
from recommendations.models import Page, SavedFilter

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.requests import Request


@require_POST
def filter_save(request: Request) -> HttpResponse:
    """Keep what the list or the board shows under a name; only what the filter's form understands is kept."""
    chosen = RecommendationFilter(QueryDict(asked.text(request.POST, "query", longest=2000)), reader=request.user)
    page = asked.text(request.POST, "page")
    kept = SavedFilter(page=page if page in Page.values else Page.LIST, query=chosen.address())
    form = SavedFilterForm(request.POST, instance=kept, owner=request.user)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect(kept)
    form.save()
    messages.success(request, _("The filter “%(name)s” is saved.") % {"name": kept.name})
    return redirect(kept)


def filter_list(request: Request) -> HttpResponse:
    return render(request, "recommendations/filter_list.html", {"saved": SavedFilter.objects.of(request.user)})


def filter_edit(request: Request, pk: int) -> HttpResponse:
    """Give an own filter another name, or take it off."""
    kept = get_object_or_404(SavedFilter.objects.of(request.user), pk=pk)
    if request.method == "POST" and asked.flag(request.POST, "delete"):
        kept.delete()
        messages.success(request, _("The filter is deleted. Recommendations are not touched by that."))
        return redirect("recommendations:filter_list")
    form = SavedFilterForm(sent(request), instance=kept, owner=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The filter is renamed."))
        return redirect("recommendations:filter_list")
    context = {"form": form, "kept": SavedFilter.objects.get(pk=pk)}
    return render(request, "recommendations/filter_edit.html", context, status=status_of(form))
