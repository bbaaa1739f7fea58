# SPDX-License-Identifier: EUPL-1.2
import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from activity.models import Event, Notification
from committees import flows, numbering
from committees.models import AgendaItem, Meeting
from core.errors import NotAllowed, WrongState
from tests.sessions import invited


@pytest.fixture
def meeting(jha, make_meeting):
    return make_meeting(jha)


@pytest.fixture
def items(meeting, secretary):
    return [flows.add_agenda_item(meeting, by=secretary, number=str(n), title=f"Punkt {n}") for n in (1, 2, 3, 4)]


def titles(meeting):
    return list(meeting.agenda_items.order_by("position").values_list("title", flat=True))


def test_numbers_are_suggested_with_sub_items():
    assert numbering.suggested([0, 0, 1, 1, 0, 1]) == ["1", "2", "2.1", "2.2", "3", "3.1"]
    assert numbering.suggested([2, 0]) == ["1", "2"]
    heading = AgendaItem(number="4", is_heading=True)
    assert numbering.following([AgendaItem(number="3"), heading]) == "2.1"
    assert numbering.following([]) == "1"


def test_an_item_is_moved_by_buttons_and_to_a_place_and_keeps_the_focus(client, meeting, items, secretary):
    client.force_login(secretary)
    address = reverse("committees:agenda_item_move", args=[items[3].pk])
    answer = client.post(address, {"up": ""})
    assert titles(meeting) == ["Punkt 1", "Punkt 2", "Punkt 4", "Punkt 3"]
    page = client.get(answer.url).content.decode()
    assert page.count("autofocus") == 1
    client.post(address, {"to": "1"})
    assert titles(meeting) == ["Punkt 4", "Punkt 1", "Punkt 2", "Punkt 3"]
    client.post(address, {"up": ""})
    client.post(address, {"to": "99"})
    assert titles(meeting) == ["Punkt 1", "Punkt 2", "Punkt 3", "Punkt 4"]
    assert list(meeting.agenda_items.order_by("position").values_list("position", flat=True)) == [1, 2, 3, 4]


def test_non_public_items_stand_in_a_block_at_the_end(meeting, items, secretary):
    closed = {"is_public": False, "non_public_reason": "Träger"}
    flows.add_agenda_item(meeting, by=secretary, number="5", title="geheim", **closed)
    flows.add_agenda_item(meeting, by=secretary, number="6", title="Punkt 5")
    assert titles(meeting)[-2:] == ["Punkt 5", "geheim"]
    flows.edit_agenda_item(items[0], by=secretary, **closed)
    assert titles(meeting) == ["Punkt 2", "Punkt 3", "Punkt 4", "Punkt 5", "Punkt 1", "geheim"]
    flows.move_agenda_item(AgendaItem.objects.get(title="geheim"), by=secretary, to=1)
    assert titles(meeting)[-2:] == ["geheim", "Punkt 1"]


def test_renumbering_follows_the_order_and_keeps_how_deep_items_stand(meeting, items, secretary):
    flows.edit_agenda_item(items[2], by=secretary, number="2.1")
    flows.move_agenda_item(items[3], by=secretary, to=1)
    assert flows.renumber(meeting, by=secretary) == 4
    assert list(meeting.agenda_items.order_by("position").values_list("number", flat=True)) == ["1", "2", "3", "3.1"]
    assert flows.renumber(meeting, by=secretary) == 0


def test_an_urgent_item_comes_after_the_invitation_with_reason_and_vote(meeting, secretary, members):
    about = {"number": "5", "title": "Wasserschaden", "urgent_requested_by": "Fraktion", "urgent_reason": "Kita zu"}
    with pytest.raises(WrongState):
        flows.add_urgent_item(meeting, by=secretary, **about)
    invited(meeting, by=secretary)
    with pytest.raises(NotAllowed):
        flows.add_urgent_item(meeting, by=members["Rühl"].person.user, **about)
    item = flows.add_urgent_item(meeting, by=secretary, **about)
    assert item.urgent_accepted is None
    item = flows.record_urgency(item, by=secretary, accepted=True, vote="einstimmig")
    assert (item.urgent_accepted, item.urgent_vote) == (True, "einstimmig")
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.create(meeting=meeting, position=90, number="9", title="x", is_urgent=True)


