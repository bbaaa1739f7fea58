# SPDX-License-Identifier: EUPL-1.2
import logging
import re
from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from committees import flows
from committees.models import CalendarToken, MeetingState
from core.logs import HidesSecrets

TODAY = timezone.localdate()


@pytest.fixture
def jha(make_committee):
    return make_committee("JHA", "Jugendhilfeausschuss", office_may_propose=True)


def feed(client, token):
    return client.get(reverse("committees:calendar_feed", args=[token]))


def entries(answer):
    return {str(one["uid"]).split("@")[0]: one for one in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_the_address_is_shown_once_and_stored_as_a_checksum_only(client, office):
    client.force_login(office)
    page = client.post(reverse("committees:my_calendar"), {"do": "make"}).content.decode()
    token = re.search(r"/calendar/([\w-]+)\.ics", page).group(1)
    assert len(token) >= 43  # 256 bits
    assert token not in client.get(reverse("committees:my_calendar")).content.decode()
    kept = CalendarToken.objects.get(user=office)
    assert token not in (kept.token_sha256, str(kept))
    assert feed(client, token).status_code == 200


def test_a_new_address_and_taking_it_back_end_the_old_one_at_once(client, office):
    first = flows.make_calendar(by=office)
    second = flows.make_calendar(by=office)
    assert feed(client, first).status_code == 404
    assert feed(client, second).status_code == 200
    flows.revoke_calendar(by=office)
    assert feed(client, second).status_code == 404


def test_an_entry_ends_when_the_meeting_ended(client, jha, make_meeting, office):
    meeting = make_meeting(jha)
    token = flows.make_calendar(by=office)
    entry = entries(feed(client, token))[f"meeting-{meeting.pk}"]
    assert entry["dtend"].dt - entry["dtstart"].dt == timedelta(hours=2)
    meeting.end = meeting.start + timedelta(minutes=75)
    meeting.save()
    entry = entries(feed(client, token))[f"meeting-{meeting.pk}"]
    assert entry["dtend"].dt - entry["dtstart"].dt == timedelta(minutes=75)


def test_a_switched_off_account_has_no_calendar(client, make_user):
    user = make_user("Niemand")
    token = flows.make_calendar(by=user)
    user.is_active = False
    user.save()
    assert feed(client, token).status_code == 404


def test_the_feed_leaves_nothing_behind(client, office):
    answer = feed(client, flows.make_calendar(by=office))
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert not answer.cookies
    assert client.post(reverse("committees:calendar_feed", args=["x"])).status_code == 404


def test_a_secret_stands_in_no_line_of_the_log():
    address = "/committees/calendar/" + "a" * 43
    record = logging.LogRecord("django", logging.WARNING, "", 1, "Not Found: %s", (address,), None)
    assert HidesSecrets().filter(record)
    assert record.getMessage() == "Not Found: /committees/calendar/***"
    assert configured.LOGGING["handlers"]["console"]["filters"] == ["secrets"]


def test_a_member_gets_the_own_meetings_and_only_whoever_prepares_them_the_deadlines(
    client, jha, make_committee, make_meeting, make_member, make_user
):
    ours = make_meeting(jha, submission_deadline=TODAY + timedelta(days=3), location="Rathaus, Saal 1")
    make_meeting(make_committee("ASB", "Ausschuss für Schule"))
    member = make_member(jha, start_on=TODAY - timedelta(days=9))
    found = entries(feed(client, flows.make_calendar(by=member)))
    assert set(found) == {f"meeting-{ours.pk}"}
    entry = found[f"meeting-{ours.pk}"]
    assert entry["summary"] == "Sitzung JHA"
    assert entry["location"] == "Rathaus, Saal 1"
    assert entry.decoded("dtstart").astimezone(timezone.get_current_timezone()) == ours.start.replace(microsecond=0)
    assert entry["dtstart"].params["TZID"] == "Europe/Berlin"
    secretary = make_user("Pohlmann", keeps=[jha])
    found = entries(feed(client, flows.make_calendar(by=secretary)))
    assert set(found) == {f"meeting-{ours.pk}", f"submission-{ours.pk}"}
    assert found[f"submission-{ours.pk}"].decoded("dtstart") == TODAY + timedelta(days=3)


def test_times_carry_their_zone_with_them(client, jha, make_meeting, office):
    make_meeting(jha)
    calendar = Calendar.from_ical(feed(client, flows.make_calendar(by=office)).content)
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]


def test_a_cancelled_meeting_stays_with_a_higher_sequence_and_the_same_uid(client, jha, make_meeting, office):
    meeting = make_meeting(jha)
    token = flows.make_calendar(by=office)
    (before,) = entries(feed(client, token)).values()
    flows.cancel(meeting, by=office, reason="Krankheit")
    (after,) = entries(feed(client, token)).values()
    assert before["uid"] == after["uid"]
    assert (before["status"], after["status"]) == ("TENTATIVE", "CANCELLED")
    assert after["sequence"] > before["sequence"]


def test_a_name_with_a_line_break_does_not_become_a_line_of_the_calendar(client, jha, make_meeting, office):
    make_meeting(jha, location="Saal 1\r\nATTENDEE:mailto:x@lindenfurt.example; a, b")
    answer = feed(client, flows.make_calendar(by=office))
    assert b"\r\nATTENDEE" not in answer.content
    (entry,) = entries(answer).values()
    assert entry["location"] == "Saal 1 ATTENDEE:mailto:x@lindenfurt.example; a, b"


def test_the_calendar_of_a_body_is_open_where_the_house_opened_it_and_shows_what_is_public(
    client, jha, make_committee, make_meeting, settings
):
    meeting = make_meeting(jha, state=MeetingState.INVITED, submission_deadline=TODAY)
    make_meeting(jha, days=40)
    inner = make_committee("LK", "Lenkungskreis", kind="steering_group")
    found = entries(client.get(reverse("committees:body_calendar", args=[jha.pk])))
    assert set(found) == {f"meeting-{meeting.pk}"}
    assert "url" not in found[f"meeting-{meeting.pk}"]
    assert client.get(reverse("committees:body_calendar", args=[inner.pk])).status_code == 404
    settings.PUBLIC_OPARL = False
    assert client.get(reverse("committees:body_calendar", args=[jha.pk])).status_code == 404


def test_one_meeting_is_taken_along_by_whoever_may_see_it(client, jha, make_meeting, make_member, make_user):
    meeting = make_meeting(jha)
    address = reverse("committees:meeting_calendar", args=[meeting.pk])
    client.force_login(make_member(jha, start_on=TODAY))
    answer = client.get(address)
    assert set(entries(answer)) == {f"meeting-{meeting.pk}"}
    assert answer["Content-Disposition"] == f'attachment; filename="sitzung-{meeting.pk}.ics"'
    client.force_login(make_user("Niemand"))
    assert client.get(address).status_code == 404


def test_no_title_shows_in_any_calendar_of_the_matrix(client, whole_matrix):
    built = whole_matrix.described
    from accounts.models import User

    places = {one["canary"] for one in built["objects"] if one["kind"] == "meeting"}
    for user in built["users"]:
        if user["active"]:
            text = feed(client, flows.make_calendar(by=User.objects.get(pk=user["id"]))).content.decode()
            assert set(re.findall(r"KANARIE-\w+-\d+", text)) <= places


def test_a_feed_costs_the_same_number_of_queries_however_many_meetings_it_has(
    client, jha, make_meeting, office, django_assert_max_num_queries
):
    for day in range(30):
        make_meeting(jha, days=day)
    token = flows.make_calendar(by=office)
    with django_assert_max_num_queries(8):
        feed(client, token)
