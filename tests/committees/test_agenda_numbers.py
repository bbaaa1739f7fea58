# SPDX-License-Identifier: EUPL-1.2
"""Agenda numbers are the secretary's: drawn with the invitation, never typed by the coordination, then they stay."""

import pytest
from django.urls import reverse

from committees import flows
from committees.models import AgendaItem
from core.errors import NotAllowed, WrongState
from reports.kinds import pack

CLOSED = {"is_public": False, "non_public_reason": "Interessen Einzelner"}
URGENT = {"urgent_reason": "Frist", "urgent_requested_by": "Verwaltung"}


@pytest.fixture
def meeting(jha, make_meeting, secretary, members):
    meeting = make_meeting(jha)
    for number, title in (("9", "Eröffnung"), ("4", "Berichte"), ("4.1", "Kita"), ("7", "Verschiedenes")):
        flows.add_agenda_item(meeting, by=secretary, number=number, title=title)
    flows.add_agenda_item(meeting, by=secretary, title="Grundstück", **CLOSED)
    return meeting


@pytest.fixture
def make_paper(office, lead):
    def make(title="Bericht", **fields):
        return flows.create_paper(
            by=office, title=title, paper_type="report", lead_department=lead, proposed_resolution="x", **fields
        )

    return make


def numbers(meeting):
    return list(meeting.agenda_items.order_by("position").values_list("number", flat=True))


def test_the_invitation_counts_the_agenda_through(meeting, secretary):
    flows.invite(meeting, by=secretary)
    assert numbers(meeting) == ["1", "2", "2.1", "3", "4"]


def test_after_the_invitation_numbers_stay_and_what_is_added_bears_a_letter(meeting, secretary, office, make_paper):
    flows.invite(meeting, by=secretary)
    item = meeting.agenda_items.get(number="3")
    for change in (
        lambda: flows.edit_agenda_item(item, by=secretary, number="8"),
        lambda: flows.renumber(meeting, by=secretary),
    ):
        with pytest.raises(WrongState):
            change()
    flows.edit_agenda_item(item, by=secretary, number="3", title="Sonstiges")
    added = flows.add_urgent_item(meeting, by=secretary, title="Wasserschaden", **URGENT)
    second = flows.put_on_agenda(meeting, make_paper(), by=secretary, **URGENT)
    closed = flows.add_urgent_item(meeting, by=secretary, title="Personal", **URGENT, **CLOSED)
    assert (added.number, second.number, closed.number) == ("3a", "3b", "4a")
    assert numbers(meeting) == ["1", "2", "2.1", "3", "3a", "3b", "4", "4a"]
    told = {one["number"]: one["added"] for one in pack.build(meeting, "full")["agenda"]}
    assert [number for number, is_added in told.items() if is_added] == ["3a", "3b", "4a"]


def test_the_coordination_types_no_number_on_any_page(client, meeting, office, secretary, make_paper):
    client.force_login(office)
    create = reverse("committees:agenda_item_create", args=[meeting.pk])
    assert 'name="number"' not in client.get(create).content.decode()
    client.post(create, {"number": "77", "title": "Neu", "is_public": "on"})
    assert meeting.agenda_items.get(title="Neu").number != "77"
    with pytest.raises(NotAllowed):
        flows.renumber(meeting, by=office)
    client.force_login(secretary)
    assert 'name="number"' in client.get(create).content.decode()


def test_a_paper_has_an_item_of_its_own_and_joins_none_that_hides_it(client, meeting, make_paper, lead, make_user):
    head = make_user("Tarek Haddad", heads=[lead])
    paper = make_paper("Spielplätze")
    client.force_login(head)
    address = reverse("committees:consultation_create", args=[paper.pk])
    assert 'name="number"' not in client.get(address).content.decode()
    posted = {"meeting": meeting.pk, "role": "information", "number": "7", "is_public": "on", "confirm": "on"}
    assert client.post(address, posted).status_code == 302
    assert paper.consultations.get().agenda_item.title == "Spielplätze"


def test_a_supplement_joins_the_item_of_its_paper(client, meeting, make_paper, secretary, office, head):
    paper = make_paper("Spielplätze")
    item = flows.put_on_agenda(meeting, paper, by=secretary)
    flows.schedule(paper, by=secretary, committee=meeting.committee, role="information", agenda_item=item)
    more = flows.supplement_paper(paper, by=office, title="Spielplätze, Kosten", proposed_resolution="y")
    client.force_login(head)
    address = reverse("committees:consultation_create", args=[more.pk])
    posted = {"meeting": meeting.pk, "role": "information", "is_public": "on", "confirm": "on"}
    assert client.post(address, posted).status_code == 302
    assert more.consultations.get().agenda_item == item
    assert AgendaItem.objects.filter(meeting=meeting, title__startswith="Spielplätze").count() == 1
