# SPDX-License-Identifier: EUPL-1.2
"""The effect review: fixed when measures start, proposed on by the office, answered by the department."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from activity.flows import logs_refusals, record
from core import clock
from core.errors import WrongState
from core.sentences import sentence as _
from recommendations import events, permissions
from recommendations.effect import baseline_of, developments
from recommendations.flows.locking import locked, signature_of
from recommendations.models import Effect, EffectReview

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from recommendations.effect import Baseline
    from recommendations.models import Recommendation

COPIED = ("key_figure", "region_key", "region_name", "comparison_key", "name", "unit", "decimals")
CARRIED = (
    *COPIED,
    "baseline_value",
    "baseline_sign",
    "baseline_quality",
    "baseline_period",
    "direction",
    "target_value",
    "no_figure_reason",
)


@logs_refusals(events.STEP_REFUSED)
@transaction.atomic
def plan_effect(
    recommendation: Recommendation,
    *,
    by: User,
    review_on: date,
    baseline: Baseline | None = None,
    direction: str = "",
    target_value: int | None = None,
    no_figure_reason: str = "",
    reason: str = "",
    today: date | None = None,
) -> EffectReview:
    """The lead department fixes figure, target and day of the effect review, or why no figure can show the effect.

    A plan that stood before is replaced only with a ``reason`` and stays readable: no target is moved quietly.
    """
    recommendation = locked(recommendation)
    permissions.can_plan_effect(by, recommendation).enforce()
    no_figure_reason = no_figure_reason.strip()
    if baseline is None and not no_figure_reason:
        raise WrongState(_("Choose a figure, or write down why no figure can show the effect."))
    if baseline and (target_value is None or not direction):
        raise WrongState(_("Please enter the target: at least or at most, and a number."))
    if review_on <= (today or timezone.localdate()):
        raise WrongState(_("Please name a day that lies ahead."))
    _replace_open(recommendation, reason)
    copied = {field: getattr(baseline, field) for field in COPIED} if baseline else {}
    if baseline:
        copied |= {f"baseline_{field}": getattr(baseline, field) for field in ("value", "sign", "quality", "period")}
        copied |= {"direction": direction, "target_value": target_value}
    review = EffectReview.objects.create(
        recommendation=recommendation,
        review_on=review_on,
        no_figure_reason="" if baseline else no_figure_reason,
        set_by=by,
        set_by_label=signature_of(by, recommendation.lead_department),
        **copied,
    )
    record(
        events.EFFECT_PLANNED,
        recommendation,
        by=by,
        review_on=review_on,
        what=review,
        reason=reason.strip(),
    )
    return review


def _replace_open(recommendation: Recommendation, reason: str) -> None:
    before = recommendation.effect_reviews.filter(answered_at=None, replaced_at=None).first()
    if before is None:
        return
    if not reason.strip():
        raise WrongState(_("Figure, target and day are fixed already. Please write down why they are changed."))
    before.replaced_at, before.replaced_reason = clock.now(), reason.strip()
    before.save(update_fields=["replaced_at", "replaced_reason"])


@logs_refusals(events.STEP_REFUSED)
@transaction.atomic
def propose_effect(recommendation: Recommendation, *, by: User, effect: str, note: str) -> EffectReview:
    """Coordination or monitoring propose what the figures show; the department confirms or says otherwise."""
    recommendation = locked(recommendation)
    permissions.can_propose_effect(by, recommendation).enforce()
    review = _open_review(recommendation)
    review.proposed_effect, review.proposed_note = Effect(effect), note.strip()
    review.proposed_by, review.proposed_at = by, clock.now()
    review.save()
    record(events.EFFECT_PROPOSED, recommendation, by=by, effect=review.proposed_effect, note=review.proposed_note)
    return review


@logs_refusals(events.STEP_REFUSED)
@transaction.atomic
def review_effect(
    recommendation: Recommendation,
    *,
    by: User,
    effect: str,
    note: str,
    next_review_on: date | None = None,
    today: date | None = None,
) -> Recommendation:
    """The lead department says in one paragraph how the figure developed; never that the measure is the cause.

    Where it is too early to tell, it names the next day, and the same figure, baseline and target are looked at again.
    """
    recommendation = locked(recommendation)
    permissions.can_review_effect(by, recommendation).enforce()
    effect, note = Effect(effect), note.strip()
    if not note:
        raise WrongState(_("Please write one paragraph about the development."))
    too_early = effect == Effect.TOO_EARLY
    if too_early and not (next_review_on and next_review_on > (today or timezone.localdate())):
        raise WrongState(_("Please name the day on which it is looked at again, from tomorrow on."))
    review = _open_review(recommendation)
    (development,) = developments([review])
    if now := development.now:
        review.now_value, review.now_sign = now.value, now.sign or ""
        review.now_quality, review.now_period = now.quality or "", now.period
    review.effect, review.paragraph, review.answered_by = effect, note, by
    review.signature = signature_of(by, recommendation.lead_department)
    review.answered_at = clock.now()
    review.save()
    if too_early:
        carried = {field: getattr(review, field) for field in CARRIED}
        EffectReview.objects.create(  # type: ignore[misc]
            recommendation=recommendation,
            review_on=next_review_on,
            set_by=by,
            set_by_label=review.signature,
            **carried,
        )
    recommendation.effect, recommendation.effect_note = effect, note
    recommendation.save(update_fields=["effect", "effect_note", "changed_at"])
    record(
        events.EFFECT_REVIEWED,
        recommendation,
        by=by,
        signature=review.signature,
        effect=review.effect,
        note=note,
    )
    return recommendation


def _open_review(recommendation: Recommendation) -> EffectReview:
    """The review that is open; otherwise one like the last, or on the first pinned figure, without a target."""
    review = EffectReview.objects.select_for_update(of=("self",)).filter(
        recommendation=recommendation, answered_at=None, replaced_at=None
    )
    if found := review.first():
        return found
    if last := recommendation.effect_reviews.answered().order_by("-pk").first():
        carried = {field: getattr(last, field) for field in CARRIED}
        return EffectReview.objects.create(
            recommendation=recommendation, review_on=timezone.localdate(), set_by_label=last.set_by_label, **carried
        )
    baseline = baseline_of(recommendation.evidence.select_related("finding", "key_figure").first())  # type: ignore[arg-type]
    return EffectReview.objects.create(
        recommendation=recommendation,
        review_on=timezone.localdate(),
        **{field: getattr(baseline, field) for field in COPIED},
        **{f"baseline_{field}": getattr(baseline, field) for field in ("value", "sign", "quality", "period")},
    )


def remind_effects(*, today: date | None = None) -> int:
    """Tell the lead department once that the day of an effect review has come; how many were told of."""
    count = 0
    due = EffectReview.objects.due(on=today).filter(reminded_at=None)
    for review in due.select_related("recommendation", "key_figure"):
        with transaction.atomic():
            still = EffectReview.objects.filter(pk=review.pk, reminded_at=None, answered_at=None, replaced_at=None)
            if still.update(reminded_at=timezone.now()):
                record(events.EFFECT_DUE, review.recommendation, by=None, what=review)
                count += 1
    return count
