# SPDX-License-Identifier: EUPL-1.2
"""Days to keep before a meeting, counted back from it. Nobody is asked to deliver on a weekend or a holiday."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from committees.hooks import facts_of
from core import due
from core.due import NOTHING, Fact
from core.workdays import working_day_before

if TYPE_CHECKING:
    from committees.models import Consultation, Meeting

DATA, COSIGNING, SUBMISSION, DISPATCH, MEETING = "data", "cosigning", "submission", "dispatch", "meeting"
# For narrow columns, each with its own translation; the page explains them in a legend.
SHORT = {
    DATA: pgettext_lazy("short deadline", "data"),
    COSIGNING: pgettext_lazy("short deadline", "co-sign."),
    SUBMISSION: pgettext_lazy("short deadline", "subm."),
    DISPATCH: pgettext_lazy("short deadline", "disp."),
    MEETING: pgettext_lazy("short deadline", "meeting"),
}
NAMES = {
    DATA: gettext_lazy("Data are fixed"),
    COSIGNING: gettext_lazy("Co-signing ends"),
    SUBMISSION: gettext_lazy("Submission"),
    DISPATCH: gettext_lazy("Dispatch"),
    MEETING: gettext_lazy("Meeting"),
}


NOT_OWED = Fact(is_needed=False)


@dataclass(frozen=True)
class Deadline:
    """One day to keep. ``counted`` is the day that the period gives; a holiday or weekend moves ``day`` before it."""

    kind: str
    name: str
    day: date
    counted: date
    holiday: str = ""
    fact: Fact = NOTHING

    @property
    def is_moved(self) -> bool:
        return self.day != self.counted

    @property
    def standing(self) -> str:
        """Where it stands today, as everywhere."""
        return due.standing(self.day, self.fact)

    def is_late(self, today: date) -> bool:
        return due.standing(self.day, self.fact, today=today) == due.LATE


def deadlines_of(meeting: Meeting, *, facts: Mapping[str, Fact] | None = None) -> list[Deadline]:
    """Data, co-signing, submission, dispatch and the meeting, the earliest first; no period, no deadline.

    ``facts`` says of a paper what is known by kind, ``{}`` that everything is still owed. Without a paper nobody owes
    what only papers do once the day is over.
    """
    held_on = timezone.localdate(meeting.start)
    committee = meeting.committee
    counted = [
        (DATA, _before(held_on, committee.data_cutoff_days)),
        (COSIGNING, _before(held_on, committee.cosigning_days)),
        (SUBMISSION, _before(held_on, committee.submission_days)),
        (DISPATCH, _before(held_on, committee.notice_days)),
    ]
    found = [Deadline(MEETING, str(NAMES[MEETING]), held_on, held_on, fact=_fact(MEETING, held_on, meeting, facts))]
    for kind, day in counted:
        name = str(NAMES[kind])
        if kind == SUBMISSION and meeting.submission_deadline:
            written = meeting.submission_deadline
            found.append(Deadline(kind, name, written, written, fact=_fact(kind, written, meeting, facts)))
        elif day:
            moved, holiday = working_day_before(day)
            found.append(Deadline(kind, name, moved, day, holiday, _fact(kind, moved, meeting, facts)))
    order = (DATA, COSIGNING, SUBMISSION, DISPATCH, MEETING)
    return sorted(found, key=lambda deadline: (deadline.day, order.index(deadline.kind)))


def facts_of_stop(stop: Consultation) -> dict[str, Fact]:
    """What is known about the days to keep of a paper that is on an agenda."""
    placed = Fact(is_done=True, done_on=stop.placed_on, by=stop.placed_by_label)
    return {DATA: NOT_OWED, COSIGNING: NOT_OWED, SUBMISSION: placed, **facts_of(stop.paper)}


def _fact(kind: str, day: date, meeting: Meeting, facts: Mapping[str, Fact] | None) -> Fact:
    life = meeting.life
    if not life.takes_place:
        return NOT_OWED
    if kind == MEETING:
        return Fact(is_done=life.was_held, done_on=day if life.was_held else None)
    if kind == DISPATCH:
        sent_on = timezone.localdate(meeting.invited_at) if meeting.invited_at else None
        return Fact(is_done=life.was_announced, done_on=sent_on, by=meeting.invited_by_label)
    if facts is not None:
        return facts.get(kind, NOTHING)
    return NOT_OWED if life.was_announced or day < timezone.localdate() else NOTHING


def _before(held_on: date, days: int | None) -> date | None:
    return None if days is None else held_on - timedelta(days=days)
