# SPDX-License-Identifier: EUPL-1.2
"""Who may vote on an agenda item, and whether the counted votes can be right."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees.models import ConflictOfInterest, Consultation
from core.sentences import sentence


@dataclass(frozen=True)
class Quorum:
    """A body can resolve when more than half of its voting members are present."""

    present: int
    members: int

    @property
    def needed(self):
        return self.members // 2 + 1

    @property
    def reached(self):
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
    def limit(self):
        return None if self.entitled is None else max(0, self.entitled - self.biased)

    def problem(self, *votes):
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

    def __str__(self):
        if self.limit is None:
            return _("No members are registered; the votes are not checked.")
        text = ngettext("%(limit)s member may vote.", "%(limit)s members may vote.", self.limit) % {"limit": self.limit}
        return " ".join((text, _("Biased: %(biased)s.") % {"biased": self.biased})) if self.biased else text


def _statutory(meeting):
    """How many voting members the body has on the day of the meeting: by statute, or as registered."""
    on = timezone.localdate(meeting.start)
    registered = meeting.committee.memberships.current(on=on).voting().count()
    return max(meeting.committee.seats or 0, registered)


def quorum_of(meeting):
    """Whether the body could resolve, from the recorded attendance; None as long as none is recorded."""
    if not meeting.attendances.exists():
        return None
    return Quorum(present=meeting.attendances.voting().count(), members=_statutory(meeting))


def voters_of(item):
    """Who may vote on this item."""
    return voters_by_item(item.meeting, [item])[item.pk]


def voters_by_item(meeting, items):
    """``{pk: Voters}`` for items of one meeting, however many, by the same few questions."""
    recorded = meeting.attendances.filter(membership__isnull=False)
    recorded = list(recorded.select_related("membership", "from_item", "until_item"))
    conflicts = ConflictOfInterest.objects.active().of_meeting(meeting).filter(membership__voting_right=True)
    conflicts = list(conflicts.values_list("membership_id", "agenda_item_id", "paper_id"))
    papers = defaultdict(set)
    stops = Consultation.objects.of_a_paper().filter(agenda_item__in=items)
    for item_id, paper_id in stops.values_list("agenda_item_id", "paper_id"):
        papers[item_id].add(paper_id)
    statutory = None if recorded else _statutory(meeting) or None
    found = {}
    for item in items:
        biased = {one for one, on_item, paper in conflicts if on_item == item.pk or paper in papers[item.pk]}
        if recorded:
            present = {one.membership_id for one in recorded if one.votes_on(item)}
            found[item.pk] = Voters(entitled=len(present), biased=len(present & biased), by_attendance=True)
        else:
            found[item.pk] = Voters(entitled=statutory, biased=len(biased), by_attendance=False)
    return found
