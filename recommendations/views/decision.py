# SPDX-License-Identifier: EUPL-1.2
"""Submitting, deciding, reopening."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import asked
from core.canonical import checksum
from core.entry import sent, status_of
from core.errors import Stale, WrongState
from recommendations import flows, permissions, resolved, rounds, sight
from recommendations.authority import who_decides
from recommendations.comparison import words
from recommendations.content import frozen
from recommendations.forms import (
    ConfirmResolutionForm,
    DecisionForm,
    EvidenceCheckForm,
    ReopenForm,
    WithdrawForm,
)
from recommendations.models import DecisionKind
from recommendations.views.common import refuse, run, step_page, visible, with_series

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.requests import Request
    from recommendations.models import Recommendation


@require_POST
def submit(request: Request, pk: int) -> HttpResponse:
    recommendation = visible(request, pk)
    return run(request, recommendation, _("Submitted. The head of the department is told."), flows.submit)


@require_POST
def take_back(request: Request, pk: int) -> HttpResponse:
    return run(request, visible(request, pk), _("Taken back. You can change the text now."), flows.take_back)


def withdraw(request: Request, pk: int) -> HttpResponse:
    recommendation = visible(request, pk)
    refuse(request, recommendation, permissions.can_withdraw(request.user, recommendation))
    form = WithdrawForm(sent(request))
    if request.method == "POST" and form.is_valid():
        done = _("The recommendation is withdrawn.")
        return run(request, recommendation, done, flows.withdraw, **form.cleaned_data)
    return step_page(
        request,
        form,
        recommendation=recommendation,
        title=_("Withdraw the recommendation"),
        submit=_("Withdraw"),
        intro=_("What is withdrawn does not come back. The text stays readable."),
    )


def decide(request: Request, pk: int) -> HttpResponse:
    """Read the proposal, then decide. Whoever may not decide reads why; an attempt is refused and logged."""
    if request.method == "POST":
        flows.note_hidden_attempt(pk, by=request.user)
    recommendation = visible(request, pk)
    verdicts = {kind: permissions.can_decide(request.user, recommendation, kind) for kind in DecisionKind}
    kinds = [kind for kind, verdict in verdicts.items() if verdict]
    # what cannot be chosen now may have been when the page was opened: the flow answers with the reason
    offered = [kind for kind, verdict in verdicts.items() if verdict.error is WrongState] if request.POST else []
    form = DecisionForm(
        sent(request), kinds=kinds + offered, recommendation=recommendation, saw=sight.token(recommendation)
    )
    status, differences = 200, []
    if request.method == "POST":
        if not kinds:
            return _refused_decision(request, recommendation)
        status = 422
        if form.is_valid():
            try:
                decision = flows.decide(recommendation, by=request.user, **form.decided())
            except WrongState as error:
                form.add_error(None, str(error))
                recommendation = visible(request, pk)
                differences = sight.differences(form.cleaned_data["saw"], recommendation)
                form.show_anew(sight.token(recommendation))
                status = 409
            else:
                messages.success(request, _("Your decision is recorded: %(kind)s.") % {"kind": decision.outcome})
                return redirect(recommendation)
    elif not (verdict := permissions.can_decide(request.user, recommendation)):
        messages.info(request, str(verdict.reason))
        return redirect(recommendation)
    held_back = next((verdict.reason for verdict in verdicts.values() if verdict.error is WrongState), "")
    context = {
        **_decision_context(request, recommendation, form),
        "differences": differences,
        "held_back": held_back,
    }
    return render(request, "recommendations/decide.html", context, status=status)


def _refused_decision(request: Request, recommendation: Recommendation) -> HttpResponse:
    """An attempt by somebody who may not: the flow refuses and logs it."""
    kind = asked.text(request.POST, "kind")
    kind = kind if kind in DecisionKind.values else DecisionKind.APPROVE
    try:
        flows.decide(
            recommendation, by=request.user, kind=kind, reason=asked.text(request.POST, "reason", longest=4000)
        )
    except WrongState as error:
        messages.error(request, str(error))
    return redirect(recommendation)


def _decision_context(request: Request, recommendation: Recommendation, form: DecisionForm) -> dict[str, Any]:
    authority = who_decides(recommendation, request.user)
    delegation = next((one for one in authority.delegations if one.deputy_id == request.user.pk), None)
    is_head = any(head.pk == request.user.pk for head in authority.heads)
    return {
        "recommendation": recommendation,
        "form": form,
        "evidence": with_series(recommendation),
        "statements": rounds.of(recommendation),
        "authority": authority,
        "delegation": None if is_head else delegation,
        "sha256": checksum(frozen(recommendation)),
    }


def reopen(request: Request, pk: int) -> HttpResponse:
    recommendation = visible(request, pk)
    refuse(request, recommendation, permissions.can_reopen(request.user, recommendation))
    form = ReopenForm(sent(request))
    if request.method == "POST" and form.is_valid():
        done = _("Reopened. The office changes the text and submits it again.")
        return run(request, recommendation, done, flows.reopen, **form.cleaned_data)
    verdict = permissions.can_reopen(request.user, recommendation)
    if request.method != "POST" and not verdict:
        messages.info(request, str(verdict.reason))
        return redirect(recommendation)
    return step_page(
        request,
        form,
        recommendation=recommendation,
        title=_("Reopen the recommendation"),
        submit=_("Reopen"),
        intro=_("An approval no longer holds then; the department decides anew. The earlier decision stays on record."),
    )


def confirm_resolution(request: Request, pk: int) -> HttpResponse:
    """Read how the resolution differs from the department's text, and go on with it."""
    recommendation = visible(request, pk)
    verdict = permissions.can_confirm_resolution(request.user, recommendation)
    refuse(request, recommendation, verdict)
    if not verdict:
        messages.error(request, str(verdict.reason))
        return redirect(recommendation)
    resolution = resolved.unconfirmed(recommendation)
    form = ConfirmResolutionForm(sent(request), saw=resolved.mark_of(resolution))
    status = status_of(form)
    if request.method == "POST" and form.is_valid():
        seen, note = form.cleaned_data["saw"], form.cleaned_data["note"]
        try:
            flows.confirm_resolution(recommendation, by=request.user, seen=seen, note=note)
        except Stale as error:
            form.add_error(None, str(error))
            form.show_anew(resolved.mark_of(resolution))
            status = 409
        else:
            messages.success(request, _("Confirmed. Measures may begin now."))
            return redirect(recommendation)
    context = {
        "recommendation": recommendation,
        "authority": who_decides(recommendation, request.user),
        "title": _("Confirm the resolution"),
        "submit": _("I have read the difference"),
        "form": form,
        "resolution": resolution,
        "words": words(recommendation.proposed_resolution, resolution.result_note),
        "may_reopen": permissions.can_reopen(request.user, recommendation),
    }
    return render(request, "recommendations/confirm_resolution.html", context, status=status)


def evidence_check(request: Request, pk: int) -> HttpResponse:
    """A pinned figure was changed at its source: say whether what stands on it still holds."""
    recommendation = visible(request, pk)
    verdict = permissions.can_check_evidence(request.user, recommendation)
    refuse(request, recommendation, verdict)
    form = EvidenceCheckForm(sent(request), may_reopen=bool(permissions.can_reopen(request.user, recommendation)))
    if request.method == "POST" and form.is_valid():
        return run(request, recommendation, _("Your answer is recorded."), flows.answer_doubts, **form.cleaned_data)
    if not verdict:
        messages.info(request, str(verdict.reason))
        return redirect(recommendation)
    context = {
        "form": form,
        "recommendation": recommendation,
        "evidence": with_series(recommendation),
        "authority": who_decides(recommendation, request.user),
    }
    return render(request, "recommendations/evidence_check.html", context, status=status_of(form))
