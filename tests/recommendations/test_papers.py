# SPDX-License-Identifier: EUPL-1.2
"""A reopened matter gets a second paper; whoever holds the first learns of it."""

import pytest
from django.urls import reverse

from committees import flows as committees
from committees.models import AgendaItem
from recommendations import flows, tracking
from recommendations.models import PaperOfRecommendation
from reports import flows as reports
from reports import making
from reports.currency import overtaken
from tests.sessions import held


@pytest.fixture
def briefing(paper, office):
    made = reports.order_briefing(paper, by=office)
    making.make(made.pk)
    made.refresh_from_db()
    return made


@pytest.fixture
def second(paper, approved, office, head):
    """The paper made after the matter was reopened and approved again."""
    flows.reopen(approved, by=head, reason="Kosten gestiegen")
    flows.edit(approved, by=office, rationale="Mit neuen Kosten.")
    flows.submit(approved, by=office)
    flows.decide(approved, by=head, kind="approve")
    return flows.make_paper(approved, by=office, paper_type="decision")


def test_both_papers_stay_linked_and_the_second_is_the_present_one(paper, second, approved):
    approved.refresh_from_db()
    assert [one.paper for one in approved.papers.all()] == [paper, second]
    assert [one.holds for one in approved.papers.select_related("recommendation")] == [False, True]
    assert (approved.paper, second.recommendation) == (second, approved)
    assert PaperOfRecommendation.objects.get(paper=paper).recommendation == approved


def test_an_old_briefing_knows_of_the_reopening_before_and_after_the_second_paper(
    client, briefing, approved, head, office
):
    assert not overtaken(briefing)
    flows.reopen(approved, by=head, reason="Kosten gestiegen")
    assert overtaken(briefing).reopened
    flows.submit(approved, by=office)
    flows.decide(approved, by=head, kind="approve")
    assert overtaken(briefing).reopened, "the approval that it prints is not the one that holds"
    later = flows.make_paper(approved, by=office, paper_type="decision")
    assert overtaken(briefing).successor == later.reference
    page = client.get(reverse("reports:verify", args=[briefing.code])).content.decode()
    assert 'data-current="no"' in page
    assert later.reference in page


def test_the_page_of_the_old_paper_says_so(client, paper, second, office):
    client.force_login(office)
    page = client.get(paper.get_absolute_url()).content.decode()
    assert "data-reopened" in page
    assert second.reference in page
    assert "data-reopened" not in client.get(second.get_absolute_url()).content.decode()


def test_what_a_committee_resolved_on_the_old_paper_stays_in_the_follow_up(
    client, paper, approved, office, head, make_meeting
):
    stop = paper.consultations.get()
    held(stop.agenda_item.meeting, by=office)
    committees.record_result(stop, by=office, result="unchanged")
    flows.reopen(approved, by=head, reason="Kosten gestiegen")
    flows.submit(approved, by=office)
    flows.decide(approved, by=head, kind="approve")
    flows.make_paper(approved, by=office, paper_type="decision")
    (row,) = tracking.rows(type(paper).objects.all(), AgendaItem.objects.all(), committee=stop.committee)
    assert not row.still_approved
    client.force_login(office)
    address = reverse("recommendations:tracking") + f"?committee={stop.committee.pk}"
    assert "data-reopened" in client.get(address).content.decode()


def test_the_evidence_chain_shows_the_stops_of_every_paper(client, paper, second, approved, office):
    client.force_login(office)
    page = client.get(reverse("recommendations:evidence_chain", args=[approved.pk])).content.decode()
    assert paper.reference in page
    for decision in approved.decisions.all():
        assert decision.content_sha256 in page
