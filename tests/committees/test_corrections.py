# SPDX-License-Identifier: EUPL-1.2
"""A recorded result is put right until the minutes are approved; from then on nobody changes it, not even in SQL."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from activity.models import Event
from committees import events, flows
from committees.account import entries_of
from committees.models import Consultation, Meeting, Minutes, MinutesEntry
from core.errors import NotAllowed, WrongState
from recommendations import events as recommendation_events
from recommendations.models import Measure


@pytest.fixture
def jha(paper):
    return paper.consultations.get().committee


@pytest.fixture
def stop(paper, hold, secretary):
    """R1 was resolved unchanged in the JHA, which decides finally."""
    stop = paper.consultations.get()
    hold(stop.agenda_item.meeting)
    return flows.record_result(stop, by=secretary, result="unchanged", votes_yes=11, votes_no=2, votes_abstain=1)


def status_of(paper):
    return type(paper.recommendation).objects.get(pk=paper.recommendation.pk).status


def test_the_former_result_stays_in_the_history_and_the_number_stays(client, stop, paper, secretary, office):
    number = stop.decision_number
    client.force_login(secretary)
    address = reverse("committees:result_correct", args=[stop.pk])
    assert client.get(address).context["form"]["votes_yes"].value() == 11
    fields = {"result": "unchanged", "votes_yes": "10", "votes_no": "3", "votes_abstain": "1"}
    assert client.post(address, fields).status_code == 422
    assert client.post(address, {**fields, "reason": "Zahlendreher"}).status_code == 302
    stop.refresh_from_db()
    assert (stop.votes_yes, stop.votes_no, stop.decision_number) == (10, 3, number)
    (event,) = Event.objects.filter(kind=events.RESULT_CORRECTED.code)
    assert "Ja 11, Nein 2" in event.sentence
    assert "Ja 10, Nein 3" in event.sentence
    assert event.note == "Zahlendreher"
    client.force_login(office)
    assert "Ja 11, Nein 2" in client.get(paper.get_absolute_url()).content.decode()


def test_only_the_secretary_and_the_coordination_correct_and_not_without_a_reason(stop, members, secretary, head):
    for user in (members["Rühl"].person.user, head):
        with pytest.raises(NotAllowed):
            flows.correct_result(stop, by=user, result="rejected", reason="x")
    with pytest.raises(WrongState):
        flows.correct_result(stop, by=secretary, result="rejected", reason=" ")


def test_the_recommendation_follows_where_it_has_not_moved_on(stop, paper, secretary):
    assert status_of(paper) == "resolved"
    flows.correct_result(stop, by=secretary, result="rejected", reason="falsch erfasst")
    assert status_of(paper) == "stopped"
    flows.correct_result(stop, by=secretary, result="adjourned", reason="vertagt")
    assert status_of(paper) == "in_committee"
    assert [one.authoritative for one in paper.consultations.order_by("position")] == [False, True]
    flows.correct_result(stop, by=secretary, result="unchanged", reason="doch beschlossen")
    assert status_of(paper) == "resolved"
    assert [one.authoritative for one in paper.consultations.order_by("position")] == [True]


def test_a_recommendation_that_moved_on_keeps_its_state_and_says_so(stop, paper, secretary, lead):
    Measure.objects.create(recommendation=paper.recommendation, title="Stelle", department=lead, due_on="2031-01-01")
    flows.correct_result(stop, by=secretary, result="rejected", reason="falsch erfasst")
    assert status_of(paper) == "resolved"
    assert Event.objects.filter(kind=recommendation_events.CORRECTION_NOT_FOLLOWED.code).count() == 1


def test_minutes_in_draft_say_the_corrected_result_whoever_corrects_it_in_whatever_language(stop, secretary):
    minutes = flows.begin_minutes(stop.agenda_item.meeting, by=secretary)
    MinutesEntry.objects.filter(agenda_item=stop.agenda_item).update(text="Frau Rühl berichtet.")
    with translation.override("en"):
        flows.correct_result(stop, by=secretary, result="unchanged", votes_yes=9, reason="nachgezählt")
    (entry,) = (entry for entry in entries_of(minutes) if entry.agenda_item == stop.agenda_item)
    assert "Ja 9" in entry.told
    assert "Ja 11" not in entry.told
    assert entry.text == "Frau Rühl berichtet."


def test_submitted_minutes_are_taken_back_first(stop, secretary):
    minutes = flows.submit_minutes(flows.begin_minutes(stop.agenda_item.meeting, by=secretary), by=secretary)
    with pytest.raises(WrongState):
        flows.correct_result(stop, by=secretary, result="rejected", reason="x")
    flows.take_back_minutes(minutes, by=secretary)
    flows.correct_result(stop, by=secretary, result="rejected", reason="x")


@pytest.fixture
def settled(stop, jha, secretary, hold, make_meeting):
    minutes = flows.submit_minutes(flows.begin_minutes(stop.agenda_item.meeting, by=secretary), by=secretary)
    following = make_meeting(jha, days=90)
    item = flows.add_agenda_item(following, by=secretary, number="1", title="Niederschrift")
    hold(following)
    return flows.approve_minutes(minutes, by=secretary, item=item)


def refused(change):
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


def test_after_the_approval_nobody_corrects(stop, settled, secretary):
    assert Meeting.objects.get(pk=settled.meeting_id).state == "closed"
    with pytest.raises(WrongState):
        flows.correct_result(stop, by=secretary, result="rejected", reason="x")


def test_the_database_keeps_results_of_closed_meetings_and_approved_minutes(stop, settled):
    rows, minutes = Consultation.objects.filter(pk=stop.pk), Minutes.objects.filter(pk=settled.pk)
    entries = MinutesEntry.objects.filter(minutes=settled)
    for values in ({"result": "rejected"}, {"votes_yes": 1}, {"result_note": "x"}, {"agenda_item": None}):
        refused(lambda values=values: rows.update(**values))
    refused(rows.delete)
    for values in ({"general": "x"}, {"objections": "x"}):
        refused(lambda values=values: minutes.update(**values))
    refused(lambda: entries.update(text="x"))
    refused(entries.delete)
    rows.update(position=7)  # the way of the paper may still grow around it


def test_a_result_after_which_the_paper_was_planned_on_is_not_corrected(paper, jha, hold, make_meeting, secretary):
    stop = paper.consultations.get()
    hold(stop.agenda_item.meeting)
    flows.record_result(stop, by=secretary, result="adjourned")
    item = flows.put_on_agenda(make_meeting(jha, days=60), paper, by=secretary)
    flows.place(paper.consultations.get(result=""), by=secretary, agenda_item=item)
    with pytest.raises(WrongState):
        flows.correct_result(stop, by=secretary, reason="Irrtum", result="unchanged")
    assert paper.consultations.count() == 2
