# SPDX-License-Identifier: EUPL-1.2
"""Facts of the past stay: who sat in a body on the day of a meeting, and who has which seat when."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from actors.models import Person
from committees import flows
from committees.models import Membership, Seat
from committees.seats import seats_of
from committees.voting import quorum_of, voters_of
from core import triggers
from core.errors import WrongState

TODAY = timezone.localdate()


@pytest.fixture
def meeting(jha, make_meeting, secretary, members, hold, attend):
    """Three members with a vote, two of them present."""
    meeting = make_meeting(jha)
    flows.add_agenda_item(meeting, by=secretary, number="1", title="Punkt")
    meeting = hold(meeting)
    attend(meeting, [members["Rühl"], members["Aksoy"]])
    return meeting


@pytest.fixture
def somebody(db):
    return Person.objects.create(family_name="Neu")


def add(committee, person, start, end=None, **fields):
    return Membership.objects.create(committee=committee, person=person, start_on=start, end_on=end, **fields)


def test_quorum_and_vote_stay_as_they_were_whatever_is_registered_later(client, meeting, jha, members, secretary):
    item = meeting.agenda_items.get()
    before = quorum_of(meeting), voters_of(item), seats_of(meeting).rows
    assert (before[0].present, before[0].members, before[0].reached) == (2, 3, True)
    Membership.objects.filter(pk=members["Brandt"].pk).update(end_on=TODAY - timedelta(days=90))
    Membership.objects.filter(pk=members["Rühl"].pk).update(voting_right=False, role="guest")
    for number in range(5):
        add(jha, Person.objects.create(family_name=f"Neu{number}"), TODAY - timedelta(days=300))
    jha.seats = 44
    jha.save()
    assert (quorum_of(meeting), voters_of(item), seats_of(meeting).rows) == before
    client.force_login(secretary)
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "data-seats" in page
    assert all(name in page for name in members)


def test_before_it_is_held_a_meeting_has_the_members_that_are_registered(jha, make_meeting, members, somebody):
    meeting = make_meeting(jha)
    add(jha, somebody, TODAY, role="chair")
    seats = seats_of(meeting)
    assert (len(seats.voting), seats.is_kept, seats.chair.name) == (4, False, "Neu")


def test_the_chair_of_the_day_stays_with_the_meeting(client, jha, make_meeting, hold, members, secretary, somebody):
    Membership.objects.filter(pk=members["Rühl"].pk).update(role="chair")
    meeting = hold(make_meeting(jha))
    flows.succeed(members["Rühl"], by=secretary, person=somebody, start_on=TODAY - timedelta(days=30))
    client.force_login(secretary)
    assert seats_of(meeting).chair.name == "Rühl"
    assert "Rühl" in client.get(meeting.get_absolute_url()).content.decode()


def test_who_sat_in_a_meeting_is_never_changed(meeting):
    rows = Seat.objects.filter(meeting=meeting)
    for change in (lambda: rows.update(voting_right=False), rows.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_two_memberships_of_a_person_in_a_body_never_overlap(client, jha, members, secretary, somebody):
    client.force_login(secretary)
    address = reverse("committees:membership_create", args=[jha.pk])
    data = {"person": members["Rühl"].person_id, "role": "member", "voting_right": "on", "start_on": TODAY.isoformat()}
    answer = client.post(address, data)
    assert answer.status_code == 422
    assert "überschneiden" in answer.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        add(jha, members["Rühl"].person, TODAY)
    Membership.objects.filter(pk=members["Rühl"].pk).update(end_on=TODAY - timedelta(days=1))
    assert client.post(address, data).status_code == 302
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=members["Rühl"].pk).update(end_on=None)
    edit = reverse("committees:membership_edit", args=[members["Rühl"].pk])
    assert client.post(edit, {**data, "start_on": "2020-01-01"}).status_code == 422
    add(jha, somebody, TODAY)


def test_a_body_has_one_chair_at_a_time(client, jha, members, secretary, somebody, make_committee):
    add(jha, somebody, TODAY, role="chair")
    client.force_login(secretary)
    edit = reverse("committees:membership_edit", args=[members["Rühl"].pk])
    start = members["Rühl"].start_on.isoformat()
    answer = client.post(edit, {"person": members["Rühl"].person_id, "role": "chair", "start_on": start})
    assert answer.status_code == 422
    assert "Vorsitz" in answer.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=members["Rühl"].pk).update(role="chair")
    with pytest.raises(WrongState):
        flows.succeed(
            members["Rühl"], by=secretary, person=Person.objects.create(family_name="N"), start_on=TODAY, role="chair"
        )
    add(make_committee(code="ASB", name="Schulausschuss"), somebody, TODAY, role="chair")


@pytest.fixture
def unguarded(db):
    """As before the database asked for spans that do not overlap."""
    triggers.take_down(connection)
    yield
    triggers.put_up(connection)


def test_memberships_that_overlap_are_carried_over_without_loss(unguarded, make_committee, make_meeting, somebody):
    body = make_committee()
    first = add(body, somebody, date(2024, 1, 1), date(2026, 12, 31))
    second = add(body, somebody, date(2025, 3, 1), date(2025, 5, 31), role="advisory")
    old, new = (
        add(body, Person.objects.create(family_name=name), start, None, role="chair")
        for name, start in (("Alt", date(2024, 1, 1)), ("Jung", date(2025, 1, 1)))
    )
    held = make_meeting(body, days=-1, state="held")
    import_module("committees.migrations.0039_carry_over_seats").carry_over(apps, None)
    spans = [(one.role, one.start_on, one.end_on) for one in somebody.memberships.order_by("start_on")]
    assert spans == [
        ("member", date(2024, 1, 1), date(2025, 2, 28)),
        ("advisory", second.start_on, second.end_on),
        ("member", date(2025, 6, 1), date(2026, 12, 31)),
    ]
    first.refresh_from_db()
    assert first.carried_over == "member 2024-01-01/2026-12-31"
    assert [(one.role, one.end_on) for one in old.person.memberships.order_by("start_on")] == [
        ("chair", date(2024, 12, 31)),
        ("member", None),
    ]
    new.refresh_from_db()
    assert (new.role, new.end_on) == ("chair", None)
    assert held.seats.count() == 3