def test_after_the_invitation_a_paper_comes_on_the_agenda_only_as_urgent(
    client, meeting, items, secretary, office, head, lead, jha
):
    made = [
        flows.create_paper(by=office, title=title, paper_type="report", lead_department=lead, proposed_resolution="y")
        for title in ("vorher", "nachher")
    ]
    before, after = [flows.schedule(paper, by=secretary, committee=jha, role="decision") for paper in made]
    flows.place(before, by=secretary, agenda_item=flows.put_on_agenda(meeting, made[0], by=secretary, number="5"))
    invited(meeting, by=secretary)
    with pytest.raises(WrongState, match="nur als"):
        flows.put_on_agenda(meeting, made[1], by=secretary, number="6")
    with pytest.raises(WrongState):
        flows.place(after, by=secretary, agenda_item=items[0])
    client.force_login(head)
    address = reverse("committees:consultation_place", args=[after.pk])
    fields = {"meeting": meeting.pk, "number": "6", "is_public": "on", "confirm": "on"}
    assert client.post(address, fields).status_code == 422
    assert client.post(address, {**fields, "number": "1", "urgent_reason": "x"}).status_code == 422
    reasons = {"urgent_reason": "Frist der Förderung", "urgent_requested_by": "FB 51"}
    assert client.post(address, fields | reasons).status_code == 302
    after.refresh_from_db()
    assert (after.agenda_item.is_urgent, after.agenda_item.urgent_requested_by) == (True, "FB 51")


def test_a_new_meeting_begins_with_a_template_or_a_copy_without_papers(
    client, meeting, items, secretary, office, lead, jha
):
    paper = flows.create_paper(by=office, title="x", paper_type="report", lead_department=lead, proposed_resolution="y")
    item = flows.put_on_agenda(meeting, paper, by=secretary, number="5")
    flows.schedule(paper, by=secretary, committee=jha, role="decision", agenda_item=item)
    template = flows.save_template(meeting, by=secretary, name="üblich")
    client.force_login(secretary)
    address = reverse("committees:meeting_create", args=[jha.pk])
    for index, begin in enumerate((f"template-{template.pk}", f"meeting-{meeting.pk}")):
        client.post(address, {"start": f"2031-05-0{index + 5}T17:00", "agenda": begin})
        made = Meeting.objects.latest("pk")
        assert titles(made) == ["Punkt 1", "Punkt 2", "Punkt 3", "Punkt 4"]
    client.post(reverse("committees:template_delete", args=[template.pk]))
    assert not jha.agenda_templates.exists()


def test_a_template_belongs_to_who_prepares_the_committee(meeting, items, members):
    with pytest.raises(PermissionDenied):
        flows.save_template(meeting, by=members["Rühl"].person.user, name="x")


def test_a_meeting_is_cancelled_with_a_reason_that_the_members_read(
    client, meeting, secretary, members, django_capture_on_commit_callbacks
):
    with pytest.raises(WrongState):
        flows.cancel(meeting, by=secretary, reason=" ")
    client.force_login(secretary)
    address = reverse("committees:meeting_cancel", args=[meeting.pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    client.post(address, {"reason": "Der Saal ist gesperrt."})
    meeting.refresh_from_db()
    assert (meeting.state, meeting.cancelled_reason) == ("cancelled", "Der Saal ist gesperrt.")
    from activity.flows import deliver

    deliver(Event.objects.get(kind="meeting.cancelled").pk)
    assert set(Notification.objects.values_list("user", flat=True)) == {one.person.user_id for one in members.values()}
    client.force_login(members["Rühl"].person.user)
    assert "Der Saal ist gesperrt." in client.get(meeting.get_absolute_url()).content.decode()


def test_an_item_with_a_paper_becomes_no_heading(paper, office):
    item = paper.consultations.get().agenda_item
    with pytest.raises(WrongState):
        flows.edit_agenda_item(item, by=office, is_heading=True)
