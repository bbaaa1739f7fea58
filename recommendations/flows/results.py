# SPDX-License-Identifier: EUPL-1.2
"""What a committee's result means for the recommendation behind the paper."""

from django.db import transaction
from django.utils.translation import gettext as _

from activity.flows import record, without
from committees.models import Result
from recommendations import events
from recommendations.flows.locking import locked
from recommendations.lifecycle import Status

AGREED = (Result.UNCHANGED, Result.CHANGED)


@without(verdict="whoever recorded the result was asked", refusals="it follows or it does not")
@transaction.atomic
def follow_result(consultation, *, by):
    """Resolved once the body whose resolution holds has agreed, stopped when it rejects; otherwise on its way.

    Advice, hearings and what was noted move nothing, and neither does a body that decides before another one. What
    is adjourned or referred hands its authority on to the later stop of the same body.
    """
    recommendation = getattr(consultation.paper, "recommendation", None)
    if recommendation is None or not consultation.authoritative:
        return None
    recommendation = locked(recommendation)
    if recommendation.status != Status.IN_COMMITTEE:
        return recommendation
    note = _("%(committee)s: %(result)s.") % {
        "committee": consultation.committee,
        "result": consultation.get_result_display(),
    }
    if consultation.result in AGREED:
        return _move(recommendation, Status.RESOLVED, by, note)
    if consultation.result == Result.REJECTED:
        return _move(recommendation, Status.STOPPED, by, note)
    return recommendation


@without(verdict="whoever recorded the result was asked", refusals="it follows or it does not")
@transaction.atomic
def follow_correction(consultation, *, by, former, held):
    """The recommendation follows a corrected result as long as it stands where the former one had put it.

    Where it has moved on, nothing moves: its authors and the lead department are told to look at it.
    """
    recommendation = getattr(consultation.paper, "recommendation", None)
    if recommendation is None or not (held or consultation.authoritative):
        return None
    recommendation = locked(recommendation)
    was, becomes = _state_after(former), _state_after(consultation.result)
    if was == becomes:
        return recommendation
    result = {"committee": str(consultation.committee), "result": str(consultation.get_result_display())}
    if recommendation.status != was or recommendation.measures.exists():
        record(events.CORRECTION_NOT_FOLLOWED, recommendation, by=by, **result)
        return recommendation
    note = _("%(committee)s, corrected: %(result)s.") % result
    return _move(recommendation, becomes, by, note)


def _state_after(result):
    if result in AGREED:
        return Status.RESOLVED
    return Status.STOPPED if result == Result.REJECTED else Status.IN_COMMITTEE


def _move(recommendation, status, by, note):
    recommendation.status = status
    recommendation.save(update_fields=["status", "changed_at"])
    record(events.ADVANCED, recommendation, by=by, status=str(status.label), note=note)
    return recommendation
