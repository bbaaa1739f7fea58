# SPDX-License-Identifier: EUPL-1.2
"""What the planner thinks about, made of rows: the stops of a paper, the meetings to come, who takes no part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.deadlines import deadlines_of
from committees.lifecycle import AGENDA_IS_OPEN
from committees.models import ConflictOfInterest, Meeting
from committees.planner import Path, Remark, Slot, Stop, remarks_on, suggest

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from committees.models import Consultation, Paper
    from committees.querysets import MeetingQuerySet


def slot_of(meeting: Meeting) -> Slot:
    """A meeting as the planner sees it."""
    return Slot(
        meeting.pk,
        meeting.committee_id,
        timezone.localdate(meeting.start),
        tuple(deadlines_of(meeting, facts={})),
        meeting,
    )


def stop_of(consultation: Consultation) -> Stop:
    """A consultation as the planner sees it."""
    item = consultation.agenda_item
    return Stop(
        consultation.pk,
        consultation.committee_id,
        consultation.role,
        consultation.authoritative,
        timezone.localdate(item.meeting.start) if item else None,
        bool(consultation.result),
        consultation,
    )


def open_meetings(user: User) -> MeetingQuerySet:
    """The meetings still to come that this person may see, whose agenda is not closed."""
    return Meeting.objects.visible_to(user).upcoming().filter(state__in=AGENDA_IS_OPEN).select_related("committee")


@dataclass(frozen=True)
class Plan:
    """All the planner says about one paper."""

    paper: object
    path: Path
    remarks: tuple[Remark, ...]
    stops: tuple[Stop, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether a body of the sequence still has no day."""
        return any(not stop.fixed and not stop.is_done for stop in self.stops)


def plan_of(
    paper: Paper,
    *,
    meetings: Iterable[Meeting],
    today: date | None = None,
    consultations: Iterable[Consultation] | None = None,
) -> Plan:
    """The plan of a paper on the given meetings; with ``consultations`` given, it asks the database nothing."""
    today = today or timezone.localdate()
    if consultations is None:
        consultations = paper.consultations.select_related("committee", "agenda_item__meeting__committee")
    stops = [stop_of(one) for one in consultations]
    chosen = {
        stop.key: slot_of(stop.consultation.agenda_item.meeting) for stop in stops if stop.consultation.agenda_item
    }
    path = suggest(stops, [slot_of(meeting) for meeting in meetings], today=today, is_urgent=paper.is_urgent)
    remarks = remarks_on(
        stops, chosen, today=today, is_urgent=paper.is_urgent, asks_for_decision=paper.paper_type == "decision"
    )
    return Plan(paper, path, tuple(remarks + remarks_on_conflicts(paper)), tuple(stops))


def remarks_on_conflicts(paper: Paper) -> list[Any]:
    """Who neither deliberates nor votes, because the matter is their own."""
    return [
        Remark("warn", _("%(name)s is biased and takes no part.") % {"name": name}) for name in biased_members(paper)
    ]


def biased_members(paper: Paper) -> list[Any]:
    """Names of members who declared a conflict of interest about this paper or about an item it stands on."""
    items = paper.consultations.exclude(agenda_item=None).values("agenda_item")
    declared = ConflictOfInterest.objects.active().filter(Q(paper=paper) | Q(agenda_item__in=items))
    return sorted({str(one.membership.person) for one in declared.select_related("membership__person")})
