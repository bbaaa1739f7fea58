# SPDX-License-Identifier: EUPL-1.2
"""Meetings on their way: invited, held, closed, by their own steps; a test says only which it needs."""

from datetime import timedelta

from django.utils import timezone

from actors.models import Person
from committees import flows
from committees.models import AgendaItem, Meeting, Membership


def invited(meeting, *, by):
    """Invite to a meeting; where nobody sits in the body yet, somebody without a vote was elected before."""
    if not meeting.members_on_the_day().exists():
        person = Person.objects.create(family_name="Sitz")
        long_ago = meeting.start.date() - timedelta(days=900)
        Membership.objects.create(committee=meeting.committee, person=person, start_on=long_ago, voting_right=False)
    return flows.invite(meeting, by=by)


def held(meeting, *, by):
    """Invite where that is still to be done, let the beginning come, and note that the meeting was held."""
    meeting.refresh_from_db()
    if meeting.life.agenda_is_open and not meeting.life.is_invited:
        meeting = invited(meeting, by=by)
    if meeting.start > timezone.now():
        ahead = meeting.start - timezone.now()  # what was to come later has begun later
        begun = timezone.now() - timedelta(hours=2) + min(ahead / 2400, timedelta(hours=1))
        Meeting.objects.filter(pk=meeting.pk).update(start=begun)
    return flows.hold(meeting, by=by)


def closed(meeting, *, by):
    """Write the minutes of a held meeting and let the next one approve them."""
    Meeting.objects.filter(pk=meeting.pk, start__gt=timezone.now() - timedelta(hours=20)).update(
        start=timezone.now() - timedelta(days=1)
    )
    minutes = flows.submit_minutes(flows.begin_minutes(meeting, by=by), by=by)
    following = Meeting.objects.create(committee=meeting.committee, start=timezone.now() - timedelta(minutes=10))
    item = AgendaItem.objects.create(meeting=following, position=1, number="1", title="Niederschrift")
    held(following, by=by)
    flows.approve_minutes(minutes, by=by, item=item)
    meeting.refresh_from_db()
    return meeting
