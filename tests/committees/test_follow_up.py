# SPDX-License-Identifier: EUPL-1.2
"""What a meeting leaves behind: results that move recommendations, questions, assignments."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from activity.models import Event
from committees import flows
from committees.account import entries_of
from committees.models import AgendaItem, Consultation, Meeting, Question
from core.errors import NotAllowed, WrongState
from tasks import flows as tasks
from tasks.models import Task
from tests.sessions import held


@pytest.fixture
def jha(paper):
    return paper.consultations.get().committee


@pytest.fixture
def item(paper, members, hold):
    item = paper.consultations.get().agenda_item
    hold(item.meeting)
    Meeting.objects.filter(pk=item.meeting_id).update(start=timezone.now() - timedelta(days=3))
    return AgendaItem.objects.get(pk=item.pk)


def status(paper):
    paper.recommendation.refresh_from_db()
    return paper.recommendation.status


def test_a_deciding_body_that_agrees_resolves_the_recommendation(item, paper, secretary):
    flows.record_result(paper.consultations.get(), by=secretary, result="changed", note="x")
    assert status(paper) == "resolved"
    assert Event.objects.about(paper.recommendation).filter(kind="recommendation.resolved").count() == 1


@pytest.mark.parametrize("result", ["noted", "withdrawn", "adjourned"])
def test_what_is_not_a_resolution_leaves_the_recommendation_on_its_way(item, paper, secretary, result):
    flows.record_result(paper.consultations.get(), by=secretary, result=result)
    assert status(paper) == "in_committee"


def test_a_deciding_body_that_rejects_stops_the_recommendation(item, paper, secretary):
    flows.record_result(paper.consultations.get(), by=secretary, result="rejected")
    assert status(paper) == "stopped"


def test_an_advising_body_moves_nothing(item, paper, secretary):
    Consultation.objects.update(role="preliminary", authoritative=False)
    flows.record_result(paper.consultations.get(), by=secretary, result="rejected")
    assert status(paper) == "in_committee"


def test_only_the_body_whose_resolution_holds_moves_the_recommendation(
    item, paper, secretary, office, make_committee, make_meeting
):
    council = make_committee("RAT", "Stadtrat")
    later = flows.put_on_agenda(make_meeting(council), paper, by=office, number="3")
    last = flows.schedule(paper, by=office, committee=council, role="decision", agenda_item=later)
    flows.record_result(paper.consultations.first(), by=secretary, result="unchanged")
    assert status(paper) == "in_committee"
    held(later.meeting, by=office)
    flows.record_result(last, by=office, result="unchanged")
    assert status(paper) == "resolved"


def test_what_was_adjourned_comes_back_and_what_was_referred_goes_to_the_other_body_first(
    item, paper, secretary, office, make_committee
):
    asb = make_committee("ASB", "Ausschuss für Schule und Bildung")
    first = paper.consultations.get()
    flows.schedule(paper, by=office, committee=asb, role="information")
    flows.record_result(first, by=secretary, result="referred", referred_to=asb)
    path = [(stop.committee.code, stop.role, stop.result) for stop in paper.consultations.order_by("position")]
    assert path == [
        ("JHA", "decision", "referred"),
        ("ASB", "preliminary", ""),
        ("JHA", "decision", ""),
        ("ASB", "information", ""),
    ]
    assert status(paper) == "in_committee"
    assert [stop.authoritative for stop in paper.consultations.order_by("position")] == [False, False, True, False]


def test_a_question_becomes_a_task_and_opens_the_next_meeting(
    client, item, members, secretary, head, make_meeting, jha
):
    following = make_meeting(jha, days=60)
    question = flows.raise_question(item, by=secretary, asked_by=members["Brandt"], text="Wie viele?", owner=head)
    assert question.due_on == timezone.localdate(following.start)
    task = Task.objects.get(owner=head, kind="answer")
    with pytest.raises(WrongState):
        tasks.complete(task, by=head)
    assert list(Question.objects.open_before(following)) == [question]
    assert not Question.objects.open_before(item.meeting).exists()
    client.force_login(members["Rühl"].person.user)
    assert "Offene Fragen aus der letzten Sitzung" in client.get(following.get_absolute_url()).content.decode()
    with pytest.raises(NotAllowed):
        flows.answer_question(question, by=members["Rühl"].person.user, text="x")
    client.force_login(head)
    assert client.post(question.get_absolute_url(), {"text": ""}).status_code == 422
    assert client.post(question.get_absolute_url(), {"text": "Zwölf."}).status_code == 302
    task.refresh_from_db()
    assert task.done_at
    assert list(Question.objects.unanswered()) == []
    assert list(Question.objects.open_before(make_meeting(jha, days=90))) == [question]


def test_questions_of_another_committee_do_not_open_this_ones_meeting(
    item, members, secretary, head, make_committee, make_meeting
):
    flows.raise_question(item, by=secretary, asked_by=members["Brandt"], text="Wie viele?", owner=head)
    assert not Question.objects.open_before(make_meeting(make_committee("ASB", "Schule"), days=60)).exists()


def test_an_assignment_becomes_a_task_and_done_is_not_accepted(item, secretary, head, office):
    one = flows.give_assignment(item, by=secretary, text="Bericht vorlegen", owner=head, due_on=timezone.localdate())
    task = Task.objects.get(owner=head, kind="assignment")
    with pytest.raises(WrongState):
        flows.accept_assignment(one, by=secretary)
    tasks.complete(task, by=head)
    one.refresh_from_db()
    task.refresh_from_db()
    assert (bool(one.done_at), bool(task.done_at), one.accepted_at) == (True, True, None)
    assert flows.accept_assignment(one, by=secretary).accepted_at


def test_no_event_names_what_was_asked_or_assigned(item, members, secretary, head):
    flows.raise_question(item, by=secretary, asked_by=members["Brandt"], text="KANARIE-frage", owner=head)
    flows.give_assignment(item, by=secretary, text="KANARIE-auftrag", owner=head)
    assert not any("KANARIE" in event.sentence + event.subject_label + str(event.data) for event in Event.objects.all())


def test_the_forms_of_a_meeting_note_questions_and_assignments(client, item, members, secretary, head):
    client.force_login(secretary)
    question = reverse("committees:question_create", args=[item.pk])
    data = {"asked_by": members["Rühl"].pk, "text": "Wann?", "owner": head.pk}
    assert client.post(question, data).status_code == 302
    assignment = reverse("committees:assignment_create", args=[item.pk])
    assert client.post(assignment, {"text": "Bericht", "owner": head.pk}).status_code == 302
    page = client.get(item.meeting.get_absolute_url()).content.decode()
    assert all(part in page for part in ("Wann?", "Bericht"))
    client.force_login(members["Rühl"].person.user)
    assert client.get(question).status_code == 403


def test_the_page_of_a_meeting_costs_a_constant_number_of_queries(
    client, item, members, secretary, head, django_assert_max_num_queries
):
    for number in range(20, 35):
        flows.raise_question(item, by=secretary, asked_by=members["Rühl"], text=f"Frage {number}", owner=head)
    for user in (secretary, members["Rühl"].person.user):
        client.force_login(user)
        with django_assert_max_num_queries(60):
            client.get(item.meeting.get_absolute_url())


def test_only_a_member_of_the_committee_is_noted_as_asking(item, secretary, head, make_committee, make_member):
    other = make_committee("RAT", "Stadtrat")
    make_member(other, start_on=timezone.localdate())
    with pytest.raises(WrongState):
        flows.raise_question(item, by=secretary, asked_by=other.memberships.get(), text="Frage", owner=head)


def test_the_minutes_say_to_which_body_something_was_referred(item, paper, secretary, make_committee):
    asb = make_committee("ASB", "Ausschuss für Schule und Bildung")
    flows.record_result(paper.consultations.get(), by=secretary, result="referred", referred_to=asb)
    entries = entries_of(flows.begin_minutes(item.meeting, by=secretary))
    assert any(asb.name in entry.told for entry in entries if entry.agenda_item == item)
