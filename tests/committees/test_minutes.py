# SPDX-License-Identifier: EUPL-1.2
import pytest
from django.urls import reverse

from activity.models import Event
from committees import events, flows
from committees.account import entries_of, opening_in
from committees.models import AgendaItem, Minutes
from core.errors import NotAllowed, WrongState


@pytest.fixture
def jha(paper):
    return paper.consultations.get().committee


@pytest.fixture
def meeting(paper, jha, members, hold, attend, secretary):
    meeting = paper.consultations.get().agenda_item.meeting
    flows.add_agenda_item(
        meeting, by=secretary, number="9", title="Geheimes", is_public=False, non_public_reason="Träger"
    )
    meeting = hold(meeting)
    attend(meeting, list(members.values()))
    flows.record_result(
        paper.consultations.get(), by=secretary, result="changed", votes_yes=2, votes_no=1, note="Mit Bericht im Mai"
    )
    return meeting


@pytest.fixture
def minutes(meeting, secretary):
    return flows.begin_minutes(meeting, by=secretary)


@pytest.fixture
def following(jha, make_meeting, secretary):
    meeting = make_meeting(jha, days=60)
    item = flows.add_agenda_item(meeting, by=secretary, number="2", title="Niederschrift der letzten Sitzung")
    return item


def test_minutes_tell_what_was_recorded_and_name_nobody(minutes, members):
    text, opening = entries_of(minutes)[0].told, opening_in(minutes)
    assert all(part in text for part in ("geändert beschlossen", "Ja 2, Nein 1", "Mit Bericht im Mai"))
    assert "3 von 3 stimmberechtigten Mitgliedern" in opening
    assert not any(name in opening + text for name in members)
    assert minutes.general == minutes.entries.first().text == "", "what people write stands for itself"


def test_beginning_again_takes_in_new_items_and_leaves_what_was_written(minutes, meeting, secretary):
    entry = minutes.entries.get(agenda_item__is_public=True)
    flows.write_minutes(minutes, by=secretary, general="neu", general_closed="", texts={entry.agenda_item_id: "eigen"})
    item = AgendaItem.objects.create(meeting=meeting, number="5", title="Verschiedenes", position=99)
    again = flows.begin_minutes(meeting, by=secretary)
    assert (again.general, again.entries.get(pk=entry.pk).text) == ("neu", "eigen")
    assert again.entries.filter(agenda_item=item).count() == 1


def test_each_reads_minutes_in_their_own_language(client, minutes, secretary):
    client.force_login(secretary)
    for language, words in (("de", "geändert beschlossen"), ("en", "resolved with changes")):
        type(secretary).objects.filter(pk=secretary.pk).update(language=language)
        assert words in client.get(minutes.get_absolute_url()).content.decode()


def test_submitted_minutes_stay_as_the_members_read_them_and_a_draft_follows_the_records(
    minutes, meeting, secretary, members
):
    flows.submit_minutes(minutes, by=secretary)
    before = entries_of(minutes)[0].told
    item = minutes.entries.get(agenda_item__is_public=True).agenda_item
    ask = {"asked_by": members["Rühl"], "text": "Wann beginnt der Bau?", "owner": secretary}
    flows.raise_question(item, by=secretary, **ask)
    assert entries_of(minutes)[0].told == before
    flows.take_back_minutes(minutes, by=secretary)
    assert "Wann beginnt der Bau?" in entries_of(minutes)[0].told


def test_a_draft_is_seen_by_secretary_and_office_and_submitted_minutes_by_the_members(
    minutes, members, secretary, office, head, make_user
):
    member = members["Rühl"].person.user
    seen = {"draft": {secretary, office}, "submitted": {secretary, office, member, head}}
    everybody = {secretary, office, member, head, make_user("Niemand")}
    assert {user for user in everybody if Minutes.objects.visible_to(user).exists()} == seen["draft"]
    flows.submit_minutes(minutes, by=secretary)
    assert {user for user in everybody if Minutes.objects.visible_to(user).exists()} == seen["submitted"]


def test_the_non_public_part_is_read_in_the_committee_alone(client, minutes, members, secretary, head):
    closed = minutes.entries.get(agenda_item__is_public=False)
    flows.write_minutes(
        minutes, by=secretary, general="", general_closed="KANARIE-zu", texts={closed.agenda_item_id: "KANARIE-punkt"}
    )
    flows.submit_minutes(minutes, by=secretary)
    for user, sees in ((members["Rühl"].person.user, True), (head, False)):
        client.force_login(user)
        page = client.get(minutes.get_absolute_url()).content.decode()
        assert ("KANARIE-zu" in page, "KANARIE-punkt" in page) == (sees, sees)
        assert ("Die Anwesenheit wird nie veröffentlicht" in page) is sees


def test_minutes_are_approved_in_the_next_meeting_and_then_locked(minutes, meeting, following, secretary, hold):
    with pytest.raises(WrongState):
        flows.approve_minutes(minutes, by=secretary, item=following)
    minutes = flows.submit_minutes(minutes, by=secretary)
    with pytest.raises(WrongState):
        flows.write_minutes(minutes, by=secretary, general="x", general_closed="", texts={})
    with pytest.raises(WrongState):
        flows.approve_minutes(minutes, by=secretary, item=following)
    with pytest.raises(WrongState):
        flows.approve_minutes(minutes, by=secretary, item=meeting.agenda_items.first())
    hold(following.meeting)
    approved = flows.approve_minutes(minutes, by=secretary, item=following, objections="Keine")
    meeting.refresh_from_db()
    assert (approved.state, approved.approved_in, meeting.state) == ("approved", following, "closed")
    for flow in (flows.submit_minutes, flows.take_back_minutes):
        with pytest.raises(WrongState):
            flow(approved, by=secretary)
    with pytest.raises(WrongState):
        flows.begin_minutes(meeting, by=secretary)


def test_only_the_secretary_writes_and_approves(minutes, members, head, following):
    for user in (members["Rühl"].person.user, head):
        for flow, extra in (
            (flows.submit_minutes, {}),
            (flows.approve_minutes, {"item": following}),
            (flows.write_minutes, {"general": "", "general_closed": "", "texts": {}}),
        ):
            with pytest.raises(NotAllowed):
                flow(minutes, by=user, **extra)


def test_the_pages_of_minutes_lead_from_draft_to_approval(client, minutes, following, secretary, hold):
    client.force_login(secretary)
    assert client.get(reverse("committees:minutes_list")).status_code == 200
    edit = reverse("committees:minutes_edit", args=[minutes.pk])
    data = {field.html_name: field.value() or "" for field in client.get(edit).context["form"]}
    assert client.post(edit, {**data, "general": "Neu", "submit": ""}).status_code == 302
    hold(following.meeting)
    approve = reverse("committees:minutes_approve", args=[minutes.pk])
    assert client.get(approve).context["form"]["item"].value() in (following, following.pk)
    assert client.post(approve, {"item": following.pk, "objections": ""}).status_code == 302
    assert client.get(edit).status_code == 302
    assert Minutes.objects.get().general == "Neu"


def test_the_beginning_of_minutes_is_written_down_once(minutes, meeting, secretary):
    flows.begin_minutes(meeting, by=secretary)
    assert Event.objects.filter(kind=events.MINUTES_BEGUN.code).count() == 1
