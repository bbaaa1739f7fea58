# SPDX-License-Identifier: EUPL-1.2
"""Meetings on a public holiday, a Sunday or in the school holidays are warned about; one function says what is late."""

from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from committees.models import Meeting
from committees.planner import remarks_on_day
from core import due
from core.workdays import school_holiday
from demo.lindenfurt.town import meeting_day

CHRISTMAS, SUNDAY, SUMMER, PLAIN = date(2026, 12, 25), date(2027, 2, 21), date(2027, 7, 27), date(2027, 2, 23)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (CHRISTMAS, ["Erster Weihnachtstag", "Weihnachtsferien"]),
        (SUNDAY, ["Sonntag"]),
        (SUMMER, ["Sommerferien"]),
        (PLAIN, []),
    ],
)
def test_what_speaks_against_a_day_is_said(settings, day, words):
    settings.HOLIDAY_STATE = "NW"
    found = [remark.text for remark in remarks_on_day(day)]
    assert len(found) == len(words)
    assert all(word in text for word, text in zip(words, found, strict=True))


def test_without_a_land_no_school_holidays_are_known(settings):
    settings.HOLIDAY_STATE = ""
    assert school_holiday(SUMMER) == ""


def test_the_secretary_is_warned_when_saving_and_on_the_page(client, settings, jha, secretary, make_meeting):
    settings.HOLIDAY_STATE = "NW"
    client.force_login(secretary)
    address = reverse("committees:meeting_create", args=[jha.pk])
    page = client.post(address, {"start": "2027-07-27T17:00"}, follow=True).content.decode()
    assert page.count("Sommerferien") == 2, "once as a message, once on the page of the meeting"
    meeting = Meeting.objects.get(committee=jha)
    assert "Sommerferien" in client.get(meeting.get_absolute_url()).content.decode()


def test_a_member_reads_no_warning(client, settings, jha, members):
    settings.HOLIDAY_STATE = "NW"
    start = timezone.make_aware(datetime.combine(SUMMER, time(17)))
    meeting = Meeting.objects.create(committee=jha, start=start)
    client.force_login(members["Rühl"].person.user)
    assert "Sommerferien" not in client.get(meeting.get_absolute_url()).content.decode()


def test_the_demo_town_meets_on_working_days_and_never_between_christmas_eve_and_new_year():
    for offset in range(400):
        day = meeting_day(date(2026, 11, 1) + timedelta(days=offset))
        assert day.weekday() < 5
        assert (day.month, day.day) < (12, 24)
        assert (day.month, day.day) != (1, 1)


def test_the_database_and_the_page_call_the_same_day_late():
    today = timezone.localdate()
    assert str(due.late_in("due_on", today=today)) == f"(AND: ('due_on__lt', {today!r}))"
    for days, is_late in ((-1, True), (0, False), (1, False)):
        assert (due.standing(today + timedelta(days=days), today=today) == due.LATE) is is_late
