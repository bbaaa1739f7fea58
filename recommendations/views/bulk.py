# SPDX-License-Identifier: EUPL-1.2
"""One step for several recommendations: chosen on the list, looked at one by one, then confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import asked
from recommendations import flows
from recommendations.forms import RecommendationFilter, WithdrawForm
from recommendations.models import Recommendation

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.models import User
    from accounts.requests import Request
    from recommendations.flows.bulk import Step

MOST = 100  # of one list; more at once nobody looks through


@require_POST
def bulk(request: Request) -> HttpResponse:
    """First the preview, where every single one has its verdict; then, confirmed, the step for those that passed."""
    shown = QueryDict(asked.text(request.POST, "query", longest=2000))
    address = RecommendationFilter(shown, reader=request.user).address()
    back = reverse("recommendations:list") + (f"?{address}" if address else "")
    step = next((step for step in flows.steps_for(request.user) if step.code == asked.text(request.POST, "step")), None)
    chosen = asked.texts(request.POST, "chosen", most=MOST)
    marks = [mark for mark in chosen if re.fullmatch(r"[0-9]{1,9}-[0-9]{1,9}-[0-9]{1,9}-[a-z_]+", mark)]
    if step is None or not marks:
        missing = _("Choose at least one recommendation.") if step else _("Choose what is to be done.")
        messages.error(request, " ".join((missing, _("Nothing was changed."))))
        return redirect(back)
    form = WithdrawForm(request.POST if asked.flag(request.POST, "confirm") else None) if step.asks_reason else None
    context = {"step": step, "query": address, "back": back}
    if asked.flag(request.POST, "confirm") and (form is None or form.is_valid()):
        outcomes = flows.carry_out(step, marks, by=request.user, **(form.cleaned_data if form else {}))
        found = [outcome for outcome in outcomes if outcome]
        context |= {
            "done": [outcome for outcome in found if not outcome.reason],
            "left": [outcome for outcome in found if outcome.reason],
        }
        return render(request, "recommendations/bulk_done.html", context)
    context |= {"form": form, **_preview(request.user, step, marks)}
    return render(request, "recommendations/bulk.html", context, status=422 if form and form.errors else 200)


def _preview(user: User, step: Step, marks: Iterable[str]) -> dict[str, list[Any]]:
    """Which of the chosen ones the step may be taken for, and of the others why not."""
    keys = [mark.partition("-")[0] for mark in marks]
    may, may_not = [], []
    for one in Recommendation.objects.visible_to(user).filter(pk__in=keys).for_display().order_by("pk"):
        one.mark = flows.mark_of(one)
        if verdict := step.verdict(user, one):
            may.append(one)
        else:
            may_not.append((one, verdict.reason))
    return {"may": may, "may_not": may_not}
