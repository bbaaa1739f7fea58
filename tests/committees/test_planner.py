# SPDX-License-Identifier: EUPL-1.2
from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from committees.deadlines import Deadline, deadlines_of
from committees.models import Committee, Meeting
from committees.planner import PREPARES, Slot, Stop, remarks_on, suggest, workable_order
from core.workdays import holiday, is_working_day, working_day_before

TODAY = date(2026, 10, 8)


def meeting(day, **periods):
    start = timezone.make_aware(datetime.combine(day, time(17)))
    return Meeting(committee=Committee(name="Jugendhilfeausschuss", **periods), start=start)


def days(found):
    return {deadline.kind: (deadline.day, deadline.holiday) for deadline in found}


@pytest.mark.parametrize(
    ("state", "day", "expected"),
    [
        ("NW", date(2026, 11, 1), (date(2026, 10, 30), "Allerheiligen")),  # a Sunday, the Saturday before it too
        ("", date(2026, 11, 1), (date(2026, 10, 30), "")),
        ("NW", date(2026, 6, 4), (date(2026, 6, 3), "Fronleichnam")),
        ("BE", date(2026, 6, 4), (date(2026, 6, 4), "")),
        ("", date(2026, 5, 1), (date(2026, 4, 30), "Erster Mai")),
        ("", date(2026, 10, 12), (date(2026, 10, 12), "")),
        ("", date(2027, 1, 1), (date(2026, 12, 31), "Neujahr")),
        ("", date(2026, 4, 6), (date(2026, 4, 2), "Ostermontag")),
    ],
)
def test_a_day_without_work_gives_way_to_the_working_day_before(settings, state, day, expected):
    settings.HOLIDAY_STATE = state
    assert working_day_before(day) == expected


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_the_day_found_is_a_working_day_and_none_lies_between(day):
    found, _holiday = working_day_before(day)
    assert is_working_day(found)
    assert not any(is_working_day(found + timedelta(days=n)) for n in range(1, (day - found).days + 1))


def test_deadlines_are_counted_back_and_say_which_holiday_moved_them(settings):
    settings.HOLIDAY_STATE = "NW"
    found = deadlines_of(
        meeting(date(2026, 11, 11), notice_days=10, submission_days=21, cosigning_days=30, data_cutoff_days=39)
    )
    assert [deadline.kind for deadline in found] == ["data", "cosigning", "submission", "dispatch", "meeting"]
    assert days(found)["dispatch"] == (date(2026, 10, 30), "Allerheiligen")
    assert days(found)["data"] == (date(2026, 10, 2), "Tag der Deutschen Einheit")
    assert days(found)["submission"] == (date(2026, 10, 21), "")
    assert next(one for one in found if one.kind == "dispatch").counted == date(2026, 11, 1)


def test_without_periods_there_is_only_the_meeting_and_a_written_deadline_is_kept_as_it_is():
    assert list(days(deadlines_of(meeting(date(2026, 11, 12))))) == ["meeting"]
    written = meeting(date(2026, 11, 12), submission_days=21)
    written.submission_deadline = date(2026, 10, 31)
    assert days(deadlines_of(written))["submission"] == (date(2026, 10, 31), "")


def slot(key, body, offset, submission=21):
    day = TODAY + timedelta(days=offset)
    due = day - timedelta(days=submission)
    return Slot(
        key, body, day, (Deadline("submission", "Einreichung", due, due), Deadline("meeting", "Sitzung", day, day))
    )


def test_the_path_takes_the_earliest_meetings_in_order_and_says_why_nearer_ones_will_not_do():
    stops = [Stop(1, 1, "preliminary"), Stop(2, 2, "decision", decides_finally=True)]
    slots = [slot(11, 1, 18), slot(12, 1, 60), slot(21, 2, 30), slot(22, 2, 60), slot(23, 2, 75)]
    path = suggest(stops, slots, today=TODAY)
    assert [step.slot.key for step in path.steps] == [12, 23]
    assert [refused.key for refused, _why in path.steps[0].refused] == [11]
    assert [refused.key for refused, _why in path.steps[1].refused] == [21, 22]
    assert all(why for step in path.steps for _slot, why in step.refused)
    assert path.is_workable


def test_a_preparing_body_after_the_decision_is_moved_before_it_and_warned_of():
    stops = [Stop(1, 1, "decision", decides_finally=True), Stop(2, 2, "hearing"), Stop(3, 3, "information")]
    assert [stop.key for stop in workable_order(stops)] == [2, 1, 3]
    slots = [slot(10, 1, 40), slot(11, 1, 90), slot(20, 2, 60), slot(30, 3, 95)]
    path = suggest(stops, slots, today=TODAY)
    assert path.is_reordered
    assert [(step.stop.key, step.slot.key) for step in path.steps] == [(2, 20), (1, 11), (3, 30)]
    assert [remark.kind for remark in remarks_on(stops, {}, today=TODAY)] == ["stop"]


