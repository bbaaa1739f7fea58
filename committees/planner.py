# SPDX-License-Identifier: EUPL-1.2
"""The planner: which meetings a paper can still reach, in which order, and what stands in the way.

Pure thought about stops and slots: no database, no model. ``plans`` makes them of rows, ``flows.take_path`` does what a
path proposes. The order is law: a body that
prepares meets before the body that decides, and no paper is sent where one of its periods is over already.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from committees.deadlines import DISPATCH, MEETING, Deadline
from core.dates import long_day, short_day
from core.workdays import holiday, school_holiday

PREPARES = frozenset({"preliminary", "hearing", "recommendation"})  # the roles of bodies that speak before the decision

SUNDAY = 6


@dataclass(frozen=True)
class Slot:
    """A meeting that a stop could take, with its days to keep."""

    key: int
    body: int
    day: date
    deadlines: tuple[Deadline, ...] = ()
    meeting: Any = field(default=None, compare=False)


@dataclass(frozen=True)
class Stop:
    """A body that is to deal with the paper. ``fixed`` is the day where it already has one."""

    key: int
    body: int
    role: str
    decides_finally: bool = False
    fixed: date | None = None
    is_done: bool = False
    consultation: Any = field(default=None, compare=False)


@dataclass(frozen=True)
class Step:
    """What the path says about one stop: its meeting, and why nearer ones will not do."""

    stop: Stop
    slot: Slot | None = None
    refused: tuple[tuple[Slot, str], ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Path:
    steps: tuple[Step, ...]
    is_reordered: bool = False

    @property
    def new(self) -> tuple[Step, ...]:
        """The steps that the path gives a day."""
        return tuple(step for step in self.steps if step.slot)

    @property
    def is_workable(self) -> bool:
        """Whether the path brings every open stop to a day; taking it is one button."""
        return bool(self.new) and all(step.slot or step.stop.fixed or step.stop.is_done for step in self.steps)


@dataclass(frozen=True)
class Remark:
    """Something to look at before it is too late. ``kind`` is also its shape."""

    kind: str
    text: str
    stop: Stop | None = None


def workable_order(stops: Sequence[Stop]) -> list[Stop]:
    """The stops with every preparing body before the one that decides finally; otherwise as they stand."""
    final = next((index for index, stop in enumerate(stops) if stop.decides_finally), None)
    if final is None:
        return list(stops)
    movable = [stop for stop in stops[final + 1 :] if stop.role in PREPARES and not stop.fixed and not stop.is_done]
    if not movable:
        return list(stops)
    rest = [stop for stop in stops if stop not in movable]
    place = rest.index(stops[final])
    return rest[:place] + movable + rest[place:]


def suggest(stops: Sequence[Stop], slots: Sequence[Slot], *, today: date, is_urgent: bool = False) -> Path:
    """The next workable path: for each open stop the earliest meeting that keeps order and every period.

    A meeting that is fixed stays. Where a stop finds no meeting, none after it gets one: its day would be a guess.
    """
    ordered = workable_order(stops)
    steps, after, stuck = [], None, None
    for index, stop in enumerate(ordered):
        if stop.fixed or stop.is_done:
            steps.append(Step(stop))
            after = max(day for day in (after, stop.fixed) if day) if after or stop.fixed else None
            continue
        before = min((other.fixed for other in ordered[index + 1 :] if other.fixed), default=None)
        if stuck:
            steps.append(Step(stop, reason=_("First the body before it needs a meeting.")))
            continue
        step = _first_workable(stop, slots, after, before, today, is_urgent)
        steps.append(step)
        if step.slot:
            after = step.slot.day
        else:
            stuck = stop
    return Path(tuple(steps), [stop.key for stop in ordered] != [stop.key for stop in stops])


def _first_workable(
    stop: Stop, slots: Iterable[Slot], after: date | None, before: date | None, today: date, is_urgent: bool
) -> Step:
    refused = []
    for slot in sorted((slot for slot in slots if slot.body == stop.body), key=lambda slot: (slot.day, slot.key)):
        if slot.day < today:
            continue
        why = _hindrance(slot, after, before, today, is_urgent)
        if not why:
            return Step(stop, slot, tuple(refused))
        refused.append((slot, why))
    reason = _("None of its meetings will do.") if refused else _("No meeting of this body is planned.")
    return Step(stop, None, tuple(refused), reason)


def _hindrance(slot: Slot, after: date | None, before: date | None, today: date, is_urgent: bool) -> str:
    """Why a meeting will not do, or nothing. An urgent paper has only the meeting itself to keep."""
    if after and slot.day <= after:
        return _("It is not after the meeting of the body before it (%(day)s).") % {"day": short_day(after)}
    if before and slot.day >= before:
        return _("It is not before the meeting of the body after it (%(day)s).") % {"day": short_day(before)}
    for deadline in slot.deadlines:
        if deadline.is_late(today) and (deadline.kind == MEETING or not is_urgent):
            return past(deadline)
    if slot.meeting is not None and slot.meeting.life.is_invited and not is_urgent:
        return _("The committee is invited already; only an urgent paper comes on its agenda.")
    return ""


def past(deadline: Deadline) -> str:
    """“Submission was on Mon, 12 Oct”, with the holiday that made it so early."""
    words = {"deadline": deadline.name, "day": short_day(deadline.day), "holiday": deadline.holiday}
    if deadline.holiday:
        return _("%(deadline)s: was due on %(day)s (moved before %(holiday)s).") % words
    text = _("%(deadline)s: was due on %(day)s") % words
    return text if text.endswith(".") else text + "."


def remarks_on(
    stops: Sequence[Stop],
    chosen: Mapping[int, Slot],
    *,
    today: date,
    is_urgent: bool = False,
    asks_for_decision: bool = False,
) -> list[Remark]:
    """What to look at in a sequence. ``chosen`` gives the slot of a stop that has a meeting, by the stop's key."""
    found = _remarks_on_order(stops, chosen)
    if asks_for_decision and stops and not any(stop.decides_finally for stop in stops):
        found.append(Remark("warn", _("No body decides finally. Say whose resolution is the one that holds.")))
    for stop in stops:
        slot = chosen.get(stop.key)
        if slot and not stop.is_done:
            found += remarks_on_slot(slot, today=today, is_urgent=is_urgent, stop=stop, is_placed=True)
    return found


