# SPDX-License-Identifier: EUPL-1.2
"""Who was at a meeting."""

from django.db import transaction
from django.utils import timezone

from activity.flows import logs_refusals, record
from committees import events, permissions
from committees.models import Attendance, AttendanceRole, AttendanceStatus, Meeting


def expected(meeting):
    """An unsaved row for everybody who sits in the committee on the day of the meeting and has none yet."""
    recorded = meeting.attendances.filter(membership__isnull=False).values("membership")
    on = timezone.localdate(meeting.start)
    sitting = meeting.committee.memberships.current(on=on).exclude(pk__in=recorded).select_related("person")
    return [
        Attendance(
            meeting=meeting,
            membership=membership,
            role=AttendanceRole.GUEST if membership.role == "guest" else AttendanceRole.MEMBER,
            status=AttendanceStatus.PRESENT,
        )
        for membership in sitting.order_by("-voting_right", "person__family_name")
    ]


@logs_refusals(events.REFUSED)
@transaction.atomic
def record_attendance(meeting, rows, *, by, chair=None, minute_taker="", guests=(), end=None):
    """Write down who was there: ``rows`` are ``(membership, status, arrived at, left at)``, guests go by name."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    permissions.can_keep_record(by, meeting).enforce()
    meeting.attendances.all().delete()
    made = []
    for membership, status, arrived_at, left_at in rows:
        role = AttendanceRole.GUEST if membership.role == "guest" else AttendanceRole.MEMBER
        if membership == chair:
            role = AttendanceRole.CHAIR
        made.append(
            Attendance(
                meeting=meeting,
                membership=membership,
                role=role,
                status=status,
                arrived_at=arrived_at,
                left_at=left_at,
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
