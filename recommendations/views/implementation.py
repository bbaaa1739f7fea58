# SPDX-License-Identifier: EUPL-1.2
"""The end of the implementation, the effect review, the end of the matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.entry import sent
from recommendations import flows, permissions
from recommendations.forms import ConcludeForm
from recommendations.views.common import refuse, run, step_page, visible

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.requests import Request


def conclude(request: Request, pk: int) -> HttpResponse:
    recommendation = visible(request, pk)
    verdict = permissions.can_conclude(request.user, recommendation)
    refuse(request, recommendation, verdict)
    if not verdict:
        messages.error(request, str(verdict.reason))
        return redirect(recommendation)
    form = ConcludeForm(sent(request), measures=recommendation.measures.all())
    if request.method == "POST" and form.is_valid():
        return run(request, recommendation, _("The implementation has ended."), flows.conclude, **form.outcome())
    return step_page(
        request,
        form,
        recommendation=recommendation,
        title=_("End the implementation"),
        submit=_("End the implementation"),
        intro=_(
            "Measures that are not done are stopped with the reason that you give. The office and the bodies read it."
        ),
    )


@require_POST
def evaluate(request: Request, pk: int) -> HttpResponse:
    return run(request, visible(request, pk), _("The effect review has begun."), flows.evaluate)


@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    return run(request, visible(request, pk), _("The matter is closed."), flows.close)
