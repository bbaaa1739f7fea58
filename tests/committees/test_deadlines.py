# SPDX-License-Identifier: EUPL-1.2
"""A day to keep stands in one place alone: open, soon, late, done, done late, not needed, from facts."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from committees import flows
from committees.deadlines import COSIGNING, DATA, DISPATCH, MEETING, SUBMISSION, deadlines_of, facts_of_stop
from committees.models import Meeting
from core.due import Fact, standing, word
from tests.sessions import held, invited

TODAY = timezone.localdate()
DAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("fact", "today", "stands"),
    [
        (Fact(), date(2026, 3, 1), "open"),
        (Fact(), date(2026, 3, 8), "soon"),
        (Fact(), DAY, "soon"),
        (Fact(), date(2026, 3, 11), "late"),
        (Fact(is_done=True, done_on=DAY), date(2026, 4, 1), "done"),
        (Fact(is_done=True), date(2026, 4, 1), "done"),
        (Fact(is_done=True, done_on=date(2026, 3, 11)), date(2026, 3, 11), "done_late"),
        (Fact(is_needed=False), date(2026, 4, 1), "not_needed"),
    ],
)
def test_where_a_day_stands(fact, today, stands):
    assert standing(DAY, fact, today=today) == stands


def test_what_is_done_says_when_and_by_whom():
    said = str(word(DAY, Fact(is_done=True, done_on=date(2026, 3, 9), by="Uwe Pohlmann")))
    assert "Uwe Pohlmann" in said
    assert "9" in said


@pytest.fixture
def meeting(jha, make_meeting):
    periods = {"notice_days": 10, "submission_days": 21, "cosigning_days": 30, "data_cutoff_days": 39}
    type(jha).objects.filter(pk=jha.pk).update(**periods)
    jha.refresh_from_db()
    return make_meeting(jha, days=5)


def standings(meeting, **facts):
    return {one.kind: one.standing for one in deadlines_of(meeting, **facts)}


@pytest.mark.django_db
def test_the_dispatch_is_late_until_the_invitation_went_out_and_then_done_late(meeting, secretary):
    assert standings(meeting)[DISPATCH] == "late"
    meeting = invited(meeting, by=secretary)
    (dispatch,) = (one for one in deadlines_of(meeting) if one.kind == DISPATCH)
    assert (dispatch.standing, dispatch.fact.by, dispatch.fact.done_on) == ("done_late", secretary.name, TODAY)
    assert standings(held(meeting, by=secretary))[MEETING] == "done"


@pytest.mark.django_db
def test_of_a_cancelled_meeting_nothing_is_owed(meeting, secretary):
    meeting = flows.cancel(meeting, by=secretary, reason="Krankheit")
    assert set(standings(meeting).values()) == {"not_needed"}


@pytest.mark.django_db
def test_without_a_paper_nobody_owes_what_only_papers_do_and_a_paper_without_a_day_does(meeting):
    assert {standings(meeting)[kind] for kind in (DATA, COSIGNING, SUBMISSION)} == {"not_needed"}
    assert {standings(meeting, facts={})[kind] for kind in (DATA, COSIGNING, SUBMISSION)} == {"late"}


@pytest.mark.django_db
def test_submission_is_done_on_the_day_on_which_the_paper_came_on_the_agenda(paper, office):
    stop = paper.consultations.get()
    type(stop.committee).objects.filter(pk=stop.committee_id).update(submission_days=60, data_cutoff_days=90)
    stop = type(stop).objects.select_related("agenda_item__meeting__committee").get(pk=stop.pk)
    meeting, facts = stop.agenda_item.meeting, facts_of_stop(stop)
    (submission,) = (one for one in deadlines_of(meeting, facts=facts) if one.kind == SUBMISSION)
    assert (submission.standing, submission.fact.by) == ("done_late", office.name)
    assert standings(meeting, facts=facts)[DATA] == "done_late"
    released = flows.release(stop, by=office)
    assert (released.placed_on, released.placed_by_label) == (None, "")


@pytest.mark.django_db
def test_no_two_pages_disagree_about_a_dispatch(client, meeting, secretary, members):
    Meeting.objects.filter(pk=meeting.pk).update(start=timezone.now() + timedelta(days=14))
    meeting.refresh_from_db()
    client.force_login(secretary)
    for step, stands in ((None, "soon"), (flows.invite, "done")):
        if step:
            step(meeting, by=secretary)
        for address in (meeting.get_absolute_url(), reverse("tasks:week")):
            assert f'data-due="{stands}"' in client.get(address).content.decode(), (address, stands)
