# SPDX-License-Identifier: EUPL-1.2
"""The page of a yearly report: what people write, beside the numbers that stand in it already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from committees.querysets import in_the_house
from core.entry import sent, status_of
from reports import passage_flows
from reports.kinds import activity_report
from reports.passage_forms import PassagesForm
from reports.passages import ActivityReport

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.requests import Request

FIRST_YEAR, LAST_YEAR = 2000, 2100


@require_safe
def activity_reports(request: Request) -> HttpResponse:
    """All years with a report, and the ones that can be begun."""
    if not in_the_house(request.user):
        raise Http404
    reports = list(ActivityReport.objects.all())
    this_year = timezone.localdate().year
    begun = {report.year for report in reports}
    new = [year for year in (this_year, this_year - 1) if year not in begun]
    may_write = passage_flows.can_write(request.user)
    return render(
        request,
        "reports/activity_reports.html",
        {"reports": reports, "new": new if may_write else [], "may": may_write},
    )


@require_POST
def activity_report_begin(request: Request, year: int) -> HttpResponse:
    """Begin the report of a year; asking twice changes nothing."""
    if not in_the_house(request.user) or not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    return redirect(passage_flows.begin(year, by=request.user))


def activity_report_page(request: Request, year: int) -> HttpResponse:
    """The passages in a form for the coordination, and every number as it would be printed now."""
    if not in_the_house(request.user):
        raise Http404
    report = get_object_or_404(ActivityReport, year=year)
    may_write = passage_flows.can_write(request.user)
    if request.method == "POST":
        may_write.enforce()
    form = PassagesForm(sent(request), report=report)
    if request.method == "POST" and form.is_valid():
        changed = passage_flows.write(
            report, form.passages(), key_figure=form.cleaned_data["key_figure"], by=request.user
        )
        messages.success(request, _("The passages are saved.") if changed else _("Nothing was changed."))
        return redirect(report)
    content = activity_report.build(report, "full")
    context = activity_report.context(content)
    return render(
        request,
        "reports/activity_report.html",
        {
            "report": report,
            "form": form if may_write else None,
            "verdict": may_write,
            "figures": context["figures"],
            "opening": context["opening"],
            "chapters": context["chapters"],
            "as_of": content["as_of"],
        },
        status=status_of(form),
    )
