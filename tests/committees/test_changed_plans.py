# SPDX-License-Identifier: EUPL-1.2
"""Plans that change take people and papers along: a meeting that is cancelled or moved, a matter that is reopened."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from activity.flows import deliver
from activity.models import Event, Notification
from committees import events, flows
from committees.deadlines import SUBMISSION, deadlines_of
from committees.models import AgendaItem, Meeting
from recommendations import flows as recommendations
from reports import flows as reports
from reports import making
from reports.currency import overtaken


@pytest.fixture
def jha(paper):
    committee = paper.consultations.get().committee
    committee.submission_days = 10
    committee.save()
    return committee


@pytest.fixture
def meeting(jha, members):
    return Meeting.objects.get(committee=jha)


def told(kind, subject):
    """Who was told of the last entry of this kind."""
    event = Event.objects.about(subject).filter(kind=kind.code).first()
    deliver(event.pk)
    return {one.user for one in Notification.objects.filter(event=event)}


def test_a_cancelled_meeting_frees_its_papers_lists_them_and_tells_their_authors(
    client, meeting, paper, secretary, head, office
):
    flows.invite(meeting, by=secretary)
    flows.cancel(meeting, by=secretary, reason="Nicht beschlussfähig.")
    stop = paper.consultations.get()
    assert (stop.agenda_item, stop.placed_on) == (None, None)
    assert {head, office} <= told(events.MEETING_LOST, paper)
    client.force_login(secretary)
    assert paper.reference in client.get(meeting.get_absolute_url()).content.decode()
    client.force_login(head)
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "data-lost" in page
    assert reverse("committees:paper_plan", args=[paper.pk]) in page


def test_papers_of_a_cancelled_meeting_are_not_shown_to_who_may_not_read_them(
    client, meeting, paper, secretary, members
):
    flows.cancel(meeting, by=secretary, reason="Nicht beschlussfähig.")
    member = members["Rühl"].person.user
    client.force_login(member)
    assert "data-lost" not in client.get(meeting.get_absolute_url()).content.decode()


def form_of(meeting, start):
    return {
        "number": "",
        "start": f"{timezone.localtime(start):%Y-%m-%dT%H:%M}",
        "location": "",
        "submission_deadline": "",
    }


def test_a_moved_meeting_tells_everybody_invited_the_old_and_the_new_day(
    client, meeting, members, secretary, head, office
):
    flows.invite(meeting, by=secretary)
    client.force_login(secretary)
    later = meeting.start + timedelta(days=7)
    address = reverse("committees:meeting_edit", args=[meeting.pk])
    assert client.post(address, form_of(meeting, later)).status_code == 302
    assert {one.person.user for one in members.values()} | {head, office} <= told(events.MEETING_RESCHEDULED, meeting)
    sentence = Event.objects.about(meeting).filter(kind=events.MEETING_RESCHEDULED.code).first().sentence
    days = [f"{timezone.localdate(day).day}. " for day in (meeting.start, later)]
    assert all(day in sentence for day in days)


def test_a_moved_meeting_counts_its_deadlines_again(client, meeting, secretary):
    Meeting.objects.filter(pk=meeting.pk).update(submission_deadline=timezone.localdate() + timedelta(days=1))
    client.force_login(secretary)
    later = meeting.start + timedelta(days=14)
    data = {**form_of(meeting, later), "submission_deadline": f"{timezone.localdate() + timedelta(days=1):%Y-%m-%d}"}
    client.post(reverse("committees:meeting_edit", args=[meeting.pk]), data)
    meeting.refresh_from_db()
    assert meeting.submission_deadline is None
    (day,) = [one.counted for one in deadlines_of(meeting) if one.kind == SUBMISSION]
    assert day == timezone.localdate(later) - timedelta(days=10)


def test_a_meeting_that_was_held_is_moved_no_more(client, meeting, secretary, hold):
    meeting = hold(meeting)
    client.force_login(secretary)
    earlier = form_of(meeting, timezone.now() - timedelta(days=3))
    answer = client.post(reverse("committees:meeting_edit", args=[meeting.pk]), earlier)
    assert answer.status_code == 422


def test_the_pack_of_a_moved_or_cancelled_meeting_is_superseded(client, meeting, secretary, office):
    pack = reports.order("pack", meeting, by=office, variant="public")
    for part in making.waiting_parts(pack.pk):
        making.make_part(part)
    type(pack).objects.filter(pk=pack.pk).update(finished_at=timezone.now())
    pack.refresh_from_db()
    assert not overtaken(pack)
    Meeting.objects.filter(pk=meeting.pk).update(start=meeting.start + timedelta(days=7))
    pack = type(pack).objects.get(pk=pack.pk)
    assert overtaken(pack).moved_to
    flows.cancel(Meeting.objects.get(pk=meeting.pk), by=secretary, reason="Grund")
    assert overtaken(type(pack).objects.get(pk=pack.pk)).cancelled


def test_a_reopened_matter_takes_its_void_paper_off_the_agendas(meeting, paper, approved, head, secretary):
    recommendations.reopen(approved, by=head, reason="Kosten gestiegen")
    assert not paper.consultations.exists()
    assert not AgendaItem.objects.filter(meeting=meeting).exists(), "the item was made for the paper"
    assert secretary in told(events.PAPER_OFF_AGENDA, meeting)


def test_after_the_invitation_the_item_stays_and_members_are_told(meeting, paper, approved, head, secretary, members):
    flows.invite(meeting, by=secretary)
    recommendations.reopen(approved, by=head, reason="Kosten gestiegen")
    assert not paper.consultations.exists()
    assert AgendaItem.objects.filter(meeting=meeting).exists()
    assert members["Rühl"].person.user in told(events.PAPER_OFF_AGENDA, meeting)


def test_what_a_body_has_met_about_stays_for_its_result(meeting, paper, approved, head, hold):
    hold(meeting)
    recommendations.reopen(approved, by=head, reason="Kosten gestiegen")
    assert paper.consultations.get().agenda_item.meeting == meeting
