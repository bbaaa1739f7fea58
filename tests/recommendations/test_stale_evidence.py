# SPDX-License-Identifier: EUPL-1.2
"""A newer delivery changes a figure that something stands on."""

import pytest
from django.urls import reverse
from django.utils import timezone

from activity.models import Event
from core.errors import NotAllowed, WrongState
from indicators import flows as indicators
from recommendations import flows
from recommendations.models import Doubt, Recommendation, Status
from reports.models import Document
from tests.files import flat_file

CHANGED = [("2023", "94", "1027"), ("2024", "99", "1038")]
AS_PINNED = [("2023", "94", "1027"), ("2024", "91", "1038")]


def deliver(values):
    indicators.import_file(flat_file(values), "21111-99-06-4_neu.csv")
    return flows.check_evidence()


@pytest.fixture
def doubted(approved):
    deliver(CHANGED)
    return approved


def told(recommendation):
    return list(Event.objects.about(recommendation).filter(kind="recommendation.evidence_stale"))


def test_an_unchanged_delivery_raises_no_doubt(approved):
    assert deliver(AS_PINNED) == 0
    assert not Doubt.objects.exists()


def test_a_changed_figure_raises_one_doubt_and_leaves_the_pin_alone(approved):
    assert deliver(CHANGED) == 1
    assert flows.check_evidence() == 0
    doubt = Doubt.objects.get()
    assert round(doubt.value, 1) != round(doubt.evidence.value, 1)
    assert len(told(approved)) == 1
    assert Recommendation.objects.for_display().get().has_evidence_to_check


def test_a_figure_that_comes_back_takes_its_doubt_away(doubted):
    deliver(AS_PINNED)
    assert Doubt.objects.get().answer == "restored"
    assert not Recommendation.objects.with_evidence_to_check().exists()


def test_only_the_department_says_whether_what_it_approved_still_holds(doubted, office, make_user):
    for somebody in (office, make_user("Petra Wellmann")):
        with pytest.raises(NotAllowed):
            flows.answer_doubts(doubted, by=somebody, answer="valid", reason="passt")
    assert Doubt.objects.get().answer == ""


def test_still_valid_keeps_the_approval_and_the_next_change_asks_again(doubted, head):
    flows.answer_doubts(doubted, by=head, answer="valid", reason="Der Befund bleibt.")
    doubted.refresh_from_db()
    assert doubted.status == Status.APPROVED
    assert flows.check_evidence() == 0
    deliver([("2023", "94", "1027"), ("2024", "120", "1038")])
    assert Doubt.objects.open().count() == 1


def test_reopen_voids_the_approval_and_the_office_checks_before_it_submits_again(doubted, head, office):
    flows.answer_doubts(doubted, by=head, answer="reopened", reason="Der Befund trägt nicht mehr.")
    doubted.refresh_from_db()
    assert (doubted.status, doubted.approval) == (Status.RETURNED, None)


def test_nothing_is_submitted_on_a_changed_figure_nobody_checked(make_recommendation, office):
    one = make_recommendation()
    deliver(CHANGED)
    with pytest.raises(WrongState):
        flows.submit(one, by=office)
    flows.answer_doubts(one, by=office, answer="valid", reason="Der Text nennt keinen Wert.")
    assert flows.submit(one, by=office).status == Status.SUBMITTED


def test_an_answer_needs_a_reason_and_a_doubt(doubted, head):
    with pytest.raises(WrongState):
        flows.answer_doubts(doubted, by=head, answer="valid", reason="  ")
    flows.answer_doubts(doubted, by=head, answer="valid", reason="bleibt")
    with pytest.raises(WrongState):
        flows.answer_doubts(doubted, by=head, answer="valid", reason="bleibt")


def test_the_head_finds_the_question_and_answers_it_on_the_page(client, doubted, head):
    client.force_login(head)
    address = reverse("recommendations:evidence_check", args=[doubted.pk])
    assert address in client.get(reverse("recommendations:decide_list")).content.decode()
    assert address in client.get(doubted.get_absolute_url()).content.decode()
    assert 'value="reopened"' in client.get(address).content.decode()
    assert client.post(address, {"answer": "valid", "reason": ""}).status_code == 422
    assert client.post(address, {"answer": "valid", "reason": "bleibt"}).status_code == 302
    assert 'data-doubt="valid"' in client.get(doubted.get_absolute_url()).content.decode()


def test_a_briefing_that_is_out_says_that_it_is_overtaken(client, paper, office):
    briefing = Document.objects.create(
        kind="briefing",
        subject=paper,
        title=str(paper),
        series="0" * 64,
        version=1,
        content={},
        content_sha256="0" * 64,
        state="ready",
        file="briefings/x.pdf",
        requested_by=office,
        finished_at=timezone.now(),
    )
    address = reverse("reports:verify", args=[briefing.code])
    assert 'data-current="yes"' in client.get(address).content.decode()
    deliver(CHANGED)
    assert 'data-current="no"' in client.get(address).content.decode()
    client.force_login(office)
    assert "data-overtaken" in client.get(briefing.get_absolute_url()).content.decode()
