# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction
from django.utils import timezone

from accounts.models import Delegation
from activity.flows import logs_refusals, record, without
from committees import flows as committees
from core import clock
from core.canonical import checksum
from core.errors import WrongState
from core.sentences import sentence as _
from recommendations import events, permissions, sight
from recommendations.content import DEPENDENT_FIELDS, frozen
from recommendations.flows.doubts import notice_changes
from recommendations.flows.locking import close_round, keep_version, locked
from recommendations.lifecycle import RECOMMENDATION
from recommendations.models import APPROVALS, Decision, DecisionKind, Origin, Recommendation

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import Model

    from accounts.models import Department, User
    from core.sentences import Sentence

EVENTS = {
    DecisionKind.APPROVE: events.APPROVED,
    DecisionKind.CHANGED: events.APPROVED_WITH_CHANGES,
    DecisionKind.RETURN: events.RETURNED,
    DecisionKind.DEFER: events.DEFERRED,
    DecisionKind.REJECT: events.REJECTED,
}


@logs_refusals(events.STEP_REFUSED)
@transaction.atomic
def submit(recommendation: Recommendation, *, by: User) -> Recommendation:
    """The office lays the finished text before the head of the lead department."""
    recommendation = locked(recommendation)
    permissions.can_submit(by, recommendation).enforce()
    close_round(recommendation)
    RECOMMENDATION.take("submit", recommendation)
    recommendation.round += 1
    recommendation.submitted_by = by
    recommendation.submitted_at = clock.now()
    recommendation.save()
    record(events.SUBMITTED, recommendation, by=by, department=recommendation.lead_department)
    return recommendation


@logs_refusals(events.STEP_REFUSED)
@transaction.atomic
def take_back(recommendation: Recommendation, *, by: User) -> Recommendation:
    """The office takes the text back to change it; co-signing and submission start anew afterwards."""
    recommendation = locked(recommendation)
    permissions.can_take_back(by, recommendation).enforce()
    close_round(recommendation)
    RECOMMENDATION.take("take_back", recommendation)
    recommendation.save(update_fields=["status", "changed_at"])
    record(events.TAKEN_BACK, recommendation, by=by)
    return recommendation


@logs_refusals(events.STEP_REFUSED)
@transaction.atomic
def withdraw(recommendation: Recommendation, *, by: User, reason: str) -> Recommendation:
    """The office gives the recommendation up before it is decided."""
    recommendation = locked(recommendation)
    permissions.can_withdraw(by, recommendation).enforce()
    if not reason.strip():
        raise WrongState(_("Please write down the reason. It goes to the office and into the record."))
    close_round(recommendation)
    RECOMMENDATION.take("withdraw", recommendation)
    recommendation.deferred_until = None
    recommendation.save(update_fields=["status", "deferred_until", "changed_at"])
    record(events.WITHDRAWN, recommendation, by=by, reason=reason.strip())
    return recommendation


@logs_refusals(events.DECISION_REFUSED)
def decide(
    recommendation: Recommendation,
    *,
    by: User,
    kind: str,
    reason: str = "",
    deferred_until: date | None = None,
    changed_resolution: str = "",
    changed_parts: Mapping[str, str] | None = None,
    seen: str | None = None,
    today: date | None = None,
) -> Decision:
    """The head of the lead department, or the deputy at that moment, decides what they saw, and nobody else does.

    The decision keeps text, evidence and lead department as they were, under a checksum. With changes the
    department's ``changed_resolution`` becomes the frozen text, and with it ``changed_parts``: title, finding, gist and
    costs that depend on it; that is part of the decision and no edit. Raises ``NotAllowed`` for the wrong person,
    ``WrongState`` where it is not submitted, is not what was ``seen``, or a reason is missing.
    """
    notice_changes(recommendation)
    with transaction.atomic():
        recommendation = locked(recommendation)
        kind = DecisionKind(kind)
        permissions.can_decide(by, recommendation, kind).enforce()
        if seen is not None and sight.differences(seen, recommendation):
            raise WrongState(_("Nothing was decided: something changed since you opened this page. Read it first."))
        reason = reason.strip()
        if kind != DecisionKind.APPROVE and not reason:
            raise WrongState(_("Please write down the reason. It goes to the office and into the record."))
        if kind == DecisionKind.DEFER and (not deferred_until or deferred_until <= (today or timezone.localdate())):
            raise WrongState(_("Please name the day on which it comes back, from tomorrow on."))
        proposed_before = ""
        if kind == DecisionKind.CHANGED:
            wording = {"proposed_resolution": changed_resolution, **(changed_parts or {})}
            proposed_before = _change_wording(recommendation, wording)
        return _decide(
            recommendation,
            by,
            kind=kind,
            reason=reason,
            deferred_until=deferred_until if kind == DecisionKind.DEFER else None,
            proposed_before=proposed_before,
        )


