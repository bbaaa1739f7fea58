# SPDX-License-Identifier: EUPL-1.2
"""Every body has a register of its resolutions; votes that contradict the result are a question with a reason."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from committees import flows
from committees.models import Consultation, contradicts
from core.errors import WrongState

ODD = {"result": "rejected", "votes_yes": 2, "votes_no": 1}
REASON = "Abgestimmt wurde über den Antrag auf Ablehnung."


@pytest.fixture
def stop(paper, members, hold):
    stop = paper.consultations.get()
    hold(stop.agenda_item.meeting)
    return Consultation.objects.get(pk=stop.pk)


@pytest.fixture
def jha(paper):
    return paper.consultations.get().committee


@pytest.mark.parametrize(
    ("result", "yes", "no", "odd"),
    [
        ("unchanged", 5, 4, False),
        ("unchanged", 4, 4, True),
        ("changed", 0, 0, True),
        ("changed", None, 3, True),
        ("rejected", 4, 4, False),
        ("rejected", 5, 4, True),
        ("noted", 0, 9, False),
        ("unchanged", None, None, False),
    ],
)
def test_votes_contradict_an_agreement_without_a_majority_and_a_rejection_with_one(result, yes, no, odd):
    assert contradicts(result, yes, no) is odd


def test_votes_that_contradict_the_result_need_a_reason_which_is_told(client, stop, secretary):
    with pytest.raises(WrongState, match="widersprechen"):
        flows.record_result(stop, by=secretary, **ODD)
    client.force_login(secretary)
    address = reverse("committees:result_record", args=[stop.pk])
    answer = client.post(address, ODD)
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"votes_reason"}
    assert client.post(address, {**ODD, "votes_reason": REASON}).status_code == 302
    assert REASON in client.get(stop.paper.get_absolute_url()).content.decode()


def test_in_rows_the_question_appears_where_it_is_asked(client, stop, secretary):
    client.force_login(secretary)
    address = reverse("committees:results", args=[stop.agenda_item.meeting_id])
    field = f"result-{stop.pk}-votes_reason"
    assert field not in client.get(address).content.decode()
    row = {f"result-{stop.pk}-{name}": value for name, value in ODD.items()}
    assert field in client.post(address, row).content.decode()
    assert client.post(address, {**row, field: REASON}).status_code == 302
    stop.refresh_from_db()
    assert stop.votes_reason == REASON


def test_a_reason_stays_only_where_it_is_needed(stop, secretary):
    one = flows.record_result(stop, by=secretary, result="unchanged", votes_yes=3, votes_reason="ohne Anlass")
    assert one.votes_reason == ""


def test_rejected_unanimously_means_that_nobody_was_for_it(client, stop, secretary):
    client.force_login(secretary)
    address = reverse("committees:result_record", args=[stop.pk])
    assert client.post(address, {"result": "rejected", "unanimous": "on", "votes_yes": "1"}).status_code == 422
    assert client.post(address, {"result": "rejected", "unanimous": "on"}).status_code == 302
    stop.refresh_from_db()
    assert (stop.votes_yes, stop.votes_no) == (0, 3)


def test_the_database_asks_for_the_reason_too(stop):
    rows = Consultation.objects.filter(pk=stop.pk)
    recorded = {**ODD, "recorded_at": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**recorded)
    rows.update(**recorded, votes_reason=REASON)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(votes_reason="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Consultation.objects.create(paper=stop.paper, committee=stop.committee, position=9, role="hearing", **recorded)


def test_the_register_shows_searches_and_gives_away_what_a_body_resolved(client, stop, secretary, paper, jha):
    one = flows.record_result(stop, by=secretary, result="changed", votes_yes=3, note="Nur mit Bericht.")
    client.force_login(secretary)
    of_body, of_all = reverse("committees:resolutions", args=[jha.pk]), reverse("committees:resolution_list")
    for address in (of_body, of_all):
        page = client.get(address).content.decode()
        assert all(part in page for part in (one.decision_number, paper.title, "Nur mit Bericht.", "Ja 3"))
    for query, found in (
        ({"q": "nur mit bericht"}, True),
        ({"q": one.decision_number}, True),
        ({"q": paper.reference}, True),
        ({"q": "Spielplatz"}, False),
        ({"result": "changed"}, True),
        ({"result": "rejected"}, False),
        ({"year": str(one.resolved_on.year)}, True),
        ({"year": "x"}, True),
    ):
        assert (paper.title in client.get(of_body, query).content.decode()) is found, query
    table = client.get(of_body, {"format": "csv"}).content.decode()
    assert all(part in table for part in (one.decision_number, "Nur mit Bericht.", paper.reference))
    assert client.get(of_all, {"format": "xlsx"})["Content-Type"].endswith("sheet")
    assert of_body in client.get(jha.get_absolute_url()).content.decode()


def test_the_register_keeps_from_everybody_what_they_may_not_read(client, stop, secretary, members, make_user, jha):
    flows.record_result(stop, by=secretary, result="unchanged")
    address = reverse("committees:resolutions", args=[jha.pk])
    client.force_login(make_user("Niemand"))
    assert client.get(address).status_code == 404
    assert stop.paper.title not in client.get(reverse("committees:resolution_list")).content.decode()
    biased = members["Rühl"].person.user
    client.force_login(biased)
    assert stop.paper.title in client.get(address).content.decode()
    stop.paper.conflicts.create(membership=members["Rühl"], declared_by=biased)
    assert stop.paper.title not in client.get(address).content.decode()
    assert stop.paper.title not in client.get(address, {"format": "csv"}).content.decode()
