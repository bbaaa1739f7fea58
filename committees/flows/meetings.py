# SPDX-License-Identifier: EUPL-1.2
"""The steps of a meeting, each with its fact: invited, held, cancelled. Closed it is by the approval of its minutes."""

from django.db import transaction

from activity.flows import logs_refusals, record
from committees import events, permissions
from committees.lifecycle import MEETING
from committees.models import Invitation, Meeting
from committees.seats import keep_seats
from core import clock
from core.errors import WrongState
from core.sentences import sentence as _


def _locked(meeting):
    return Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)


@logs_refusals(events.REFUSED)
@transaction.atomic
def invite(meeting, *, by):
    """Invite everybody who sits in the body on that day; who was invited is kept, and the agenda is out."""
    meeting = _locked(meeting)
    permissions.can_invite(by, meeting).enforce()
    invited = Invitation.objects.bulk_create(
        Invitation(meeting=meeting, membership=one, name=str(one.person), sent_by=by, sent_by_label=by.name)
        for one in meeting.members_on_the_day().select_related("person")
    )
    MEETING.take("invite", meeting)
    meeting.invited_at, meeting.invited_by_label = clock.now(), by.name
    meeting.save(update_fields=["state", "invited_at", "invited_by_label"])
    record(events.MEETING_INVITED, meeting, by=by, count=len(invited))
    return meeting


@logs_refusals(events.REFUSED)
@transaction.atomic
def hold(meeting, *, by):
    """Note that the meeting was held, from its beginning on; who sat in the body stays with it, results are entered."""
    meeting = _locked(meeting)
    permissions.can_hold(by, meeting).enforce()
    MEETING.take("hold", meeting)
    meeting.save(update_fields=["state"])
    keep_seats(meeting)
    record(events.MEETING_HELD, meeting, by=by)
    return meeting


@logs_refusals(events.REFUSED)
@transaction.atomic
def cancel(meeting, *, by, reason):
    """Cancel the meeting with a reason that its members read."""
    meeting = _locked(meeting)
    permissions.can_cancel(by, meeting).enforce()
    if not reason.strip():
        raise WrongState(_("Please write down why the meeting is cancelled. The members read it."))
    MEETING.take("cancel", meeting)
    meeting.cancelled_reason = reason.strip()
    meeting.save(update_fields=["state", "cancelled_reason"])
    record(events.MEETING_CANCELLED, meeting, by=by, reason=meeting.cancelled_reason)
    return meeting
