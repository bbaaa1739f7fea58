# SPDX-License-Identifier: EUPL-1.2
"""Who sat in a body on the day of a meeting: kept with the meeting once it was held, and what can be true of seats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from committees.models import Membership, MembershipRole, Seat
from core.dates import full_day
from core.sentences import sentence as _

if TYPE_CHECKING:
    from committees.models import Meeting
    from committees.querysets import MembershipQuerySet
    from core.sentences import Sentence


@dataclass(frozen=True)
class Seats:
    """The seats of a body on the day of a meeting, and how many with a vote it has by statute."""

    rows: list
    by_statute: int
    is_kept: bool

    @property
    def voting(self) -> set[int]:
        """The memberships that could vote."""
        return {one.membership_id for one in self.rows if one.voting_right}

    @property
    def members(self) -> int:
        """How many voting members the body had: by statute, or as registered."""
        return max(self.by_statute, len(self.voting))

    @property
    def chair(self) -> Seat | None:
        return next((one for one in self.rows if one.role == MembershipRole.CHAIR), None)


def seats_of(meeting: Meeting) -> Seats:
    """As kept with the meeting; before it was held, what is registered for that day."""
    kept = list(meeting.seats.all())
    if kept:
        return Seats(kept, meeting.seats_by_statute or 0, True)
    return Seats(_registered(meeting), meeting.committee.seats or 0, False)


def _registered(meeting: Meeting) -> list[Seat]:
    sitting = meeting.members_on_the_day().select_related("person", "on_behalf_of")
    return [
        Seat(
            meeting=meeting,
            membership=one,
            name=str(one.person),
            role=one.role,
            voting_right=one.voting_right,
            on_behalf_of=str(one.on_behalf_of or ""),
        )
        for one in sitting
    ]


def keep_seats(meeting: Meeting) -> None:
    """What is registered for the day of the meeting stays with it from now on; once."""
    if meeting.seats.exists():
        return
    Seat.objects.bulk_create(_registered(meeting))
    meeting.seats_by_statute = meeting.committee.seats
    meeting.save(update_fields=["seats_by_statute"])


def sitting(meeting: Meeting) -> MembershipQuerySet:
    """The memberships that count for a meeting."""
    return Membership.objects.filter(pk__in=[one.membership_id for one in seats_of(meeting).rows])


def clash(membership: Membership) -> str | Sentence:
    """Why a membership cannot stand beside those that are there, or nothing; ``membership`` need not be saved."""
    others = Membership.objects.filter(committee=membership.committee_id).exclude(pk=membership.pk)
    others = others.during(membership.start_on, membership.end_on).select_related("person")
    if own := others.filter(person=membership.person_id).first():
        return _("%(person)s sits in this body already, %(span)s. Two memberships of a person never overlap.") % {
            "person": own.person,
            "span": _span(own),
        }
    if membership.role == MembershipRole.CHAIR and (other := others.filter(role=MembershipRole.CHAIR).first()):
        return _("%(person)s has the chair, %(span)s. A body has one chair at a time; let that end first.") % {
            "person": other.person,
            "span": _span(other),
        }
    return ""


def _span(membership: Membership) -> str | Sentence:
    start = full_day(membership.start_on)
    if membership.end_on is None:
        return _("since %(start)s") % {"start": start}
    return _("%(start)s to %(end)s") % {"start": start, "end": full_day(membership.end_on)}