def _remarks_on_order(stops: Sequence[Stop], chosen: Mapping[int, Slot]) -> list[Remark]:
    final = next((index for index, stop in enumerate(stops) if stop.decides_finally), None)
    found = []
    if final is not None:
        for stop in stops[final + 1 :]:
            if stop.role in PREPARES and not stop.is_done:
                text = _("%(body)s prepares the decision but comes after the body that decides. Change the order.")
                found.append(Remark("stop", text % {"body": _name(stop)}, stop))
    days = [(stop, chosen[stop.key].day) for stop in stops if stop.key in chosen]
    for (first, first_day), (second, second_day) in pairwise(days):
        if second_day <= first_day and not (first.is_done and second.is_done):
            text = _("%(second)s comes after %(first)s in the sequence but does not meet later.")
            found.append(Remark("stop", text % {"first": _name(first), "second": _name(second)}, second))
    return found


def remarks_on_day(day: date) -> list[Remark]:
    """What speaks against a meeting on this day: a Sunday, a public holiday, the school holidays of the Land."""
    found = []
    if name := holiday(day):
        text = _("%(day)s is a public holiday: %(holiday)s.") % {"day": long_day(day), "holiday": name}
        found.append(Remark("warn", text))
    elif day.weekday() == SUNDAY:
        found.append(Remark("warn", _("%(day)s: nobody is invited on a Sunday.") % {"day": long_day(day)}))
    if name := school_holiday(day):
        text = _("%(day)s lies in the school holidays: %(holiday)s.") % {"day": long_day(day), "holiday": name}
        found.append(Remark("warn", text))
    return found


def remarks_on_slot(
    slot: Slot, *, today: date, is_urgent: bool = False, stop: Stop | None = None, is_placed: bool = False
) -> list[Remark]:
    """What to look at in one meeting: periods that are over, too little notice, holidays that eat days."""
    found = []
    for deadline in slot.deadlines:
        over = deadline.is_late(today)
        if deadline.kind == DISPATCH and over and slot.day >= today and slot.meeting is not None:
            text = _("Too little notice: the invitation to %(meeting)s should have gone out on %(day)s.")
            found.append(Remark("stop", text % {"meeting": slot.meeting, "day": short_day(deadline.day)}, stop))
        elif over and slot.day >= today and not is_placed and deadline.kind != MEETING:
            found.append(Remark("warn" if is_urgent else "stop", past(deadline), stop))
        if deadline.holiday and deadline.day >= today:
            text = _("%(holiday)s falls into the period: %(deadline)s already on %(day)s.")
            about = {"holiday": deadline.holiday, "deadline": deadline.name, "day": long_day(deadline.day)}
            found.append(Remark("warn", text % about, stop))
    return found


def _name(stop: Stop) -> str:
    return str(stop.consultation.committee) if stop.consultation else str(stop.body)
