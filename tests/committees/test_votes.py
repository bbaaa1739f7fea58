# SPDX-License-Identifier: EUPL-1.2
"""Attendance, who may vote, results in rows and decision numbers."""

import pytest
from django.urls import reverse

from committees import flows
from committees.models import Attendance, Consultation, DecisionNumber
from committees.voting import quorum_of, voters_of
from core.errors import NotAllowed, WrongState


@pytest.fixture
def stop(paper, jha, members, hold):
    """R1 before a JHA meeting that was held, with three voting members."""
    stop = paper.consultations.get()
    hold(stop.agenda_item.meeting)
    return Consultation.objects.get(pk=stop.pk)


@pytest.fixture
def jha(paper):
    return paper.consultations.get().committee


def row(stop, **values):
    return {f"result-{stop.pk}-{name}": value for name, value in values.items()}


def test_everybody_who_sits_on_that_day_counts_as_present_until_changed(client, stop, members, secretary):
    client.force_login(secretary)
    meeting = stop.agenda_item.meeting
    address = reverse("committees:attendance", args=[meeting.pk])
    page = client.get(address)
    assert all(name in page.content.decode() for name in members)
    assert [one["status"].value() for one in page.context["form"].rows] == ["present"] * 3
    data = {f"member-{one.pk}-status": "present" for one in members.values()}
    data |= {f"member-{members['Brandt'].pk}-status": "excused", "chair": members["Rühl"].pk, "guests": "Frau Gast"}
    assert client.post(address, data).status_code == 302
    assert (quorum_of(meeting).present, quorum_of(meeting).members, quorum_of(meeting).reached) == (2, 3, True)
    assert Attendance.objects.get(role="chair").membership == members["Rühl"]
    data[f"member-{members['Rühl'].pk}-status"] = "absent"
    assert client.post(address, data).status_code == 422


def test_attendance_is_for_members_secretary_and_coordination(client, stop, members, attend, head, office):
    meeting = stop.agenda_item.meeting
    attend(meeting, [members["Rühl"]])
    for user, sees in ((members["Brandt"].person.user, True), (office, True), (head, False)):
        client.force_login(user)
        assert ("Nicht beschlussfähig" in client.get(meeting.get_absolute_url()).content.decode()) is sees
    client.force_login(members["Brandt"].person.user)
    assert client.get(reverse("committees:attendance", args=[meeting.pk])).status_code == 403


def test_votes_are_checked_against_who_is_present_may_vote_and_is_not_biased(stop, members, secretary, attend):
    item = stop.agenda_item
    assert (voters_of(item).limit, voters_of(item).by_attendance) == (3, False)
    attend(item.meeting, [members["Rühl"], members["Aksoy"]])
    flows.declare_conflict(item, by=secretary, membership=members["Aksoy"])
    assert (voters_of(item).entitled, voters_of(item).biased, voters_of(item).limit) == (2, 1, 1)
    with pytest.raises(WrongState) as refused:
        flows.record_result(stop, by=secretary, result="unchanged", votes_yes=2)
    assert "2 Stimmen" in str(refused.value)
    assert "2 Stimmberechtigte sind anwesend, davon sind 1 befangen" in str(refused.value)
    recorded = flows.record_result(stop, by=secretary, result="unchanged", votes_yes=1)
    assert recorded.votes_biased == 1
    assert "Befangen: 1" in recorded.votes_line


def test_an_absent_biased_member_is_not_subtracted_twice(stop, members, secretary, attend):
    item = stop.agenda_item
    flows.declare_conflict(item, by=secretary, membership=members["Aksoy"])
    assert voters_of(item).limit == 2
    attend(item.meeting, [members["Rühl"], members["Brandt"]])
    assert (voters_of(item).limit, voters_of(item).biased) == (2, 0)


def test_the_results_of_a_meeting_are_entered_in_rows_and_nothing_typed_is_lost(client, stop, paper, secretary, office):
    meeting = stop.agenda_item.meeting
    other = flows.create_paper(
        by=office, title="Bericht", paper_type="report", lead_department=paper.lead_department, proposed_resolution="x"
    )
    second = Consultation.objects.create(
        paper=other, position=1, committee=stop.committee, role="information", agenda_item=stop.agenda_item
    )
    client.force_login(secretary)
    address = reverse("committees:results", args=[meeting.pk])
    data = row(stop, result="changed", votes_yes="9", note="Mit Bericht") | row(second, result="noted")
    answer = client.post(address, data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert all(part in page for part in ("9 Stimmen", 'value="9"', "Mit Bericht"))
    stop.refresh_from_db()
    second.refresh_from_db()
    assert (stop.result, second.result) == ("", "noted")
    assert client.post(address, row(stop, result="unchanged", unanimous="on")).status_code == 302
    stop.refresh_from_db()
    assert (stop.result, stop.votes_yes, stop.votes_no, stop.votes_abstain) == ("unchanged", 3, 0, 0)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"votes_yes": "1"}, "result"),
        ({"result": "changed"}, "note"),
        ({"result": "referred"}, "referred_to"),
        ({"result": "unchanged", "unanimous": "on", "votes_no": "1"}, "unanimous"),
    ],
)
def test_a_row_says_what_is_missing(client, stop, secretary, values, field):
    client.force_login(secretary)
    answer = client.post(reverse("committees:results", args=[stop.agenda_item.meeting_id]), row(stop, **values))
    assert answer.status_code == 422
    assert f"result-{stop.pk}-{field}" in answer.content.decode()
    assert answer.context["rows"][0]["form"].errors.keys() == {field}


def test_decision_numbers_run_per_committee_and_year_without_a_gap(stop, members, secretary, office, paper):
    with pytest.raises(WrongState):
        flows.record_result(stop, by=secretary, result="unchanged", votes_yes=99)
    assert not DecisionNumber.objects.filter(last__gt=0).exists()
    noted = Consultation.objects.create(
        paper=flows.create_paper(
            by=office, title="x", paper_type="report", lead_department=paper.lead_department, proposed_resolution="y"
        ),
        position=1,
        committee=stop.committee,
        role="information",
        agenda_item=stop.agenda_item,
    )
    year = stop.agenda_item.meeting.start.year
    assert flows.record_result(noted, by=secretary, result="noted").decision_number == ""
    assert flows.record_result(stop, by=secretary, result="rejected").decision_number == f"JHA {year}/001"


def test_only_the_secretary_enters_results(client, stop, members, head):
    for user, status in ((members["Rühl"].person.user, 403), (head, 403)):
        client.force_login(user)
        assert client.get(reverse("committees:results", args=[stop.agenda_item.meeting_id])).status_code == status
    with pytest.raises(NotAllowed):
        flows.record_attendance(stop.agenda_item.meeting, [], by=head)
