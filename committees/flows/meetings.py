# SPDX-License-Identifier: EUPL-1.2
"""The steps of a meeting, each with its fact: invited, held, cancelled. Closed it is by the approval of its minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from activity.flows import logs_refusals, record, without
from committees import events, permissions
from committees.flows.agenda import count_through
from committees.flows.conflicts import carry_conflicts
from committees.lifecycle import MEETING
from committees.models import Consultation, Invitation, Meeting
from committees.seats import keep_seats
from core import clock
from core.errors import WrongState
from core.sentences import sentence as _

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User


def _locked(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)


@logs_refusals(events.REFUSED)
@transaction.atomic
def invite(meeting: Meeting, *, by: User) -> Meeting:
    """Invite everybody who sits in the body on that day; who was invited is kept, and the agenda is out.

    The numbers of the agenda are drawn now and stay.
    """
    meeting = _locked(meeting)
    permissions.can_invite(by, meeting).enforce()
    count_through(meeting)
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
def hold(meeting: Meeting, *, by: User) -> Meeting:
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
def cancel(meeting: Meeting, *, by: User, reason: str) -> Meeting:
    """Cancel the meeting with a reason that its members read; its papers wait for another one, authors are told."""
    meeting = _locked(meeting)
    permissions.can_cancel(by, meeting).enforce()
    if not reason.strip():
        raise WrongState(_("Please write down why the meeting is cancelled. The members read it."))
    MEETING.take("cancel", meeting)
    meeting.cancelled_reason = reason.strip()
    meeting.save(update_fields=["state", "cancelled_reason"])
    lost = [stop.paper.reference for stop in _free_papers(meeting, by=by)]
    record(events.MEETING_CANCELLED, meeting, by=by, reason=meeting.cancelled_reason, papers=lost)
    return meeting


def _free_papers(meeting: Meeting, *, by: User) -> list[Any]:
    """Stops on the agenda of a cancelled meeting stay in their sequence, without a day."""
    waiting = Consultation.objects.of_a_paper().filter(agenda_item__meeting=meeting, result="")
    stops: list[Any] = list(waiting.select_related("paper", "committee").order_by("agenda_item__position"))
    for stop in stops:
        carry_conflicts(stop)
        stop.agenda_item, stop.placed_on, stop.placed_by_label = None, None, ""
        stop.save(update_fields=["agenda_item", "placed_on", "placed_by_label"])
        record(
            events.MEETING_LOST,
            stop.paper,
            by=by,
            reference=stop.paper.reference,
            committee=stop.committee,
            day=timezone.localdate(meeting.start),
        )
    return stops


@without(
    lock="the form that was saved holds the meeting",
    verdict="whoever saved the meeting was asked",
    refusals="nothing is asked",
)
@transaction.atomic
def follow_move(meeting: Meeting, *, by: User, former: datetime) -> Meeting:
    """A meeting begins at another time than ``former``: everybody invited, and who has a paper on it, learns both.

    A last day for papers that was written down for the former day falls; it is counted from the new one.
    """
    if timezone.localdate(former) != timezone.localdate(meeting.start) and meeting.submission_deadline:
        meeting.submission_deadline = None
        meeting.save(update_fields=["submission_deadline"])
    record(
        events.MEETING_RESCHEDULED,
        meeting,
        by=by,
        before=timezone.localdate(former),
        before_time=f"{timezone.localtime(former):%H:%M}",
        after=timezone.localdate(meeting.start),
        after_time=f"{timezone.localtime(meeting.start):%H:%M}",
    )
    return meeting
