# SPDX-License-Identifier: EUPL-1.2
"""What a committee's result means for the recommendation behind the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from activity.flows import logs_refusals, record, without
from committees.models import Result
from core.errors import Stale
from core.sentences import sentence as _
from recommendations import events, permissions, resolved
from recommendations.flows.locking import locked, signature_of
from recommendations.lifecycle import RECOMMENDATION, Status
from recommendations.models import ResolutionConfirmation

if TYPE_CHECKING:
    from accounts.models import User
    from committees.models import Consultation
    from recommendations.models import Recommendation

STEPS: dict[str, str] = {Result.UNCHANGED: "resolve", Result.CHANGED: "resolve", Result.REJECTED: "refuse"}
EVENTS = {"resolve": events.RESOLVED, "refuse": events.REFUSED, "correct": events.RESULT_CORRECTED}


@without(verdict="whoever recorded the result was asked", refusals="it follows or it does not")
@transaction.atomic
def follow_result(consultation: Consultation, *, by: User | None) -> Recommendation | None:
    """Resolved once the body whose resolution holds has agreed, stopped when it rejects; otherwise on its way.

    Advice, hearings and what was noted move nothing, and neither does a body that decides before another one. What
    is adjourned or referred hands its authority on to the later stop of the same body.
    """
    recommendation = getattr(consultation.paper, "recommendation", None)
    if recommendation is None or not consultation.authoritative:
        return None
    recommendation = locked(recommendation)
    step = STEPS.get(consultation.result)
    if step and RECOMMENDATION.allows(step, recommendation):
        _take(step, recommendation, consultation, by=by)
    return recommendation


@without(verdict="whoever recorded the result was asked", refusals="it follows or it does not")
@transaction.atomic
def follow_correction(consultation: Consultation, *, by: User | None, former: str, held: bool) -> Recommendation | None:
    """The recommendation follows a corrected result as long as it stands where the former one had put it.

    Where it has moved on, nothing moves: its authors and the lead department are told to look at it.
    """
    recommendation = getattr(consultation.paper, "recommendation", None)
    if recommendation is None or not (held or consultation.authoritative):
        return None
    recommendation = locked(recommendation)
    before, after = STEPS.get(former), STEPS.get(consultation.result)
    if before == after:
        return recommendation
    was = RECOMMENDATION.target(before, Status.IN_COMMITTEE) if before else Status.IN_COMMITTEE
    if recommendation.status != was or recommendation.measures.exists():
        record(events.CORRECTION_NOT_FOLLOWED, recommendation, by=by, **_told(consultation))
        return recommendation
    if before:
        _take("correct", recommendation, consultation, by=by)
    if after:
        _take(after, recommendation, consultation, by=by)
    return recommendation


def _take(step: str, recommendation: Recommendation, consultation: Consultation, *, by: User | None) -> None:
    RECOMMENDATION.take(step, recommendation)
    recommendation.save(update_fields=["status", "changed_at"])
    record(EVENTS[step], recommendation, by=by, **_told(consultation))
    if step == "resolve" and consultation.result == Result.CHANGED:
        record(events.RESOLUTION_CHANGED, recommendation, by=by, committee=consultation.committee)


@logs_refusals(events.STEP_REFUSED)
@transaction.atomic
def confirm_resolution(
    recommendation: Recommendation, *, by: User, seen: str, note: str = ""
) -> ResolutionConfirmation:
    """The head of the lead department read how the resolution differs, and goes on with it; now measures may begin.

    ``seen`` is the mark of the words that this person had before them.
    """
    recommendation = locked(recommendation)
    permissions.can_confirm_resolution(by, recommendation).enforce()
    resolution = resolved.unconfirmed(recommendation)
    if resolved.mark_of(resolution) != seen:
        raise Stale(_("Nothing was confirmed. The recorded wording was corrected meanwhile: read it first."))
    signature = signature_of(by, recommendation.lead_department)
    confirmed = ResolutionConfirmation.objects.create(
        recommendation=recommendation,
        consultation=resolution,
        wording=resolution.result_note,
        note=note.strip(),
        by=by,
        by_label=signature,
    )
    record(
        events.RESOLUTION_CONFIRMED,
        recommendation,
        by=by,
        keeps=[confirmed],
        signature=signature,
        committee=resolution.committee,
        note=confirmed.note,
    )
    return confirmed


def _told(consultation: Consultation) -> dict[str, Any]:
    return {"committee": consultation.committee, "result": consultation.result}
