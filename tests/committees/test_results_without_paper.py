# SPDX-License-Identifier: EUPL-1.2
"""What a committee resolves under an item without a paper: recorded, checked, corrected and kept like any result."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from activity.models import Event
from committees import events, flows
from committees.account import entries_of
from committees.models import AgendaItem, Consultation, Meeting, Paper
from core.errors import NotAllowed, WrongState
from recommendations.tracking import rows
from reports.kinds import tracking
from tests.sessions import closed

RESOLVED = {"result": "unchanged", "votes_yes": 2, "votes_no": 0, "votes_abstain": 1, "note": "Der Ausschuss bittet."}


@pytest.fixture
def jha(make_committee):
    return make_committee(authority="deciding")


@pytest.fixture
def meeting(jha, make_meeting, secretary, members, hold):
    """Opening, a heading, what is resolved without a paper, and the same in the non-public part."""
    meeting = make_meeting(jha)
    for number, title, is_heading in (("1", "Eröffnung", False), ("2", "Anträge", True), ("2.1", "Spielplatz", False)):
        flows.add_agenda_item(meeting, by=secretary, number=number, title=title, is_heading=is_heading)
    closed = {"is_public": False, "non_public_reason": "berechtigte Interessen Einzelner"}
    flows.add_agenda_item(meeting, by=secretary, number="3", title="Grundstück", **closed)
    return hold(meeting)


@pytest.fixture
def item(meeting):
    return meeting.agenda_items.get(number="2.1")


@pytest.fixture
def closed_item(meeting):
    return meeting.agenda_items.get(number="3")


def refused(change):
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


def test_a_result_without_a_paper_has_votes_a_number_and_its_own_wording(item, meeting, secretary):
    one = flows.record_item_result(item, by=secretary, **RESOLVED)
    assert one.decision_number == f"JHA {timezone.localdate(meeting.start).year}/001"
    assert (one.paper, one.role, one.authoritative, one.subject) == (None, "decision", False, meeting)
    assert "Ja 2, Nein 0, Enthaltungen 1" in one.votes_line
    (event,) = Event.objects.about(meeting).filter(kind=events.ITEM_RESULT_RECORDED.code)
    assert "Spielplatz" not in event.sentence


def test_the_votes_are_checked_against_who_may_vote(item, secretary, members):
    flows.declare_conflict(item, by=secretary, membership=members["Aksoy"])
    with pytest.raises(WrongState):
        flows.record_item_result(item, by=secretary, **RESOLVED)
    one = flows.record_item_result(item, by=secretary, **{**RESOLVED, "votes_abstain": 0})
    assert one.votes_biased == 1
    with pytest.raises(WrongState):
        flows.declare_conflict(item, by=secretary, membership=members["Brandt"])


@pytest.mark.parametrize(
    "values",
    [{"result": ""}, {"result": "unchanged"}, {"result": "changed", "note": " "}, {"result": "referred"}],
)
def test_what_is_incomplete_is_not_recorded(item, secretary, values):
    with pytest.raises(WrongState):
        flows.record_item_result(item, by=secretary, **values)
    assert not Consultation.objects.exists()


def test_only_the_secretary_and_the_coordination_record_it_and_once(item, secretary, office, members, head):
    for user in (members["Rühl"].person.user, head):
        with pytest.raises(NotAllowed):
            flows.record_item_result(item, by=user, result="noted")
    flows.record_item_result(item, by=office, result="noted")
    with pytest.raises(WrongState):
        flows.record_item_result(item, by=secretary, result="noted")


def test_headings_planned_meetings_and_items_with_a_paper_get_none_here(meeting, secretary, paper):
    for item in (meeting.agenda_items.get(number="2"), paper.consultations.get().agenda_item):
        with pytest.raises(WrongState):
            flows.record_item_result(item, by=secretary, result="noted")


@pytest.fixture
def paper(make_meeting, jha, head, lead, office):
    """Another meeting of the JHA, still planned, with a paper on its agenda."""
    paper = flows.create_paper(
        by=office, title="Bericht", paper_type="report", lead_department=lead, proposed_resolution="x"
    )
    item = flows.put_on_agenda(make_meeting(jha, days=50), paper, by=head, number="1")
    flows.schedule(paper, by=head, committee=jha, role="information", agenda_item=item)
    return paper


def test_a_meeting_is_closed_without_results_of_items_that_need_none(meeting, secretary):
    assert closed(meeting, by=secretary).state == "closed"
    with pytest.raises(WrongState):
        flows.record_item_result(meeting.agenda_items.get(number="1"), by=secretary, result="noted")


def test_it_is_entered_in_the_rows_of_the_meeting_and_shown_on_its_page(client, meeting, item, secretary, members):
    client.force_login(secretary)
    address = reverse("committees:results", args=[meeting.pk])
    forms = [row["form"] is not None for row in client.get(address).context["rows"]]
    assert forms == [True, False, True, True]
    entry = {f"item-{item.pk}-result": "unchanged", f"item-{item.pk}-unanimous": "on"}
    answer = client.post(address, entry)
    assert answer.status_code == 422
    assert answer.context["failed"][0]["form"].errors.keys() == {"note"}
    assert client.post(address, {**entry, f"item-{item.pk}-note": "Der Spielplatz wird gebaut."}).status_code == 302
    assert Consultation.objects.get().votes_yes == 3
    client.force_login(members["Rühl"].person.user)
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert all(part in page for part in ("Der Spielplatz wird gebaut.", "Ja 3", "JHA "))


def test_the_rows_of_a_long_agenda_cost_what_those_of_a_short_one_do(
    client, meeting, secretary, django_assert_max_num_queries
):
    client.force_login(secretary)
    address = reverse("committees:results", args=[meeting.pk])
    for number in range(40):
        made = {"meeting": meeting, "position": 100 + number, "number": str(100 + number), "title": "Punkt"}
        AgendaItem.objects.create(**made, is_public=False, non_public_reason="Einzelne")
    with django_assert_max_num_queries(40):
        assert len(client.get(address).context["rows"]) == 44


def test_what_was_resolved_in_the_non_public_part_is_read_in_the_committee_alone(
    client, meeting, closed_item, secretary, members, head, office
):
    flows.declare_conflict(closed_item, by=secretary, membership=members["Aksoy"])
    one = flows.record_item_result(closed_item, by=secretary, result="changed", votes_yes=2, note="KANARIE-wortlaut")
    readers = {members["Rühl"]: True, members["Aksoy"]: False}
    for user, sees in [(one.person.user, sees) for one, sees in readers.items()] + [(office, True), (head, False)]:
        client.force_login(user)
        page = client.get(meeting.get_absolute_url())
        assert page.status_code == 200
        assert ("KANARIE-wortlaut" in page.content.decode()) is sees
        assert Consultation.objects.visible_to(user).filter(pk=one.pk).exists() is sees
        assert client.get(reverse("committees:meeting_list") + "?when=past").status_code == 200


def told_of(item, minutes):
    return next(entry.told for entry in entries_of(minutes) if entry.agenda_item == item)


def test_it_is_corrected_with_a_reason_and_the_minutes_follow(client, meeting, item, secretary):
    one = flows.record_item_result(item, by=secretary, **RESOLVED)
    minutes = flows.begin_minutes(meeting, by=secretary)
    assert "Ergebnis: ungeändert beschlossen." in told_of(item, minutes)
    client.force_login(secretary)
    address = reverse("committees:result_correct", args=[one.pk])
    assert client.get(address).status_code == 200
    fields = {"result": "changed", "votes_yes": "3", "note": "Der Ausschuss fordert.", "reason": "verhört"}
    assert client.post(address, fields | {"note": ""}).status_code == 422
    answer = client.post(address, fields)
    assert answer.url == f"{meeting.get_absolute_url()}#item-{item.pk}"
    corrected = Consultation.objects.get()
    assert (corrected.result, corrected.decision_number) == ("changed", one.decision_number)
    text = told_of(item, minutes)
    assert "Der Ausschuss fordert." in text
    assert "Der Ausschuss bittet." not in text
    (event,) = Event.objects.filter(kind=events.ITEM_RESULT_CORRECTED.code)
    assert (event.note, event.data["former"]) == ("verhört", "unchanged")
    flows.correct_result(corrected, by=secretary, result="adjourned", reason="doch vertagt")
    flows.correct_result(corrected, by=secretary, result="noted", reason="doch nicht")
    assert Consultation.objects.count() == 1


def test_submitted_minutes_are_taken_back_before_a_result_is_added(meeting, item, secretary):
    minutes = flows.submit_minutes(flows.begin_minutes(meeting, by=secretary), by=secretary)
    with pytest.raises(WrongState):
        flows.record_item_result(item, by=secretary, result="noted")
    flows.take_back_minutes(minutes, by=secretary)
    flows.record_item_result(item, by=secretary, result="noted")


def test_the_database_keeps_it_once_the_meeting_is_closed(meeting, item, secretary):
    one = flows.record_item_result(item, by=secretary, **RESOLVED)
    closed(meeting, by=secretary)
    rows = Consultation.objects.filter(pk=one.pk)
    for values in ({"result": "rejected"}, {"result_note": "x"}, {"votes_yes": 1}):
        refused(lambda values=values: rows.update(**values))
    refused(rows.delete)
    first = meeting.agenda_items.get(number="1")
    made = {"agenda_item": first, "committee": meeting.committee, "position": 1, "role": "decision"}
    refused(lambda: Consultation.objects.create(**made, result="noted", recorded_at=timezone.now()))


def test_the_database_knows_nothing_without_a_paper_but_results(item, secretary):
    made = {"agenda_item": item, "committee": item.meeting.committee, "position": 1, "role": "decision"}
    refused(lambda: Consultation.objects.create(**made))
    recorded = made | {"result": "noted", "recorded_at": timezone.now()}
    refused(lambda: Consultation.objects.create(**recorded, authoritative=True))
    Consultation.objects.create(**recorded)
    refused(lambda: Consultation.objects.create(**recorded))


def test_it_is_no_stop_of_a_paper_that_could_be_moved_or_taken_off(client, item, secretary):
    one = flows.record_item_result(item, by=secretary, result="noted")
    client.force_login(secretary)
    for step in ("edit", "place", "result"):
        name = "result_record" if step == "result" else f"consultation_{step}"
        assert client.get(reverse(f"committees:{name}", args=[one.pk])).status_code == 404
    for step in ("move", "release", "decides", "delete"):
        assert client.post(reverse(f"committees:consultation_{step}", args=[one.pk])).status_code == 404


def test_the_usual_items_stay_usual_after_something_was_resolved_under_them(meeting, item, secretary):
    flows.record_item_result(item, by=secretary, **RESOLVED)
    assert item in AgendaItem.objects.filter(meeting=meeting).without_paper()
    assert flows.save_template(meeting, by=secretary, name="Üblich").items.count() == 4


def test_the_open_interface_says_it_where_the_item_is_public(client, settings, item, closed_item, meeting, secretary):
    settings.PUBLIC_OPARL = True
    flows.record_item_result(item, by=secretary, **RESOLVED)
    flows.record_item_result(closed_item, by=secretary, result="unchanged", note="KANARIE-zu")
    data = json.loads(client.get("/oparl/v1.1/body/1/agendaitems").content)["data"]
    said = {one["number"]: (one.get("result"), one.get("resolutionText")) for one in data}
    assert said["2.1"] == ("ungeändert beschlossen", "Der Ausschuss bittet.")
    assert said["1"] == (None, None)
    assert "3" not in said
    everything = [client.get(f"/oparl/v1.1/body/1/{name}").content.decode() for name in ("meetings", "consultations")]
    assert not any("KANARIE" in page for page in everything)
    assert json.loads(everything[1])["data"] == []


def test_the_interface_notices_a_correction(client, settings, item, secretary):
    settings.PUBLIC_OPARL = True
    one = flows.record_item_result(item, by=secretary, **RESOLVED)
    client.get("/oparl/v1.1/body/1/agendaitems")
    since = "2020-01-01T00%3A00%3A00%2B01%3A00"
    flows.correct_result(one, by=secretary, result="rejected", reason="verhört")
    data = json.loads(client.get(f"/oparl/v1.1/body/1/agendaitems?modified_since={since}").content)["data"]
    said = {entry["number"]: entry for entry in data}["2.1"]
    assert said["result"] == "abgelehnt"
    assert "resolutionText" not in said


def test_assignments_of_a_resolution_stand_in_the_follow_up_until_the_body_accepts_them(
    client, item, closed_item, meeting, secretary, head, office, members
):
    for one, text in ((item, "Spielplatz planen"), (closed_item, "KANARIE-auftrag")):
        flows.record_item_result(one, by=secretary, **RESOLVED)
        flows.give_assignment(one, by=secretary, text=text, owner=head)
    flows.give_assignment(meeting.agenda_items.get(number="1"), by=secretary, text="ohne Beschluss", owner=head)
    address = reverse("recommendations:tracking") + f"?committee={meeting.committee_id}"
    for user, sees_closed in ((office, True), (members["Rühl"].person.user, True), (head, False)):
        client.force_login(user)
        page = client.get(address).content.decode()
        assert all(part in page for part in ("Spielplatz planen", "ungeändert beschlossen", "Jugend und Familie"))
        assert ("KANARIE-auftrag" in page) is sees_closed
        assert "ohne Beschluss" in page
        sheet = client.get(f"{address}&format=csv").content.decode()
        assert ("Spielplatz planen" in sheet, "KANARIE-auftrag" in sheet) == (True, sees_closed)
    public = tracking.build(meeting.committee, "public")
    assert [row["title"] for row in public["rows"]] == ["ohne Beschluss", "Spielplatz planen"]
    assert "KANARIE" not in json.dumps(public)
    assert [row["title"] for row in tracking.build(meeting.committee, "full")["closed_rows"]] == ["KANARIE-auftrag"]
    done = flows.report_assignment_done(item.assignments.get(), by=head)
    assert [row["urgency"] for row in tracking.build(meeting.committee, "public")["rows"]] == ["running", "done"]
    flows.accept_assignment(done, by=secretary)
    assert rows(Paper.objects.none(), AgendaItem.objects.filter(pk=item.pk)) == []


def test_an_assignment_that_is_overdue_is_said_to_be(item, secretary, head):
    flows.record_item_result(item, by=secretary, **RESOLVED)
    due = timezone.localdate() - timedelta(days=40)
    flows.give_assignment(item, by=secretary, text="Planen", owner=head, due_on=due)
    (row,) = tracking.build(item.meeting.committee, "public")["rows"]
    assert (row["urgency"], row["department"][:2]) == ("late", "FB")
    assert row["delay"]


def test_papers_and_packs_are_not_confused_by_it(client, meeting, item, closed_item, secretary, members, paper):
    flows.record_item_result(item, by=secretary, **RESOLVED)
    flows.record_item_result(closed_item, by=secretary, result="noted")
    client.force_login(members["Rühl"].person.user)
    assert client.get(reverse("reports:meeting_pack", args=[meeting.pk])).status_code == 200
    assert client.get(reverse("committees:paper_list")).status_code == 200
    assert Meeting.objects.get(pk=meeting.pk).agenda_items.count() == 4
