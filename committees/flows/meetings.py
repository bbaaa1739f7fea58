# SPDX-License-Identifier: EUPL-1.2
"""Meetings: their agenda and their states."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from activity.flows import logs_refusals, record
from committees import events, permissions
from committees.models import AgendaItem, Meeting, MeetingState
from core.errors import WrongState

# What may follow a meeting's state.
NEXT_STATES = {
    MeetingState.PLANNED: (MeetingState.INVITED, MeetingState.CANCELLED),
    MeetingState.INVITED: (MeetingState.HELD, MeetingState.CANCELLED),
    MeetingState.HELD: (MeetingState.CLOSED,),
    MeetingState.CLOSED: (),
    MeetingState.CANCELLED: (),
}


@logs_refusals(events.REFUSED)
@transaction.atomic
def add_agenda_item(meeting, *, by, number, title, is_public=True, non_public_reason=""):
    """Put a new item at the end of the agenda."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    permissions.can_change_agenda(by, meeting).enforce()
    return _append_item(
        meeting, by, number=number, title=title, is_public=is_public, non_public_reason=non_public_reason
    )


@logs_refusals(events.REFUSED)
@transaction.atomic
def put_on_agenda(meeting, paper, *, by, number, is_public=True, non_public_reason=""):
    """Put a new item for a paper at the end of the agenda, by whoever may bring this paper before the committee."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    permissions.can_schedule(by, paper, meeting.committee).enforce()
    if meeting.state not in (MeetingState.PLANNED, MeetingState.INVITED):
        raise WrongState(_("The agenda of a meeting that was held or cancelled is not changed any more."))
    return _append_item(
        meeting, by, number=number, title=paper.title, is_public=is_public, non_public_reason=non_public_reason
    )


def _append_item(meeting, by, **fields):
    position = (meeting.agenda_items.aggregate(last=Max("position"))["last"] or 0) + 1
    item = AgendaItem.objects.create(meeting=meeting, position=position, **fields)
    record(events.AGENDA_CHANGED, meeting, by=by, number=item.number)
    return item


@transaction.atomic
def move_agenda_item(item, *, by, up):
    """Swap an item with its neighbour above or below."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=item.meeting_id)
    permissions.can_change_agenda(by, meeting).enforce()
    items = list(meeting.agenda_items.order_by("position"))
    index = next(i for i, other in enumerate(items) if other.pk == item.pk)
    other = index - 1 if up else index + 1
    if not 0 <= other < len(items):
        return
    first, second = items[index], items[other]
    here, there = first.position, second.position
    for moved, position in ((first, 0), (second, here), (first, there)):  # by way of 0: positions are unique
        moved.position = position
        moved.save(update_fields=["position"])
    record(events.AGENDA_CHANGED, meeting, by=by, number=first.number)


@transaction.atomic
def remove_agenda_item(item, *, by):
    """Take an item without papers off the agenda."""
    permissions.can_change_agenda(by, item.meeting).enforce()
    if item.consultations.exists():
        raise WrongState(_("There is a paper on this item. Take the paper off first."))
    record(events.AGENDA_CHANGED, item.meeting, by=by, number=item.number)
    item.delete()


@logs_refusals(events.REFUSED)
@transaction.atomic
def set_meeting_state(meeting, *, by, state):
    """Invited, held, closed, or cancelled; members are told when they are invited."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    permissions.can_prepare(by, meeting.committee).enforce()
    state = MeetingState(state)
    if state not in NEXT_STATES[MeetingState(meeting.state)]:
        raise WrongState(_("This step does not follow from the present state."))
    meeting.state = state
    meeting.save(update_fields=["state"])
    kind = events.MEETING_INVITED if state == MeetingState.INVITED else events.MEETING_MOVED
    record(kind, meeting, by=by, state=str(state.label))
    return meeting
