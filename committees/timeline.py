# SPDX-License-Identifier: EUPL-1.2
"""Meetings and their days to keep, laid out in weeks and in a month."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from committees.deadlines import MEETING, SHORT, Deadline, deadlines_of
from core.due import OWED
from core.workdays import holiday

if TYPE_CHECKING:
    from committees.models import Committee, Meeting
    from core.sentences import Text

WEEKS = 26


@dataclass(frozen=True)
class Mark:
    """One day to keep of one meeting; the meeting's own day is a mark like the others."""

    deadline: Deadline
    meeting: Meeting

    @property
    def day(self) -> date:
        return self.deadline.day

    @property
    def name(self) -> str:
        return self.deadline.name

    @property
    def holiday(self) -> str:
        return self.deadline.holiday

    @property
    def kind(self) -> str:
        return self.deadline.kind

    @property
    def is_owed(self) -> bool:
        """Open, soon or late: somebody has something to do for it."""
        return self.deadline.standing in OWED

    @property
    def is_meeting(self) -> bool:
        return self.kind == MEETING

    @property
    def short(self) -> Text:
        """The name for narrow columns."""
        return SHORT[self.kind]


@dataclass(frozen=True)
class Week:
    monday: date
    holidays: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        return self.monday.isocalendar().week

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)


@dataclass
class Row:
    committee: Committee
    cells: list[list[Mark]] = field(default_factory=list)


@dataclass
class Day:
    day: date
    is_in_month: bool
    is_today: bool
    holiday: str
    marks: list[Mark] = field(default_factory=list)


def marks_of(meetings: Iterable[Meeting]) -> list[Mark]:
    """All days to keep of these meetings, the earliest first."""
    found = [Mark(deadline, meeting) for meeting in meetings for deadline in deadlines_of(meeting)]
    return sorted(found, key=lambda mark: (mark.day, not mark.is_meeting, mark.meeting.start))


def weeks_from(today: date, count: int = WEEKS) -> list[Week]:
    """So many weeks, beginning with the present one, with the holidays that fall on their working days."""
    monday = today - timedelta(days=today.weekday())
    weeks = []
    for index in range(count):
        start = monday + timedelta(weeks=index)
        named = (holiday(start + timedelta(days=offset)) for offset in range(5))
        weeks.append(Week(start, tuple(name for name in named if name)))
    return weeks


def months_of(weeks: Iterable[Week]) -> list[tuple[date, int]]:
    """The months above the weeks: first day and how many of the weeks begin in it."""
    spans: list[list[Any]] = []
    for week in weeks:
        first = week.monday.replace(day=1)
        if spans and spans[-1][0] == first:
            spans[-1][1] += 1
        else:
            spans.append([first, 1])
    return [(first, count) for first, count in spans]


def rows_of(meetings: Sequence[Meeting], weeks: Sequence[Week]) -> list[Row]:
    """One row for each body that has something to keep in these weeks, by the body's code."""
    rows = {}
    for mark in marks_of(meetings):
        index = (mark.day - weeks[0].monday).days // 7
        if 0 <= index < len(weeks):
            committee = mark.meeting.committee
            row = rows.setdefault(committee.pk, Row(committee, [[] for _week in weeks]))
            row.cells[index].append(mark)
    return sorted(rows.values(), key=lambda row: row.committee.code)


def month_of(
    meetings: Sequence[Meeting], year: int, month: int, *, today: date, with_deadlines: bool = True
) -> list[list[Day]]:
    """The weeks of a month, Monday to Sunday, each day with what falls on it."""
    by_day = {}
    for mark in marks_of(meetings):
        if with_deadlines or mark.is_meeting:
            by_day.setdefault(mark.day, []).append(mark)
    weeks = calendar.Calendar().monthdatescalendar(year, month)
    return [
        [Day(day, day.month == month, day == today, holiday(day), by_day.get(day, [])) for day in week]
        for week in weeks
    ]


def span_of(year: int, month: int) -> tuple[datetime, datetime]:
    """First and last moment of the meetings whose days may fall into a month: a deadline lies before its meeting."""
    first = timezone.make_aware(datetime(year, month, 1)) - timedelta(days=8)
    return first, first + timedelta(days=150)