def test_where_a_body_has_no_meeting_those_after_it_wait_and_nothing_is_taken():
    stops = [Stop(1, 1, "preliminary"), Stop(2, 2, "decision", decides_finally=True)]
    path = suggest(stops, [slot(21, 2, 60)], today=TODAY)
    assert [step.slot for step in path.steps] == [None, None]
    assert all(step.reason for step in path.steps)
    assert not path.is_workable


def test_an_urgent_paper_may_be_late_but_never_out_of_order():
    stops = [Stop(1, 1, "preliminary"), Stop(2, 2, "decision", decides_finally=True)]
    slots = [slot(11, 1, 5), slot(21, 2, 3), slot(22, 2, 9)]
    assert [step.slot.key for step in suggest(stops, slots, today=TODAY, is_urgent=True).steps] == [11, 22]
    assert not suggest(stops, slots, today=TODAY).is_workable


def test_meetings_out_of_order_and_a_missing_deciding_body_are_warned_of():
    stops = [
        Stop(1, 1, "preliminary", fixed=TODAY + timedelta(days=60)),
        Stop(2, 2, "decision", fixed=TODAY + timedelta(days=30)),
    ]
    chosen = {1: slot(11, 1, 60), 2: slot(21, 2, 30)}
    found = remarks_on(stops, chosen, today=TODAY, asks_for_decision=True)
    assert [remark.kind for remark in found] == ["stop", "warn"]


OFFSETS = st.integers(-30, 200)
SLOTS = st.lists(st.tuples(st.integers(1, 4), OFFSETS, st.integers(0, 40), st.integers(0, 20)), max_size=25)
STOPS = st.lists(
    st.tuples(
        st.integers(1, 4),
        st.sampled_from(["decision", "preliminary", "hearing", "information", "recommendation"]),
        st.one_of(st.none(), OFFSETS),
    ),
    max_size=6,
)


@given(SLOTS, STOPS, st.integers(0, 5))
def test_a_suggested_path_never_breaks_the_order_or_a_deadline(offered, asked, final):
    slots = []
    for key, (body, offset, submission, dispatch) in enumerate(offered):
        day = TODAY + timedelta(days=offset)
        kept = [
            Deadline(kind, kind, working_day_before(day - timedelta(days=back))[0], day)
            for kind, back in (("submission", submission), ("dispatch", dispatch), ("meeting", 0))
        ]
        kept[2] = Deadline("meeting", "meeting", day, day)
        slots.append(Slot(key, body, day, tuple(kept)))
    stops = [
        Stop(key, body, role, role == "decision" and key == final, TODAY + timedelta(days=fixed) if fixed else None)
        for key, (body, role, fixed) in enumerate(asked)
    ]
    path = suggest(stops, slots, today=TODAY)
    assert sorted(step.stop.key for step in path.steps) == sorted(stop.key for stop in stops)
    for index, step in enumerate(path.steps):
        if not step.slot:
            continue
        assert step.slot.body == step.stop.body
        assert not step.stop.fixed
        assert all(deadline.day >= TODAY for deadline in step.slot.deadlines)
        for other in path.steps[:index]:
            day = other.slot.day if other.slot else other.stop.fixed
            assert day is not None
            assert day < step.slot.day
        for other in path.steps[index + 1 :]:
            day = other.slot.day if other.slot else other.stop.fixed
            assert day is None or day > step.slot.day
        if step.stop.role in PREPARES:
            earlier = [other.stop for other in path.steps[:index]]
            assert not any(stop.decides_finally and not stop.fixed for stop in earlier)


@given(SLOTS, STOPS)
def test_there_is_no_earlier_meeting_that_would_have_done(offered, asked):
    slots = [slot(key, body, offset, submission) for key, (body, offset, submission, _d) in enumerate(offered)]
    stops = [Stop(key, body, role) for key, (body, role, _fixed) in enumerate(asked)]
    after = TODAY - timedelta(days=1)
    for step in suggest(stops, slots, today=TODAY).steps:
        could = [
            one
            for one in slots
            if one.body == step.stop.body and one.day > after and all(due.day >= TODAY for due in one.deadlines)
        ]
        if not step.slot:
            break
        assert step.slot.day == min(one.day for one in could)
        after = step.slot.day


def test_holidays_are_named_as_the_law_names_them(settings):
    settings.HOLIDAY_STATE = "BY"
    assert holiday(date(2027, 1, 6)) == "Heilige Drei Könige"


def test_who_speaks_before_the_decision_are_roles_that_there_are():
    from committees.models import ConsultationRole

    assert set(ConsultationRole.values) - PREPARES == {ConsultationRole.DECISION, ConsultationRole.INFORMATION}
