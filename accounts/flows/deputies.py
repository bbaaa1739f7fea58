# SPDX-License-Identifier: EUPL-1.2
"""Who stands in for a head, and from which list the head may choose."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from django.db import transaction

from accounts import events, permissions
from accounts.models import Delegation, Department, DeputyCandidate
from activity.flows import logs_refusals, record
from core import clock

if TYPE_CHECKING:
    from datetime import date, time

    from accounts.models import User


@logs_refusals(events.DELEGATION_REFUSED)
@transaction.atomic
def delegate(
    department: Department,
    *,
    by: User,
    deputy: User,
    valid_from: date,
    valid_until: date,
    position: int = 1,
    from_time: time | None = None,
    until_time: time | None = None,
) -> Delegation:
    """The head lets somebody decide for the department, from a day and hour to a day and hour."""
    department = Department.objects.select_for_update(of=("self",)).get(pk=department.pk)
    permissions.can_delegate(by, department, deputy).enforce()
    delegation = Delegation.objects.create(
        department=department,
        deputy=deputy,
        set_by=by,
        position=position,
        valid_from=valid_from,
        from_time=from_time,
        valid_until=valid_until,
        until_time=until_time,
    )
    record(events.DELEGATED, delegation, by=by, days=delegation, keeps=[delegation])
    return delegation


@logs_refusals(events.DELEGATION_REFUSED)
@transaction.atomic
def end_delegation(delegation: Delegation, *, by: User) -> Delegation:
    """The head takes the deputyship back: from now on it no longer holds. That it was set stays on record."""
    delegation = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
    permissions.can_delegate(by, delegation.department).enforce()
    if delegation.ended_at is None:
        delegation.ended_at = clock.now()
        delegation.save(update_fields=["ended_at"])
        record(events.DELEGATION_ENDED, delegation, by=by, keeps=[delegation])
    return delegation


@logs_refusals(events.DELEGATION_REFUSED)
@transaction.atomic
def list_candidate(department: Department, *, by: User, person: User) -> DeputyCandidate:
    """The head puts somebody from another place on the list of those who may be made deputy."""
    department = Department.objects.select_for_update(of=("self",)).get(pk=department.pk)
    permissions.can_list_candidate(by, department, person).enforce()
    candidate, is_new = DeputyCandidate.objects.get_or_create(
        department=department, person=person, defaults={"added_by": by}
    )
    if is_new:
        record(events.CANDIDATE_LISTED, candidate, by=by)
    return candidate


@logs_refusals(events.DELEGATION_REFUSED, about=attrgetter("department"))
@transaction.atomic
def unlist_candidate(candidate: DeputyCandidate, *, by: User) -> None:
    """The head takes somebody off the list. A deputyship that runs is ended on its own."""
    candidate = DeputyCandidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
    permissions.can_delegate(by, candidate.department).enforce()
    record(events.CANDIDATE_UNLISTED, candidate, by=by)
    candidate.delete()
