# SPDX-License-Identifier: EUPL-1.2
"""From the first measure to the end of the matter: each state follows from what the measures and the review say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from activity.flows import logs_refusals, record, without
from core.errors import WrongState
from core.sentences import sentence as _
from recommendations import events, permissions
from recommendations.flows.locking import locked
from recommendations.lifecycle import RECOMMENDATION, UNFINISHED, MeasureStatus
from recommendations.models import Light

if TYPE_CHECKING:
    from accounts.models import User
    from activity.kinds import Kind
    from recommendations.models import Measure, Recommendation


@without(
    lock="whoever reports holds the recommendation",
    verdict="it follows from a report that was allowed",
    refusals="nothing is asked",
)
def follow_measure(recommendation: Recommendation, measure: Measure, *, by: User) -> None:
    """With its first measure a recommendation is being implemented, and without one it is not any more."""
    begun = recommendation.measures.begun().exists()
    if begun and RECOMMENDATION.allows("begin", recommendation):
        _take("begin", recommendation, events.IMPLEMENTATION_BEGUN, by=by, measure=measure.title)
    elif not begun and RECOMMENDATION.allows("unbegin", recommendation):
        step = "unbegin_resolved" if recommendation.paper_id else "unbegin"
        _take(step, recommendation, events.NOT_BEGUN, by=by, measure=measure.title)


@logs_refusals(events.STEP_REFUSED)
@transaction.atomic
def conclude(
    recommendation: Recommendation,
    *,
    by: User,
    reasons: Mapping[int, str] | None = None,
    partly: bool = False,
    note: str = "",
) -> Recommendation:
    """The lead department ends the implementation: what is not done is stopped with its reason (``{pk: reason}``).

    The outcome follows from the measures. Where some are done and some are not, the department says whether the
    matter is implemented without them or only ``partly``.
    """
    recommendation = locked(recommendation)
    permissions.can_conclude(by, recommendation).enforce()
    measures = list(recommendation.measures.select_for_update(of=("self",)))
    for measure in measures:
        if measure.status in UNFINISHED:
            _stop(measure, (reasons or {}).get(measure.pk, "").strip(), by=by)
    done = sum(measure.life.is_done for measure in measures)
    if not done and not note.strip():
        raise WrongState(_("No measure is done. Please write down why the implementation ends."))
    step = "give_up" if not done else "conclude_partly" if partly and done < len(measures) else "conclude"
    outcome = RECOMMENDATION.target(step, recommendation.status)
    return _take(step, recommendation, events.CONCLUDED, by=by, outcome=outcome, note=note.strip())


def _stop(measure: Measure, reason: str, *, by: User) -> None:
    if not reason:
        raise WrongState(_("Please write down for “%(measure)s” why it is not done.") % {"measure": measure.title})
    measure.status, measure.light, measure.delay_reason = MeasureStatus.STOPPED, Light.GREEN, ""
    measure.stop_reason = reason
    measure.version += 1
    measure.save()
    record(
        events.MEASURE_REPORTED,
        measure.recommendation,
        by=by,
        measure=measure.title,
        measure_id=measure.pk,
        state=measure,
        reason=reason,
    )


@logs_refusals(events.STEP_REFUSED)
@transaction.atomic
def evaluate(recommendation: Recommendation, *, by: User) -> Recommendation:
    """The office begins the effect review of what was implemented."""
    recommendation = locked(recommendation)
    permissions.can_evaluate(by, recommendation).enforce()
    return _take("evaluate", recommendation, events.EVALUATION_BEGUN, by=by)


@logs_refusals(events.STEP_REFUSED)
@transaction.atomic
def close(recommendation: Recommendation, *, by: User) -> Recommendation:
    """The office closes the matter after the department's word on the effect, or after it was stopped."""
    recommendation = locked(recommendation)
    permissions.can_close(by, recommendation).enforce()
    return _take("close", recommendation, events.CLOSED, by=by)


def _take(step: str, recommendation: Recommendation, kind: Kind, *, by: User, **data: Any) -> Recommendation:
    RECOMMENDATION.take(step, recommendation)
    recommendation.save(update_fields=["status", "changed_at"])
    record(kind, recommendation, by=by, **data)
    return recommendation
