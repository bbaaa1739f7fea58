# SPDX-License-Identifier: EUPL-1.2
"""What the pages of a recommendation share: fetching, running a flow, refusing a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from core.entry import status_of
from core.errors import NotAllowed, WrongState
from core.series import from_json
from recommendations import flows
from recommendations.authority import who_decides
from recommendations.models import Recommendation

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import HttpResponse

    from accounts.requests import Request
    from core.sentences import Text
    from core.verdicts import Verdict
    from recommendations.models import Evidence


def visible(request: Request, pk: int) -> Recommendation:
    return get_object_or_404(Recommendation.objects.visible_to(request.user).for_display(), pk=pk)


def run(
    request: Request, recommendation: Recommendation, done: str, flow: Callable[..., Any], *args: Any, **kwargs: Any
) -> HttpResponse:
    """Run a flow, say what came of it, and go back to the recommendation. Who may not gets a 403 from above."""
    try:
        flow(recommendation, *args, by=request.user, **kwargs)
    except WrongState as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect(recommendation)


def refuse(request: Request, recommendation: Recommendation, verdict: Verdict) -> None:
    """Whoever may never do this gets no form for it; that they tried is written down."""
    if verdict.error is NotAllowed:
        if request.method == "POST":
            flows.note_refusal(recommendation, by=request.user, reason=verdict.reason)
        verdict.enforce()


def step_page(
    request: Request, form: BaseForm, *, recommendation: Recommendation, title: Text, submit: Text, intro: Text = ""
) -> HttpResponse:
    """One form about a recommendation, beside it who decides here; with errors nothing typed is lost."""
    context = {
        "form": form,
        "title": title,
        "submit": submit,
        "intro": intro,
        "recommendation": recommendation,
        "authority": who_decides(recommendation, request.user),
    }
    return render(request, "recommendations/step.html", context, status=status_of(form))


def with_series(recommendation: Recommendation) -> list[Evidence]:
    evidence = list(recommendation.evidence.select_related("key_figure").prefetch_related("doubts"))
    for one in evidence:
        one.all_series = from_json(one.series)
        one.doubt = next((doubt for doubt in reversed(one.doubts.all()) if doubt.answer != "restored"), None)
    return evidence
