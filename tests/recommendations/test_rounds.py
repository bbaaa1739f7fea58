# SPDX-License-Identifier: EUPL-1.2
"""Departments are asked in numbered rounds: nothing of an earlier round is lost, and each answer knows its version."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.errors import NotAllowed, WrongState
from recommendations import flows, permissions, rounds
from recommendations.models import Mediation, Statement, Unanswered
from reports.kinds import parts, registry

TODAY = timezone.localdate()


@pytest.fixture
def finances(make_department):
    return make_department("FB 20", "Finanzen")


@pytest.fixture
def treasurer(make_user, finances):
    return make_user("Carla Nitsche", heads=[finances])


@pytest.fixture
def asked(make_recommendation, office, finances, make_department):
    one = make_recommendation()
    school = make_department("FB 40", "Schule")
    return flows.start_consultation(one, by=office, due_on=TODAY + timedelta(days=3), departments=[finances, school])


@pytest.fixture
def asked_again(asked, office, treasurer, finances):
    """Finances dissented, it was mediated, the text was taken back and changed, and finances is asked once more."""
    dissent = asked.statements.get(department=finances)
    flows.sign(dissent, by=treasurer, position="disagree", remarks="keine Deckung")
    flows.mediate(dissent, by=office, held_on=TODAY, positions="–", outcome="Weniger Stellen")
    flows.take_back(asked, by=office)
    flows.edit(asked, by=office, proposed_resolution="Die Sprachbildung wird mit drei Stellen verstärkt.")
    return flows.start_consultation(asked, by=office, due_on=TODAY + timedelta(days=5), departments=[finances])


def test_asking_again_keeps_dissent_mediation_and_signature(asked_again, finances):
    first, second = asked_again.statements.filter(department=finances)
    assert (first.round, first.position, first.remarks) == (1, "disagree", "keine Deckung")
    assert Mediation.objects.get(statement=first).outcome == "Weniger Stellen"
    assert (second.round, second.position) == (2, "")
    assert second.version > first.version


def test_only_the_present_round_waits_for_answers(asked_again, make_user, finances):
    school = next(one.department for one in asked_again.statements.all() if one.department != finances)
    left = asked_again.statements.get(department=school)
    with pytest.raises(WrongState):
        flows.sign(left, by=make_user("Petra", heads=[school]), position="agree")
    assert [one.department for one in asked_again.statements.open()] == [finances]
    assert permissions.can_submit(asked_again.author, asked_again).error is WrongState


def test_an_answer_says_which_version_it_is_about_and_what_has_changed_since(asked_again, finances):
    first, *_left, second = rounds.of(asked_again)
    assert first.is_earlier
    assert not second.is_earlier
    (heading, _runs) = first.since[0]
    assert "drei Stellen" in " ".join(rounds.sentences(first.since))
    assert second.since == []
    assert heading


def test_before_the_date_nobody_is_silent(asked, asked_again):
    for statement in asked_again.statements.open():
        assert statement.outcome == Unanswered.WAITING
        Statement.objects.filter(pk=statement.pk).update(due_on=TODAY - timedelta(days=1))
        statement.refresh_from_db()
        assert statement.outcome == Unanswered.SILENT
    left = asked_again.statements.get(round=1, position="")
    assert left.outcome == Unanswered.RECALLED
    Statement.objects.filter(pk=left.pk).update(due_on=TODAY - timedelta(days=1))
    left.refresh_from_db()
    assert left.outcome == Unanswered.SILENT


def test_a_changed_text_submitted_without_asking_again_says_so_beside_the_answer(asked, office, treasurer, finances):
    flows.sign(asked.statements.get(department=finances), by=treasurer, position="agree")
    flows.take_back(asked, by=office)
    flows.edit(asked, by=office, financial_impact="Doppelt so teuer.")
    one = flows.submit(asked, by=office)
    (statement,) = [found for found in rounds.of(one) if found.position]
    assert "Doppelt so teuer." in parts.about_version(parts.statement(statement))


def test_in_print_what_is_true_of_every_answer_is_said_once(asked, office, treasurer, finances):
    flows.sign(asked.statements.get(department=finances), by=treasurer, position="agree")
    flows.take_back(asked, by=office)
    flows.edit(asked, by=office, financial_impact="Doppelt so teuer.")
    statements = [parts.statement(one) for one in rounds.of(flows.submit(asked, by=office)) if one.position]
    assert parts.about_all(statements) == ""  # a single answer says it itself
    assert "Doppelt so teuer." in parts.about_all([*statements, *statements])
    assert parts.about_all([*statements, *statements, statements[0] | {"version": 7}]) == ""
    assert "Doppelt" not in parts.said(statements[0], about=False)


def test_every_page_and_print_keeps_the_earlier_dissent(client, asked_again, head, office, treasurer, finances):
    flows.sign(asked_again.statements.get(round=2), by=treasurer, position="agree")
    one = flows.submit(asked_again, by=office)
    client.force_login(head)
    for address in (one.get_absolute_url(), f"/recommendations/{one.pk}/decide/"):
        page = client.get(address).content.decode()
        assert "keine Deckung" in page
        assert "drei Stellen" in page
    made = registry.get("statements").build(one, "full")
    assert [found["text"] for found in made["statements"]].count("keine Deckung") == 1
    assert any("drei Stellen" in sentence for found in made["statements"] for sentence in found["since"])


def test_nothing_of_a_round_is_deleted_or_changed_even_past_the_flow(asked_again):
    for change in (
        lambda: Statement.objects.filter(round=1).delete(),
        lambda: Statement.objects.filter(round=1, position="disagree").update(remarks="doch"),
        lambda: Statement.objects.filter(round=2).delete(),
        lambda: Mediation.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_whoever_decides_records_no_work_with_actors_and_whoever_recorded_it_does_not_decide(
    make_recommendation, office, head, lead, make_user
):
    from accounts.flows import delegate

    clerk, one = make_user("Jule Sander", staffs=[lead]), make_recommendation()
    given = {"held_on": TODAY, "actors": [], "outcome": "Sechs Kitas"}
    with pytest.raises(NotAllowed):
        flows.co_create(one, by=head, **given)
    flows.co_create(one, by=clerk, **given)
    flows.submit(one, by=office)
    delegate(lead, by=head, deputy=clerk, valid_from=TODAY, valid_until=TODAY)
    one.refresh_from_db()
    assert not permissions.can_decide(clerk, one)
    flows.decide(one, by=head, kind="return", reason="Bitte kürzer.")
    flows.submit(one, by=office)
    one.refresh_from_db()
    assert permissions.can_decide(clerk, one)
