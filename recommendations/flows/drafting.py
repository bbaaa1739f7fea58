# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction

from activity.flows import logs_refusals, record, without
from indicators.flows import keep_finding
from recommendations import events, permissions
from recommendations.flows.locking import keep_version, locked, refuse_stale
from recommendations.models import Evidence, Recommendation

if TYPE_CHECKING:
    from accounts.models import Department, User
    from indicators.series import Snapshot
    from recommendations.models import Version


@logs_refusals(events.STEP_REFUSED)
@without(lock="the recommendation is made here")
@transaction.atomic
def create(
    *, by: User, pin: Snapshot | None = None, involved_departments: Sequence[Department] = (), **fields: Any
) -> Recommendation:
    """The coordination drafts a recommendation, from a figure where there is one (``pin``: a ``Snapshot``)."""
    permissions.can_draft(by).enforce()
    recommendation = Recommendation.objects.create(author=by, last_changed_by=by, **fields)
    recommendation.involved_departments.set(involved_departments)
    evidence = _pin(recommendation, pin, by=by) if pin else None
    record(events.CREATED, recommendation, by=by, keeps=[keep_version(recommendation, by=by)])
    if evidence:
        record(events.EVIDENCE_PINNED, recommendation, by=by, evidence=evidence)
    return recommendation


@logs_refusals(events.STEP_REFUSED)
@transaction.atomic
def edit(
    recommendation: Recommendation,
    *,
    by: User,
    seen_version: int | None = None,
    involved_departments: Sequence[Department] | None = None,
    **fields: str,
) -> Recommendation:
    """Change the draft; whoever saves states the version seen, so that nothing unseen is overwritten."""
    recommendation = locked(recommendation)
    permissions.can_edit(by, recommendation).enforce()
    refuse_stale(recommendation, seen_version)
    changed = [name for name, value in fields.items() if getattr(recommendation, name) != value]
    if "lead_department" in changed:
        permissions.can_name_lead(by, recommendation).enforce()
    if involved_departments is not None:
        before = set(recommendation.involved_departments.values_list("pk", flat=True))
        if before != {department.pk for department in involved_departments}:
            recommendation.involved_departments.set(involved_departments)
            changed.append("involved_departments")
    if not changed:
        return recommendation
    for name in changed:
        if name in fields:
            setattr(recommendation, name, fields[name])
    version = _save_new_version(recommendation, by)
    record(events.CHANGED, recommendation, by=by, version=recommendation.version, fields=changed, keeps=[version])
    return recommendation


@logs_refusals(events.STEP_REFUSED)
@transaction.atomic
def pin_evidence(recommendation: Recommendation, *, by: User, snapshot: Snapshot) -> Recommendation:
    """Pin a figure: a copy of value or sign, period, region and source, which later imports leave alone."""
    recommendation = locked(recommendation)
    permissions.can_edit(by, recommendation).enforce()
    evidence = _pin(recommendation, snapshot, by=by)
    version = _save_new_version(recommendation, by)
    record(events.EVIDENCE_PINNED, recommendation, by=by, evidence=evidence, keeps=[version])
    return recommendation


@logs_refusals(events.STEP_REFUSED)
@transaction.atomic
def remove_evidence(recommendation: Recommendation, evidence: Evidence, *, by: User) -> Recommendation:
    """Take a pinned figure off the draft; the log keeps that it stood there."""
    recommendation = locked(recommendation)
    permissions.can_edit(by, recommendation).enforce()
    recommendation.evidence.filter(pk=evidence.pk).delete()
    version = _save_new_version(recommendation, by)
    record(events.EVIDENCE_REMOVED, recommendation, by=by, evidence=evidence, keeps=[version])
    return recommendation


def _pin(recommendation: Recommendation, snapshot: Snapshot, *, by: User) -> Evidence:
    copied = {
        field: getattr(snapshot, field)
        for field in (
            "key_figure",
            "name",
            "value",
            "sign",
            "quality",
            "unit",
            "decimals",
            "period",
            "region_key",
            "region_name",
            "comparison",
            "series",
            "table_code",
            "source_label",
            "as_of",
            "reading_example",
        )
    }
    finding = snapshot.finding or keep_finding(snapshot, by=by)
    return Evidence.objects.create(recommendation=recommendation, finding=finding, pinned_by=by, **copied)


def _save_new_version(recommendation: Recommendation, by: User) -> Version:
    recommendation.version += 1
    recommendation.last_changed_by = by
    recommendation.save()
    return keep_version(recommendation, by=by)
