# SPDX-License-Identifier: EUPL-1.2
"""The effect: fixed with the start of measures, looked at on its day, answered by the department."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Department
from core import asked
from core.entry import sent, status_of
from core.errors import NotAllowed, WrongState
from core.pages import page_of
from recommendations import flows, permissions
from recommendations.authority import who_decides
from recommendations.effect import developments
from recommendations.forms import NO_FIGURE, EffectForm, EffectPlanForm, EffectProposalForm
from recommendations.models import EffectReview, Recommendation
from recommendations.views.common import refuse, run, step_page, visible

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.requests import Request

SELECTIONS = {
    "due": gettext_lazy("Due now"),
    "planned": gettext_lazy("Later"),
    "answered": gettext_lazy("Answered"),
    "missing": gettext_lazy("Not fixed yet"),
}


def effect_list(request: Request) -> HttpResponse:
    """What is due, what comes later, what is answered, and where nobody has fixed a review yet."""
    mine = asked.flag(request.GET, "mine")
    reviews = EffectReview.objects.visible_to(request.user)
    missing = Recommendation.objects.visible_to(request.user).without_effect_review()
    if mine:
        reviews, missing = reviews.to_be_answered_by(request.user), missing.of_department(request.user)
    found = {
        "due": reviews.due().order_by("review_on"),
        "planned": reviews.planned().order_by("review_on"),
        "answered": reviews.answered().order_by("-answered_at"),
        "missing": missing.order_by("-changed_at"),
    }
    counts = {name: rows.count() for name, rows in found.items()}
    chosen = asked.text(request.GET, "show")
    if chosen not in found:
        chosen = next((name for name in ("due", "planned", "answered") if counts[name]), "due")
    rows = found[chosen]
    if chosen == "missing":
        page = page_of(request, rows.select_related("lead_department"))
    else:
        page = page_of(
            request, rows.select_related("recommendation__lead_department", "key_figure__table"), per_page=15
        )
    shown = [] if chosen == "missing" else developments(page.object_list)
    answerable = EffectReview.objects.waiting_for(request.user).among([one.review for one in shown])
    for one in shown:  # the rule of can_review_effect, asked once for the whole page
        one.review.may_review = one.review.pk in answerable
    context = {
        "page_obj": page,
        "developments": shown,
        "chosen": chosen,
        "selections": [(name, label, counts[name]) for name, label in SELECTIONS.items()],
        "mine": mine,
        "has_department": Department.objects.any_of(request.user),
        "today": timezone.localdate(),
    }
    return render(request, "recommendations/effect_list.html", context)


def effect_plan(request: Request, pk: int) -> HttpResponse:
    """Fix figure, target and day; a plan that stood before is replaced with a reason."""
    recommendation = visible(request, pk)
    refuse(request, recommendation, permissions.can_plan_effect(request.user, recommendation))
    before = recommendation.effect_reviews.waiting()
    form = EffectPlanForm(
        sent(request),
        recommendation=recommendation,
        before=before,
        initial=_fixed_before(before) if before else {"review_on": recommendation.effect_review_on},
    )
    if request.method == "POST" and form.is_valid():
        try:
            flows.plan_effect(recommendation, by=request.user, **form.plan())
        except WrongState as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The effect review is fixed. Measures can start."))
            return redirect(recommendation.get_absolute_url() + "#effect")
    intro = _("What was written in the recommendation: %(target)s") % {"target": recommendation.effect_target}
    return step_page(
        request,
        form,
        recommendation=recommendation,
        title=_("Fix the effect review"),
        submit=_("Fix the effect review"),
        intro=intro if recommendation.effect_target else "",
    )


def _fixed_before(review: EffectReview) -> dict[str, Any]:
    """What stands fixed, as the form shows it."""
    figure = f"key_figure:{review.key_figure_id}" if review.key_figure_id else NO_FIGURE
    value = review.target_value
    return {
        "figure": figure,
        "direction": review.direction,
        "target_value": None if value is None else round(value, review.decimals),
        "no_figure_reason": review.no_figure_reason,
        "review_on": review.review_on,
    }


def effect_review(request: Request, pk: int) -> HttpResponse:
    """Then, now and target side by side, and the department's paragraph; the office may propose beside it."""
    recommendation = visible(request, pk)
    may_review = permissions.can_review_effect(request.user, recommendation)
    may_propose = permissions.can_propose_effect(request.user, recommendation)
    if request.method == "POST" or may_propose.error is NotAllowed:
        refuse(request, recommendation, may_review)
    if not may_review and not may_propose:
        messages.info(request, str(may_propose.reason))
        return redirect(recommendation)
    review = recommendation.effect_reviews.current()
    proposed = {"effect": review.proposed_effect, "note": review.proposed_note} if review else {}
    form = EffectForm(sent(request), initial={"effect": proposed.get("effect")})
    if request.method == "POST" and form.is_valid():
        return run(request, recommendation, _("The effect review is saved."), flows.review_effect, **form.cleaned_data)
    context = {
        "form": form if may_review else None,
        "proposal_form": EffectProposalForm(initial=proposed) if may_propose else None,
        "recommendation": recommendation,
        "developments": developments([review] if review else []),
        "evidence": recommendation.evidence.all(),
        "verdict": may_review,
        "authority": who_decides(recommendation, request.user),
    }
    return render(request, "recommendations/effect_review.html", context, status=status_of(form))


def effect_propose(request: Request, pk: int) -> HttpResponse:
    recommendation = visible(request, pk)
    refuse(request, recommendation, permissions.can_propose_effect(request.user, recommendation))
    form = EffectProposalForm(sent(request))
    if request.method == "POST" and form.is_valid():
        done = _("The proposal is saved. The department has the word.")
        return run(request, recommendation, done, flows.propose_effect, **form.cleaned_data)
    return step_page(
        request,
        form,
        recommendation=recommendation,
        title=_("Propose to the department"),
        submit=_("Propose"),
    )
