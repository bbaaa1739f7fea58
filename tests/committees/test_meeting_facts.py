# SPDX-License-Identifier: EUPL-1.2
"""Invited, held and closed follow from facts: people invited, a beginning that has come, minutes approved later."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from committees import flows
from committees.models import AgendaItem, Meeting, MeetingAttestation
from core import triggers
from core.errors import NotAllowed, WrongState
from tests.sessions import closed, held

pytestmark = pytest.mark.django_db

carry_over = import_module("committees.migrations.0031_carry_over_states_set_by_hand").carry_over


@pytest.fixture
def meeting(jha, make_meeting):
    return make_meeting(jha, days=20)


def write(meeting, state):
    with transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(state=state)


def test_everybody_who_sits_there_on_that_day_is_invited_by_name(meeting, secretary, members, make_member):
    make_member(meeting.committee, start_on=timezone.localdate() + timedelta(days=40), name="Später")
    flows.invite(meeting, by=secretary)
    assert {one.membership for one in meeting.invitations.all()} == set(members.values())
    assert {one.sent_by for one in meeting.invitations.all()} == {secretary}
    with pytest.raises(WrongState):
        flows.invite(meeting, by=secretary)


def test_a_body_without_members_is_not_invited(meeting, secretary):
    with pytest.raises(WrongState):
        flows.invite(meeting, by=secretary)


def test_before_its_beginning_a_meeting_was_not_held(client, meeting, secretary, members):
    flows.invite(meeting, by=secretary)
    client.force_login(secretary)
    client.post(reverse("committees:meeting_hold", args=[meeting.pk]))
    meeting.refresh_from_db()
    assert meeting.state == "invited"
    with pytest.raises(IntegrityError):
        write(meeting, "held")
    Meeting.objects.filter(pk=meeting.pk).update(start=timezone.now() - timedelta(minutes=1))
    client.post(reverse("committees:meeting_hold", args=[meeting.pk]))
    meeting.refresh_from_db()
    assert meeting.state == "held"


def test_only_the_secretary_and_the_office_take_the_steps(meeting, members, make_user, secretary):
    member = members["Rühl"].person.user
    for step in (flows.invite, flows.hold, lambda one, by: flows.cancel(one, by=by, reason="Grund")):
        for somebody in (member, make_user("Root", is_superuser=True)):
            with pytest.raises(NotAllowed):
                step(meeting, by=somebody)


def test_closed_it_is_by_the_minutes_alone(meeting, secretary, members):
    meeting = held(meeting, by=secretary)
    with pytest.raises(IntegrityError):
        write(meeting, "closed")
    assert closed(meeting, by=secretary).state == "closed"


def test_minutes_are_approved_in_a_later_meeting_that_was_held_under_the_item_for_it(
    meeting, secretary, members, jha, make_meeting, lead, office
):
    meeting = held(meeting, by=secretary)
    Meeting.objects.filter(pk=meeting.pk).update(start=timezone.now() - timedelta(days=30))
    minutes = flows.submit_minutes(flows.begin_minutes(meeting, by=secretary), by=secretary)
    following = make_meeting(jha, days=3)
    item = AgendaItem.objects.create(meeting=following, position=1, number="1", title="Niederschrift")
    paper = flows.create_paper(
        by=office,
        title="Vorlage",
        paper_type="decision",
        lead_department=lead,
        proposed_resolution="Beschluss",
    )
    other = flows.put_on_agenda(following, paper, by=secretary, number="2")
    flows.schedule(paper, by=secretary, committee=jha, role="decision", agenda_item=other)
    with pytest.raises(WrongState):
        flows.approve_minutes(minutes, by=secretary, item=item)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(minutes).objects.filter(pk=minutes.pk).update(
            state="approved", approved_in=item, approved_at=timezone.now()
        )
    held(following, by=secretary)
    with pytest.raises(WrongState):
        flows.approve_minutes(minutes, by=secretary, item=other)
    assert flows.approve_minutes(minutes, by=secretary, item=item).state == "approved"


@pytest.mark.parametrize("state", ["invited", "held", "closed"])
def test_the_database_refuses_a_state_without_its_fact(meeting, members, state):
    with pytest.raises(IntegrityError):
        write(meeting, state)


def test_what_was_set_by_hand_says_what_shows_it(client, meeting, secretary, members):
    triggers.take_down(connection)
    Meeting.objects.filter(pk=meeting.pk).update(state="closed", invited_at=timezone.now())
    carry_over(apps, None)
    triggers.put_up(connection)
    assert {one.state for one in MeetingAttestation.objects.filter(meeting=meeting)} == {"invited", "closed"}
    client.force_login(secretary)
    assert client.get(meeting.get_absolute_url()).content.decode().count("data-attested") == 2
