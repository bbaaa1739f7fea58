# SPDX-License-Identifier: EUPL-1.2
"""Who may vote on an agenda item, and whether the counted votes can be right."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees.models import AttendanceStatus, ConflictOfInterest, Consultation
from committees.seats import seats_of
from core.sentences import sentence

if TYPE_CHECKING:
    from committees.models import AgendaItem, Meeting
    from committees.querysets import AgendaItemQuerySet
    from core.sentences import Text


@dataclass(frozen=True)
class Quorum:
    """A body can resolve when more than half of its voting members are present."""

    present: int
    members: int

    @property
    def needed(self) -> int:
        return self.members // 2 + 1

    @property
    def reached(self) -> bool:
        return self.present >= self.needed


@dataclass(frozen=True)
class Voters:
    """Those who may vote on one item: members with a vote, present for it where attendance was recorded, not biased.

    ``limit`` is None where nothing is known of the body's members; then votes cannot be checked.
    """

    entitled: int | None
    biased: int
    by_attendance: bool

    @property
    def limit(self) -> int | None:
        return None if self.entitled is None else max(0, self.entitled - self.biased)

    def problem(self, *votes: Any) -> Text:
        """Why these votes cannot be right, or an empty text."""
        cast = sum(vote or 0 for vote in votes)
        if self.limit is None or cast <= self.limit:
            return ""
        numbers = {"cast": cast, "limit": self.limit, "entitled": self.entitled, "biased": self.biased}
        if self.by_attendance:
            return (
                sentence(
                    "%(cast)s votes are entered, but only %(limit)s members may vote here: %(entitled)s with a vote "
                    "are present, %(biased)s of them biased. Please correct the votes or the attendance."
                )
                % numbers
            )
        return (
            sentence(
                "%(cast)s votes are entered, but only %(limit)s members may vote here: the body has %(entitled)s "
                "members with a vote, %(biased)s of them biased. Please correct the votes or record the attendance."
            )
            % numbers
        )

    def __str__(self) -> str:
        if self.limit is None:
            return _("No members are registered; the votes are not checked.")
        text = ngettext("%(limit)s member may vote.", "%(limit)s members may vote.", self.limit) % {"limit": self.limit}
        return " ".join((text, _("Biased: %(biased)s.") % {"biased": self.biased})) if self.biased else text


def quorum_of(meeting: Meeting) -> Quorum | None:
    """Whether the body could resolve, from the recorded attendance; None as long as none is recorded."""
    if not meeting.attendances.exists():
        return None
    seats = seats_of(meeting)
    present = meeting.attendances.filter(status=AttendanceStatus.PRESENT, membership__in=seats.voting)
    return Quorum(present=present.count(), members=seats.members)


def voters_of(item: AgendaItem) -> Voters:
    """Who may vote on this item."""
    return voters_by_item(item.meeting, [item])[item.pk]


def voters_by_item(meeting: Meeting, items: list[AgendaItem] | AgendaItemQuerySet) -> dict[int, Voters]:
    """``{pk: Voters}`` for items of one meeting, however many, by the same few questions."""
    seats = seats_of(meeting)
    members = meeting.attendances.filter(membership__isnull=False)
    recorded = list(members.select_related("membership", "from_item", "until_item"))
    declared = ConflictOfInterest.objects.active().of_meeting(meeting).filter(membership__in=seats.voting)
    conflicts = list(declared.values_list("membership_id", "agenda_item_id", "paper_id"))
    papers = defaultdict(set)
    stops = Consultation.objects.of_a_paper().filter(agenda_item__in=items)
    for item_id, paper_id in stops.values_list("agenda_item_id", "paper_id"):
        papers[item_id].add(paper_id)
    statutory = None if recorded else seats.members or None
    found = {}
    for item in items:
        biased = {one for one, on_item, paper in conflicts if on_item == item.pk or paper in papers[item.pk]}
        if recorded:
            there = {one.membership_id for one in recorded if one.was_there_for(item)}
            present = there & seats.voting
            found[item.pk] = Voters(entitled=len(present), biased=len(present & biased), by_attendance=True)
        else:
            found[item.pk] = Voters(entitled=statutory, biased=len(biased), by_attendance=False)
    return found
