# SPDX-License-Identifier: EUPL-1.2
"""Who heads a department: proposed by the administration, in effect once somebody else has confirmed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from accounts import events, permissions
from accounts.models import Cause, Department, Grant
from activity.flows import logs_refusals, record
from core import clock
from core.errors import WrongState
from core.sentences import sentence as _

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User


@logs_refusals(events.GRANT_REFUSED)
@transaction.atomic
def propose_grant(
    department: Department,
    *,
    by: User,
    person: User,
    cause: str,
    valid_from: date,
    valid_until: date | None = None,
    reference: str = "",
) -> Grant:
    """The administration proposes who is to head a department. It lets nobody decide before it is confirmed."""
    department = Department.objects.select_for_update(of=("self",)).get(pk=department.pk)
    permissions.can_appoint(by, department, person).enforce()
    if cause == Cause.EXISTING:
        raise WrongState(_("Please name the cause: an appointment, an acting head or a shared office."))
    grant = Grant.objects.create(
        department=department,
        person=person,
        cause=cause,
        reference=reference.strip(),
        valid_from=valid_from,
        valid_until=valid_until,
        proposed_by=by,
    )
    record(events.GRANT_PROPOSED, grant, by=by, days=(valid_from, valid_until), cause=cause, keeps=[grant])
    return grant


@logs_refusals(events.GRANT_REFUSED)
@transaction.atomic
def confirm_grant(grant: Grant, *, by: User) -> Grant:
    """The present head, the superior, or data protection where there is no head, lets a proposal take effect."""
    grant = _locked(grant)
    permissions.can_confirm(by, grant).enforce()
    grant.confirmed_by, grant.confirmed_at = by, clock.now()
    grant.confirmed_as = permissions.confirms_as(by, grant.department)
    grant.save(update_fields=["confirmed_by", "confirmed_at", "confirmed_as"])
    record(
        events.GRANT_CONFIRMED,
        grant,
        by=by,
        days=(grant.valid_from, grant.valid_until),
        confirmed_as=grant.confirmed_as,
        keeps=[grant],
    )
    return grant


@logs_refusals(events.GRANT_REFUSED)
@transaction.atomic
def turn_down_grant(grant: Grant, *, by: User, reason: str) -> Grant:
    """A proposal is not confirmed, or is taken back by whoever made it. It stays on record with the reason."""
    grant = _locked(grant)
    permissions.can_turn_down(by, grant).enforce()
    _end(grant, by, reason)
    record(events.GRANT_TURNED_DOWN, grant, by=by, reason=grant.end_reason, keeps=[grant])
    return grant


@logs_refusals(events.GRANT_REFUSED)
@transaction.atomic
def end_grant(grant: Grant, *, by: User, reason: str) -> Grant:
    """From now on the person no longer heads the department; the deputyships that they set end with it."""
    grant = _locked(grant)
    permissions.can_end_grant(by, grant).enforce()
    _end(grant, by, reason)
    record(events.GRANT_ENDED, grant, by=by, reason=grant.end_reason, keeps=[grant])
    return grant


def _locked(grant: Grant) -> Grant:
    return Grant.objects.select_for_update(of=("self",)).select_related("department", "person").get(pk=grant.pk)


def _end(grant: Grant, by: User, reason: str) -> None:
    if not reason.strip():
        raise WrongState(_("Please write down the reason. It goes to the department and into the record."))
    grant.ended_by, grant.ended_at, grant.end_reason = by, clock.now(), reason.strip()
    grant.save(update_fields=["ended_by", "ended_at", "end_reason"])
