# SPDX-License-Identifier: EUPL-1.2
"""Meetings: made from nothing, a template or an earlier one, and their states."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.flows import logs_refusals, record
from activity.kinds import KINDS
from committees import events, permissions
from committees.lifecycle import MEETING, MeetingState
from committees.models import Meeting
from core.errors import WrongState


@logs_refusals(events.REFUSED)
@transaction.atomic
def set_meeting_state(meeting, *, by, state, reason=""):
    """Invited, held, closed, or cancelled with a reason; members are told when invited and when it is cancelled."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    permissions.can_prepare(by, meeting.committee).enforce()
    state = MeetingState(state)
    way = next((way for way in MEETING.ways_from(meeting.state) if way.target == state), None)
    if way is None:
        raise WrongState(_("This step does not follow from the present state."))
    if state == MeetingState.CANCELLED and not reason.strip():
        raise WrongState(_("Please write down why the meeting is cancelled. The members read it."))
    if state == MeetingState.INVITED:
        meeting.invited_at = timezone.now()
    meeting.cancelled_reason = reason.strip() if state == MeetingState.CANCELLED else ""
    meeting.state = state
    meeting.save(update_fields=["state", "invited_at", "cancelled_reason"])
    record(KINDS[way.event], meeting, by=by, state=str(state.label), reason=meeting.cancelled_reason)
    return meeting
