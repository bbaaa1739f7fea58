# SPDX-License-Identifier: EUPL-1.2
"""The list and the board of recommendations: the same filter in the address, the same saved filters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import asked
from core.pages import page_of
from core.sheets import FORMATS, Sheet, respond
from recommendations import flows, permissions
from recommendations.board import fill
from recommendations.forms import RecommendationFilter
from recommendations.models import Recommendation, SavedFilter
from recommendations.waiting import attach

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.requests import Request

SORTED = {"title": "ascending", "-title": "descending", "lead": "ascending", "-lead": "descending"}


def recommendation_list(request: Request) -> HttpResponse:
    form = RecommendationFilter(request.GET, reader=request.user)
    recommendations = form.apply(Recommendation.objects.visible_to(request.user), request.user)
    recommendations = recommendations.for_display().order_by(form.ordering, "-pk")
    if kind := asked.choice(request.GET, "format", FORMATS):
        return respond(_sheet(attach(recommendations)), kind)
    page = page_of(request, recommendations)
    steps = flows.steps_for(request.user)
    for one in attach(page):
        one.mark = flows.mark_of(one)
    context = {
        **_shared(request, form, "list"),
        "page_obj": page,
        "headings": _headings(form),
        "steps": steps,
        "all_chosen": asked.flag(request.GET, "all"),
    }
    return render(request, "recommendations/list.html", context, status=200)


def board(request: Request) -> HttpResponse:
    form = RecommendationFilter(request.GET, reader=request.user)
    recommendations = form.apply(Recommendation.objects.visible_to(request.user), request.user)
    columns, finished = fill(recommendations)
    context = {
        **_shared(request, form, "board"),
        "columns": [(filled, form.address(status=filled.column.code, order="oldest")) for filled in columns],
        "finished": finished,
        "finished_address": form.address(status="finished"),
        "any": finished or any(filled.count for filled in columns),
    }
    return render(request, "recommendations/board.html", context)


def _shared(request: Request, form: RecommendationFilter, page: str) -> dict[str, Any]:
    address = form.address()
    saved = list(SavedFilter.objects.of(request.user))
    return {
        "form": form,
        "page": page,
        "address": address,
        "saved": saved,
        "current": next((one for one in saved if (one.page, one.query) == (page, address)), None),
        "may_draft": permissions.can_draft(request.user),
    }


def _headings(form: RecommendationFilter) -> dict[str, tuple[str, str | None]]:
    """The sortable headings: label, the address that sorts by it, and how it is sorted now."""
    order = form.wanted.get("order") or ""
    title, lead = ("-title" if order == "title" else "title"), ("-lead" if order == "lead" else "lead")
    changed = "oldest" if order == "" else ""
    return {
        "title": (form.address(order=title), SORTED.get(order) if "title" in order else None),
        "lead": (form.address(order=lead), SORTED.get(order) if "lead" in order else None),
        "changed": (form.address(order=changed), {"": "descending", "oldest": "ascending"}.get(order)),
    }


def _sheet(recommendations: Iterable[Recommendation]) -> Sheet:
    """A list of recommendations to take away, in the order of the page."""
    return Sheet(
        name="empfehlungen",
        title=_("Recommendations"),
        header=[
            _("No."),
            _("Title"),
            _("State"),
            _("Lead department"),
            _("Field of action"),
            _("Responsible level"),
            _("Who must act"),
            _("Since"),
            _("Traffic light"),
            _("Overdue"),
            _("Check evidence"),
            _("Changed on"),
        ],
        rows=[
            [
                one.label,
                one.title,
                str(one.state_label),
                str(one.lead_department or ""),
                str(one.field_of_action or ""),
                str(one.get_responsible_level_display()),
                one.waiting.who,
                timezone.localdate(one.waiting.since) if one.waiting.since else None,
                str(one.waiting.light_label),
                _("yes") if one.waiting.overdue else "",
                _("yes") if one.has_evidence_to_check else "",
                timezone.localdate(one.changed_at),
            ]
            for one in recommendations
        ],
        notes=[_("As of %(day)s.") % {"day": date_format(timezone.localdate(), "d.m.Y")}],
    )
