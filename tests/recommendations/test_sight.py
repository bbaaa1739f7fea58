# SPDX-License-Identifier: EUPL-1.2
"""A decision is taken about what was seen: whatever became different since is shown, and nothing is decided."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.errors import WrongState
from indicators import flows as indicators
from recommendations import flows, permissions, sight
from recommendations.models import Decision, Status
from tests.files import flat_file

CORRECTED = [("2023", "94", "1027"), ("2024", "99", "1038")]


def open_page(client, one):
    page = client.get(reverse("recommendations:decide", args=[one.pk])).content.decode()
    return re.search(r'name="saw" value="([^"]+)"', page).group(1)


def decide(client, one, seen, **data):
    given = {"kind": "reject", "reason": "Mein langer Grund", "saw": seen, **data}
    return client.post(reverse("recommendations:decide", args=[one.pk]), given)


def refused_with(answer, *words):
    """Nothing is decided, the difference is shown, what was typed is kept."""
    page = answer.content.decode()
    assert answer.status_code == 409
    assert not Decision.objects.exists()
    assert "data-differences" in page
    assert "Mein langer Grund" in page
    for word in words:
        assert word in page
    return re.search(r'name="saw" value="([^"]+)"', page).group(1)


def test_what_is_as_it_was_seen_is_decided(client, submitted, head):
    client.force_login(head)
    assert decide(client, submitted, open_page(client, submitted)).status_code == 302
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("noticed", [True, False])
def test_a_pinned_value_that_was_corrected_since(client, submitted, head, noticed):
    client.force_login(head)
    seen = open_page(client, submitted)
    indicators.import_file(flat_file(CORRECTED), "21111-99-06-4_neu.csv")
    if noticed:
        flows.check_evidence()
    again = refused_with(decide(client, submitted, seen, kind="approve"), "9,5")
    # still open: approving waits, returning for exactly this reason does not
    assert decide(client, submitted, again, kind="approve").status_code == 409
    assert not Decision.objects.exists()
    again = open_page(client, submitted)
    assert decide(client, submitted, again, kind="return").status_code == 302


def test_an_open_doubt_holds_every_decision_back_but_the_return(submitted, head, office):
    indicators.import_file(flat_file(CORRECTED), "21111-99-06-4_neu.csv")
    for kind in ("approve", "changed", "defer", "reject"):
        with pytest.raises(WrongState):
            flows.decide(submitted, by=head, kind=kind, reason="Grund")
    flows.check_evidence()
    flows.answer_doubts(submitted, by=office, answer="valid", reason="Am Schluss ändert es nichts.")
    assert permissions.can_decide(head, submitted, "approve")
    flows.decide(submitted, by=head, kind="approve")


def test_a_doubt_that_was_answered_since(client, submitted, head, office):
    indicators.import_file(flat_file(CORRECTED), "21111-99-06-4_neu.csv")
    flows.check_evidence()
    client.force_login(head)
    seen = open_page(client, submitted)
    flows.answer_doubts(submitted, by=office, answer="valid", reason="Am Schluss ändert es nichts.")
    refused_with(decide(client, submitted, seen))


def test_text_that_was_changed_since(client, submitted, head, office):
    client.force_login(head)
    seen = open_page(client, submitted)
    flows.take_back(submitted, by=office)
    flows.edit(submitted, by=office, rationale="Ganz anders begründet.")
    flows.submit(submitted, by=office)
    refused_with(decide(client, submitted, seen), "Ganz anders begründet.")


def test_the_same_text_submitted_anew_since(client, submitted, head, office):
    client.force_login(head)
    seen = open_page(client, submitted)
    flows.take_back(submitted, by=office)
    flows.submit(submitted, by=office)
    refused_with(decide(client, submitted, seen))


def test_a_mediation_and_an_answer_given_since(client, make_recommendation, office, head, make_department, make_user):
    other = make_department("FB 20", "Finanzen")
    treasurer, one = make_user("Carla Nitsche", heads=[other]), make_recommendation()
    flows.start_consultation(one, by=office, due_on=timezone.localdate() + timedelta(days=1), departments=[other])
    flows.sign(one.statements.get(), by=treasurer, position="disagree", remarks="keine Deckung")
    one = flows.submit(one, by=office)
    client.force_login(head)
    seen = open_page(client, one)
    flows.mediate(
        one.statements.get(), by=office, held_on=timezone.localdate(), positions="–", outcome="Geld ist gefunden."
    )
    refused_with(decide(client, one, seen), "Geld ist gefunden.")


def test_the_token_of_another_matter_or_none_decides_nothing(client, submitted, head, make_recommendation, office):
    other = flows.submit(make_recommendation(title="Etwas anderes"), by=office)
    client.force_login(head)
    for seen in (sight.token(other), "gefälscht"):
        assert decide(client, submitted, seen).status_code == 409
    assert decide(client, submitted, "").status_code == 422
    assert not Decision.objects.exists()


def test_what_depends_on_the_resolution_is_changed_with_it_on_every_page(client, submitted, head, office):
    before = submitted.proposed_resolution
    client.force_login(head)
    data = {
        "kind": "changed",
        "changed_resolution": "Mit 180.000 Euro im Jahr.",
        "changed_title": "Sprachbildung in sechs Kitas",
        "changed_claim": "Sechs Kitas sind betroffen.",
        "changed_summary": "Es kostet 180.000 Euro.",
        "changed_financial_impact": "180.000 Euro im Jahr",
    }
    assert decide(client, submitted, open_page(client, submitted), **data).status_code == 302
    submitted.refresh_from_db()
    decision = submitted.approval
    for field, text in data.items():
        if field.startswith("changed_"):
            name = field.removeprefix("changed_").replace("resolution", "proposed_resolution")
            assert getattr(submitted, name) == decision.content[name] == text
    assert decision.proposed_before == before
    page = client.get(submitted.get_absolute_url()).content.decode()
    assert "mit Änderungen" in page
    assert before in page
    paper = flows.make_paper(submitted, by=office, paper_type="decision")
    assert paper.title == "Sprachbildung in sechs Kitas"


def test_costs_alone_may_be_what_the_department_changes_and_nothing_is_no_change(submitted, head):
    same = {"changed_resolution": submitted.proposed_resolution, "changed_parts": {"title": submitted.title}}
    same["reason"] = "Deckung"
    with pytest.raises(WrongState):
        flows.decide(submitted, by=head, kind="changed", **same)
    for empty in ({**same, "changed_resolution": " "}, {**same, "changed_parts": {"title": " "}}):
        with pytest.raises(WrongState):
            flows.decide(submitted, by=head, kind="changed", **empty)
    costs = {**same, "changed_parts": {"financial_impact": "keine"}}
    assert flows.decide(submitted, by=head, kind="changed", **costs).content["financial_impact"] == "keine"


def test_approved_with_changes_is_a_state_word_of_its_own_until_it_goes_on(submitted, head, office):
    flows.decide(submitted, by=head, kind="changed", changed_resolution="Anders.", reason="Deckung")
    submitted.refresh_from_db()
    assert submitted.status == Status.APPROVED
    assert submitted.state_label == "freigegeben mit Änderungen"
    flows.make_paper(submitted, by=office, paper_type="decision")
    submitted.refresh_from_db()
    assert submitted.state_label == submitted.get_status_display()


def test_withdrawing_without_a_reason_is_refused_by_the_flow_too(submitted, office):
    with pytest.raises(WrongState):
        flows.withdraw(submitted, by=office, reason=" ")
