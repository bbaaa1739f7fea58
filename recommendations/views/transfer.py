# SPDX-License-Identifier: EUPL-1.2
"""Another lead department: proposing it, and the answer of the two departments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core import asked
from core.entry import sent, status_of
from core.errors import WrongState
from recommendations import flows, permissions
from recommendations.authority import who_decides
from recommendations.forms import TransferAnswerForm, TransferForm
from recommendations.forms.transfer import ACCEPT, REFUSE, RELEASE, WITHDRAW
from recommendations.models import LeadTransfer
from recommendations.views.common import refuse, run, step_page, visible

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.requests import Request
    from recommendations.models import Recommendation

ANSWERS = {
    RELEASE: (permissions.can_release_lead, flows.release_lead),
    ACCEPT: (permissions.can_accept_lead, flows.accept_lead),
    REFUSE: (permissions.can_refuse_transfer, flows.refuse_transfer),
    WITHDRAW: (permissions.can_withdraw_transfer, flows.withdraw_transfer),
}


def transfer_propose(request: Request, pk: int) -> HttpResponse:
    recommendation = visible(request, pk)
    verdict = permissions.can_propose_transfer(request.user, recommendation)
    refuse(request, recommendation, verdict)
    form = TransferForm(sent(request), recommendation=recommendation)
    if request.method == "POST" and form.is_valid():
        done = _("The change is proposed. The heads of both departments are told.")
        return run(request, recommendation, done, flows.propose_transfer, **form.cleaned_data)
    if request.method != "POST" and not verdict:
        messages.info(request, str(verdict.reason))
        return redirect(recommendation)
    return step_page(
        request,
        form,
        recommendation=recommendation,
        title=_("Propose another lead department"),
        submit=_("Propose the change"),
        intro=_(
            "The lead changes when both departments have agreed. A submission then starts anew, "
            "and an approval no longer holds."
        ),
    )


def transfer(request: Request, pk: int) -> HttpResponse:
    """Read the proposal and answer for a department. Who may not answer reads; an attempt is refused and logged."""
    found = get_object_or_404(LeadTransfer.objects.visible_to(request.user).for_display(), pk=pk)
    answers = [answer for answer, (verdict, _flow) in ANSWERS.items() if verdict(request.user, found)]
    wanted = asked.text(request.POST, "answer")
    if request.method == "POST" and (not answers or (wanted in ANSWERS and wanted not in answers)):
        return _answer(
            request, found, wanted if wanted in ANSWERS else RELEASE, asked.text(request.POST, "reason", longest=4000)
        )
    form = TransferAnswerForm(sent(request), answers=answers)
    if request.method == "POST" and form.is_valid():
        return _answer(request, found, wanted, form.cleaned_data.get("reason", ""))
    context = {
        "transfer": found,
        "recommendation": found.recommendation,
        "form": form if answers else None,
        "authority": who_decides(found.recommendation, request.user),
    }
    return render(request, "recommendations/transfer.html", context, status=status_of(form))


def _answer(request: Request, found: LeadTransfer, answer: str, reason: str) -> HttpResponse:
    flow: Any = ANSWERS[answer][1]
    try:
        settled = flow(found, by=request.user, **({"reason": reason} if answer == REFUSE else {}))
    except WrongState as error:
        messages.error(request, str(error))
    else:
        messages.success(request, settled.life.answered)
    return redirect(_page_after(request, found))


def _page_after(request: Request, found: LeadTransfer) -> Recommendation | str:
    """The recommendation, where this person may still see it; otherwise the list of what to decide."""
    still = type(found.recommendation).objects.visible_to(request.user).filter(pk=found.recommendation_id)
    return found.recommendation if still.exists() else "recommendations:decide_list"
