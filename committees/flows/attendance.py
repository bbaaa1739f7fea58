# SPDX-License-Identifier: EUPL-1.2
"""Who was at a meeting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING

from django.db import transaction

from activity.flows import logs_refusals, record
from committees import events, permissions
from committees.models import AgendaItem, Attendance, AttendanceRole, AttendanceStatus, Meeting, Membership
from committees.seats import sitting
from core.errors import WrongState
from core.search import Folded
from core.sentences import sentence as _

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User


@dataclass(frozen=True)
class Presence:
    """How a member was there: for the whole meeting, or from and until an item, with what the clock said."""

    membership: Membership
    status: str
    arrived_at: time | None = None
    left_at: time | None = None
    from_item: AgendaItem | None = None
    until_item: AgendaItem | None = None


def expected(meeting: Meeting) -> list[Attendance]:
    """An unsaved row for everybody who sits in the committee on the day of the meeting and has none yet."""
    recorded = meeting.attendances.filter(membership__isnull=False).values("membership")
    missing = sitting(meeting).exclude(pk__in=recorded).select_related("person")
    return [
        Attendance(
            meeting=meeting,
            membership=membership,
            role=AttendanceRole.GUEST if membership.role == "guest" else AttendanceRole.MEMBER,
            status=AttendanceStatus.PRESENT,
        )
        for membership in missing.order_by("-voting_right", Folded("person__family_name"))
    ]


@logs_refusals(events.REFUSED)
@transaction.atomic
def record_attendance(
    meeting: Meeting,
    rows: Iterable[Presence],
    *,
    by: User,
    chair: Membership | None = None,
    minute_taker: str = "",
    guests: Iterable[str] = (),
    end: datetime | None = None,
) -> Meeting:
    """Write down who was there: ``rows`` say it of the members, guests go by name."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    permissions.can_keep_record(by, meeting).enforce()
    meeting.attendances.all().delete()
    made = []
    for row in rows:
        _enforce_items(row, meeting)
        role = AttendanceRole.GUEST if row.membership.role == "guest" else AttendanceRole.MEMBER
        if row.membership == chair:
            role = AttendanceRole.CHAIR
        made.append(
            Attendance(
                meeting=meeting,
                membership=row.membership,
                role=role,
                status=row.status,
                arrived_at=row.arrived_at,
                left_at=row.left_at,
                from_item=row.from_item,
                until_item=row.until_item,
            )
        )
    named = [(AttendanceRole.SECRETARY, minute_taker)] + [(AttendanceRole.GUEST, name) for name in guests]
    made += [Attendance(meeting=meeting, role=role, name=name.strip()) for role, name in named if name.strip()]
    Attendance.objects.bulk_create(made)
    if end != meeting.end:
        meeting.end = end
        meeting.save(update_fields=["end"])
    record(events.ATTENDANCE_RECORDED, meeting, by=by)
    return meeting


def _enforce_items(row: Presence, meeting: Meeting) -> None:
    """Somebody comes and leaves with items of this meeting, and comes first."""
    named = [item for item in (row.from_item, row.until_item) if item]
    if any(item.meeting_id != meeting.pk for item in named):
        raise WrongState(_("This item does not stand on the agenda of this meeting."))
    if len(named) == 2 and row.until_item.position < row.from_item.position:
        raise WrongState(_("%(person)s leaves before coming.") % {"person": row.membership.person})
