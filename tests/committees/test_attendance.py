# SPDX-License-Identifier: EUPL-1.2
"""Who came later or left earlier votes on the items in between, and on no others."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from committees import flows
from committees.forms import AttendanceForm
from committees.models import Attendance
from committees.voting import quorum_of, voters_of
from core.errors import WrongState
from tests.sessions import invited


@pytest.fixture
def meeting(jha, make_meeting, secretary, members, hold):
    meeting = make_meeting(jha)
    for number in ("1", "2", "3"):
        flows.add_agenda_item(meeting, by=secretary, number=number, title=f"Punkt {number}")
    return hold(meeting)


@pytest.fixture
def items(meeting):
    return list(meeting.agenda_items.order_by("position"))


@pytest.fixture
def came_and_went(meeting, items, members, secretary):
    """Rühl is there throughout, Brandt comes with item 2, Aksoy leaves after item 2."""
    rows = [
        flows.Presence(members["Rühl"], "present"),
        flows.Presence(members["Brandt"], "present", from_item=items[1]),
        flows.Presence(members["Aksoy"], "present", until_item=items[1]),
    ]
    return flows.record_attendance(meeting, rows, by=secretary)


def test_only_who_was_there_for_an_item_may_vote_on_it(came_and_went, items):
    assert [voters_of(item).limit for item in items] == [2, 3, 2]
    assert quorum_of(came_and_went).present == 3


def test_votes_of_somebody_who_had_left_are_refused(came_and_went, items, secretary):
    resolved = {"result": "unchanged", "note": "So."}
    with pytest.raises(WrongState):
        flows.record_item_result(items[2], by=secretary, votes_yes=3, **resolved)
    flows.record_item_result(items[2], by=secretary, votes_yes=2, **resolved)
    flows.record_item_result(items[1], by=secretary, votes_yes=3, **resolved)


def test_a_biased_member_who_was_not_there_is_not_subtracted_twice(came_and_went, items, secretary, members):
    flows.declare_conflict(items[0], by=secretary, membership=members["Brandt"])
    flows.declare_conflict(items[1], by=secretary, membership=members["Brandt"])
    assert [(voters_of(item).limit, voters_of(item).biased) for item in items[:2]] == [(2, 0), (2, 1)]


def test_a_clock_time_asks_for_the_item_and_the_item_is_kept(client, meeting, items, members, secretary):
    client.force_login(secretary)
    address = reverse("committees:attendance", args=[meeting.pk])
    data = {f"member-{one.pk}-status": "present" for one in members.values()}
    late = f"member-{members['Brandt'].pk}"
    answer = client.post(address, data | {f"{late}-arrived_at": "17:40"})
    assert answer.status_code == 422
    assert f"{late}-from_item" in answer.content.decode()
    data |= {f"{late}-arrived_at": "17:40", f"{late}-from_item": items[1].pk}
    assert client.post(address, data | {f"{late}-until_item": items[0].pk}).status_code == 422
    assert client.post(address, data).status_code == 302
    kept = Attendance.objects.get(membership=members["Brandt"])
    assert (kept.from_item, kept.until_item) == (items[1], None)
    assert "ab TOP\xa02" in client.get(meeting.get_absolute_url()).content.decode().replace("&nbsp;", "\xa0")
    page = client.get(address)
    assert [row.is_partial for row in page.context["form"].rows].count(True) == 1


def test_who_was_excused_came_with_no_item(client, meeting, items, members, secretary):
    client.force_login(secretary)
    data = {f"member-{one.pk}-status": "present" for one in members.values()}
    late = f"member-{members['Brandt'].pk}"
    data |= {f"{late}-status": "excused", f"{late}-from_item": items[1].pk}
    assert client.post(reverse("committees:attendance", args=[meeting.pk]), data).status_code == 302
    assert Attendance.objects.get(membership=members["Brandt"]).from_item is None


def test_items_of_another_meeting_and_a_wrong_order_are_refused(meeting, items, members, secretary, make_meeting, jha):
    other = flows.add_agenda_item(make_meeting(jha, days=60), by=secretary, number="1", title="Anderswo")
    for between in ({"from_item": other}, {"from_item": items[2], "until_item": items[0]}):
        rows = [flows.Presence(members["Rühl"], "present", **between)]
        with pytest.raises(WrongState):
            flows.record_attendance(meeting, rows, by=secretary)


def test_an_item_with_which_somebody_came_stays_on_the_agenda(jha, make_meeting, secretary, members):
    meeting = make_meeting(jha, days=30)
    item = flows.add_agenda_item(meeting, by=secretary, number="1", title="Punkt")
    invited(meeting, by=secretary)
    rows = [flows.Presence(members["Rühl"], "present", from_item=item)]
    flows.record_attendance(meeting, rows, by=secretary)
    with pytest.raises(WrongState):
        flows.remove_agenda_item(item, by=secretary)


def test_a_meeting_ends_after_midnight_and_when_the_clock_goes_back(meeting, members):
    meeting.start = datetime(2026, 10, 24, 20, 0, tzinfo=UTC)  # at ten in the evening, in the night of the change
    data = {f"member-{one.pk}-status": "present" for one in members.values()}
    form = AttendanceForm({**data, "end": "03:30"}, meeting=meeting)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["end"].astimezone(UTC) - meeting.start == timedelta(hours=6, minutes=30)
    assert not AttendanceForm({**data, "end": "21:00"}, meeting=meeting).is_valid(), "before it began"


def test_a_meeting_bears_the_day_of_the_municipality(meeting):
    meeting.start = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert str(meeting).endswith("02.07.2026")
