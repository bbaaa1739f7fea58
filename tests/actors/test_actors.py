# SPDX-License-Identifier: EUPL-1.2
import pytest
from django.urls import reverse

from activity.models import Event
from actors.models import Actor, Person

DATA = {"name": "Volkshochschule", "kind": "municipal_institution"}


def test_the_coordination_enters_actors_and_the_log_knows(client, office):
    client.force_login(office)
    assert client.post(reverse("actors:create"), DATA).status_code == 302
    actor = Actor.objects.get()
    assert Event.objects.about(actor).filter(kind="actor.created", by=office).exists()


def test_an_organisation_cannot_become_part_of_itself(client, office):
    parent = Actor.objects.create(name="Stadt")
    child = Actor.objects.create(name="Amt", parent=parent)
    client.force_login(office)
    answer = client.post(reverse("actors:edit", args=[parent.pk]), {**DATA, "name": "Stadt", "parent": child.pk})
    assert answer.status_code == 422
    parent.refresh_from_db()
    assert parent.parent is None


def test_contact_data_are_for_office_and_house_only(client, office, head, make_user, make_committee, make_member):
    from django.utils import timezone

    person = Person.objects.create(family_name="Lorenz", email="KANARIE@lindenfurt.example")
    address = person.get_absolute_url()
    member = make_member(make_committee(), start_on=timezone.localdate())
    for user, status in ((office, 200), (head, 200), (member, 404), (make_user("Root", is_superuser=True), 404)):
        client.force_login(user)
        assert client.get(address).status_code == status


@pytest.mark.parametrize("who", ["head", "superuser"])
def test_others_do_not_maintain_actors(client, head, make_user, who):
    client.force_login(head if who == "head" else make_user("Root", is_superuser=True))
    assert client.post(reverse("actors:create"), DATA).status_code == 403
    assert not Actor.objects.exists()


def test_the_list_shows_the_tree_and_filters(client, office):
    parent = Actor.objects.create(name="Stadt", kind="administration")
    Actor.objects.create(name="Amt", parent=parent, kind="administration")
    Actor.objects.create(name="Schule Nord", kind="school")
    client.force_login(office)
    page = client.get(reverse("actors:list"), {"kind": "school"}).content.decode()
    assert "Schule Nord" in page
    assert ">Amt<" not in page


def test_a_namesake_is_hinted_at_and_not_blocked(client, office):
    Person.objects.create(given_name="Anke", family_name="Rühl")
    client.force_login(office)
    answer = client.post(
        reverse("actors:person_create"),
        {"given_name": "Anke", "family_name": "Rühl", "legal_basis": "task"},
        follow=True,
    )
    assert Person.objects.count() == 2
    assert b'data-message="warning"' in answer.content