def _decide(
    recommendation: Recommendation, by: User, *, kind: DecisionKind, proposed_before: str, **fields: Any
) -> Decision:
    department = cast("Department", recommendation.lead_department)  # without one nobody decides
    content = frozen(recommendation)
    decision = Decision.objects.create(
        recommendation=recommendation,
        round=recommendation.round,
        kind=kind,
        department=department,
        department_label=str(department),
        decided_by=by,
        decided_by_label=by.name,
        in_place_of=Delegation.objects.standing_in(by, department),
        version=recommendation.version,
        content=content,
        content_sha256=checksum(content),
        proposed_before=proposed_before,
        **fields,
    )
    RECOMMENDATION.take(kind, recommendation)
    recommendation.deferred_until = decision.deferred_until
    recommendation.approval = decision if kind in APPROVALS else None
    recommendation.save()
    kept: list[Model] = [decision]
    if proposed_before:
        signature = f"{decision.signature}, {department}"
        kept.append(keep_version(recommendation, by=by, signature=signature, origin=Origin.DECISION))
    record(
        EVENTS[kind],
        recommendation,
        by=by,
        signature=decision.signature,
        department=decision.department_label,
        reason=decision.reason,
        version=decision.version,
        deferred_until=decision.deferred_until,
        sha256=decision.content_sha256,
        keeps=kept,
    )
    return decision


def _change_wording(recommendation: Recommendation, wording: Mapping[str, str]) -> str:
    """Put the department's wording in the place of the office's, and give back the resolution that it had proposed."""
    before, changed = recommendation.proposed_resolution, []
    for field in ("proposed_resolution", *DEPENDENT_FIELDS):
        text = wording.get(field, getattr(recommendation, field)).strip()
        if text.splitlines() != getattr(recommendation, field).strip().splitlines():
            changed.append(field)
            setattr(recommendation, field, text)
    if not changed:
        raise WrongState(_("Please write down the changed proposed resolution, or approve it as it stands."))
    if not recommendation.proposed_resolution or not recommendation.title:
        raise WrongState(_("A decision needs a title and a resolution."))
    recommendation.version += 1
    return before


@logs_refusals(events.STEP_REFUSED)
@transaction.atomic
def reopen(recommendation: Recommendation, *, by: User, reason: str) -> Recommendation:
    """Open a decided matter again: the approval no longer holds, the text can be changed, a new decision is needed."""
    recommendation = locked(recommendation)
    permissions.can_reopen(by, recommendation).enforce()
    if not reason.strip():
        raise WrongState(_("Please write down the reason. It goes to the office and into the record."))
    voided = recommendation.approval
    RECOMMENDATION.take("reopen", recommendation)
    recommendation.approval = None
    recommendation.save(update_fields=["status", "approval", "changed_at"])
    if voided and recommendation.paper:
        committees.take_off_agendas(recommendation.paper, by=by)
    record(
        events.APPROVAL_VOIDED if voided else events.REOPENED,
        recommendation,
        by=by,
        reason=reason.strip(),
        version=voided.version if voided else recommendation.version,
    )
    return recommendation


@without(lock="nothing is changed", verdict="it was refused already", refusals="it writes one down")
@transaction.atomic
def note_hidden_attempt(pk: int, *, by: User) -> None:
    """Write down that somebody tried to decide what they may not even see; the answer stays "not there"."""
    hidden = Recommendation.objects.filter(pk=pk).exclude(pk__in=Recommendation.objects.visible_to(by).values("pk"))
    for recommendation in hidden:
        note_attempt(recommendation, by=by)


@without(lock="nothing is changed", verdict="it was refused already", refusals="it writes one down")
@transaction.atomic
def note_refusal(recommendation: Recommendation, *, by: User, reason: str | Sentence) -> None:
    """Write down an attempt at another step that was refused before it came to its flow."""
    record(events.STEP_REFUSED, recommendation, by=by, reason=reason)


@without(lock="nothing is changed", verdict="it was refused already", refusals="it writes one down")
@transaction.atomic
def note_attempt(recommendation: Recommendation, *, by: User) -> None:
    """Write down an attempt to decide that never came as far as ``decide``, such as one through the admin pages."""
    record(events.DECISION_REFUSED, recommendation, by=by, reason=permissions.can_decide(by, recommendation).reason)


def resubmit_due(*, today: date | None = None) -> int:
    """What was deferred comes back for decision on its day, by itself; the number of those that did."""
    count = 0
    for due in Recommendation.objects.deferral_over(on=today):
        with transaction.atomic():
            recommendation = locked(due)
            if RECOMMENDATION.allows("resubmit", recommendation):
                RECOMMENDATION.take("resubmit", recommendation)
                recommendation.round += 1
                recommendation.deferred_until = None
                recommendation.save(update_fields=["status", "round", "deferred_until", "changed_at"])
                record(events.RESUBMITTED, recommendation, by=None)
                count += 1
    return count
