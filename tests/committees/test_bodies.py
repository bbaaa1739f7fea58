# SPDX-License-Identifier: EUPL-1.2
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.models import Actor, Person
from committees import flows
from committees.models import LegislativeTerm, Membership
from core.errors import NotAllowed, WrongState

TODAY = timezone.localdate()


@pytest.fixture
def term(db):
    return LegislativeTerm.objects.create(
        name="Wahlperiode", start_on=TODAY - timedelta(days=400), end_on=TODAY + timedelta(days=1400)
    )


@pytest.fixture
def successor(db):
    return Person.objects.create(family_name="Neumann")


def test_a_successor_ends_the_predecessors_membership_and_both_are_linked(members, secretary, successor, term):
    seat = members["Brandt"]
    Membership.objects.filter(pk=seat.pk).update(term=term, on_behalf_of=Actor.objects.create(name="Caritas"))
    follower = flows.succeed(seat, by=secretary, person=successor, start_on=TODAY)
    seat.refresh_from_db()
    assert (seat.end_on, follower.start_on, follower.succeeds) == (TODAY - timedelta(days=1), TODAY, seat)
    assert (follower.term, follower.end_on, follower.voting_right) == (term, term.end_on, True)
    with pytest.raises(WrongState):
        flows.succeed(seat, by=secretary, person=successor, start_on=TODAY + timedelta(days=3))


def test_only_the_secretary_enters_a_successor(members, head, successor):
    with pytest.raises(NotAllowed):
        flows.succeed(members["Brandt"], by=head, person=successor, start_on=TODAY)


def test_a_successor_cannot_begin_before_the_predecessor(client, members, secretary, successor):
    client.force_login(secretary)
    address = reverse("committees:membership_succeed", args=[members["Brandt"].pk])
    early = {"person": successor.pk, "start_on": TODAY - timedelta(days=900), "role": "member"}
    assert client.post(address, early).status_code == 422
    assert client.post(address, {**early, "start_on": TODAY}).status_code == 302


def test_a_seat_left_before_the_term_ends_is_vacant_until_somebody_succeeds(members, secretary, successor, term):
    yesterday = TODAY - timedelta(days=1)
    Membership.objects.filter(pk=members["Brandt"].pk).update(term=term, end_on=yesterday)
    Membership.objects.filter(pk=members["Aksoy"].pk).update(term=term, end_on=term.end_on)
    assert list(Membership.objects.vacant()) == [members["Brandt"]]
    flows.succeed(members["Brandt"], by=secretary, person=successor, start_on=TODAY)
    assert not Membership.objects.vacant().exists()


def test_memberships_that_end_within_ninety_days_are_shown_to_who_keeps_the_list(client, members, secretary):
    Membership.objects.filter(pk=members["Brandt"].pk).update(end_on=TODAY + timedelta(days=89))
    Membership.objects.filter(pk=members["Aksoy"].pk).update(end_on=TODAY + timedelta(days=91))
    assert list(Membership.objects.expiring()) == [members["Brandt"]]
    client.force_login(secretary)
    assert "Enden in den nächsten 90 Tagen" in client.get(reverse("committees:membership_list")).content.decode()
    client.force_login(members["Rühl"].person.user)
    assert "Enden in den nächsten 90 Tagen" not in client.get(reverse("committees:membership_list")).content.decode()


def test_a_membership_ends_with_its_term_unless_another_day_is_named(client, jha, secretary, successor, term):
    client.force_login(secretary)
    address = reverse("committees:membership_create", args=[jha.pk])
    data = {"person": successor.pk, "role": "member", "voting_right": "on", "term": term.pk, "start_on": TODAY}
    assert client.post(address, data).status_code == 302
    assert Membership.objects.get(person=successor).end_on == term.end_on


def test_the_page_of_a_body_says_since_when_and_where_the_office_has_its_mandate(client, jha, office):
    jha.office_may_propose, jha.may_propose_source = True, "Geschäftsordnung § 4"
    jha.may_propose_since = TODAY
    jha.save()
    client.force_login(office)
    assert "Geschäftsordnung § 4" in client.get(jha.get_absolute_url()).content.decode()


def test_terms_are_kept_by_the_coordination_alone(client, secretary, office, term):
    for name, args in (("term_list", []), ("term_create", []), ("term_edit", [term.pk])):
        client.force_login(secretary)
        assert client.get(reverse(f"committees:{name}", args=args)).status_code == 403
        client.force_login(office)
        assert client.get(reverse(f"committees:{name}", args=args)).status_code == 200
