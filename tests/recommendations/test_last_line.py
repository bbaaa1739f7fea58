# SPDX-License-Identifier: EUPL-1.2
"""What the database itself refuses, and what the chain over the log finds where the database was got round."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Delegation
from activity import chain
from activity.models import Event, Seal
from core import triggers
from core.canonical import checksum
from core.errors import NotAllowed, WrongState
from recommendations import flows
from recommendations.content import frozen
from recommendations.models import Decision, Recommendation, Status, Version
from tasks.models import Task, TaskKind


def refused(statement, *values):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
    return True


def test_every_rule_stands_in_the_migrated_database(db):
    assert triggers.flaws(connection) == []
    assert {"log_entry_unchanged", "decision_unchanged", "result_unchanged"} <= set(triggers.standing(connection))


def test_a_decision_is_neither_changed_nor_deleted(approved):
    assert refused("UPDATE recommendations_decision SET reason = 'anders' WHERE id = %s", approved.approval_id)
    assert refused("DELETE FROM recommendations_decision WHERE id = %s", approved.approval_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.update(decided_by_label="Jemand")


@pytest.mark.parametrize("status", ["approved", "in_committee", "resolved", "implementing", "implemented", "closed"])
def test_no_approved_state_without_a_decision(submitted, status):
    with pytest.raises(IntegrityError), transaction.atomic():
        Recommendation.objects.filter(pk=submitted.pk).update(status=status)


def test_no_approval_by_the_decision_on_something_else(approved, make_recommendation, office, head):
    other = flows.submit(make_recommendation(title="Etwas anderes"), by=office)
    decision = approved.approval_id
    flows.reopen(approved, by=head, reason="Kosten neu")
    with pytest.raises(IntegrityError), transaction.atomic():
        Recommendation.objects.filter(pk=other.pk).update(status="approved", approval=decision)


def test_no_approval_by_a_decision_of_an_earlier_round(approved, head, office):
    old = approved.approval_id
    flows.reopen(approved, by=head, reason="Kosten neu")
    flows.submit(approved, by=office)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recommendation.objects.filter(pk=approved.pk).update(status="approved", approval=old)


def test_no_decision_by_an_author_even_past_the_flow(submitted, office):
    fields = {"round": 1, "kind": "approve", "department": submitted.lead_department, "department_label": "FB"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            recommendation=submitted, decided_by=office, version=1, content={}, content_sha256="", **fields
        )


def written_past_the_flow(recommendation, by, **fields):
    """Whether the database takes a decision that no flow has made."""
    content = frozen(recommendation)
    whole = {
        "recommendation": recommendation,
        "round": recommendation.round,
        "kind": "approve",
        "department": recommendation.lead_department,
        "department_label": "FB",
        "decided_by": by,
        "version": recommendation.version,
        "content": content,
        "content_sha256": checksum(content),
        **fields,
    }
    try:
        with transaction.atomic():
            Decision.objects.create(**whole)
            transaction.set_rollback(True)
    except IntegrityError:
        return False
    return True


def test_the_database_takes_a_decision_only_from_whoever_may_at_that_moment(
    submitted, head, lead, make_user, make_department
):
    days, now = timedelta(days=1), timezone.now()
    today = timezone.localdate()
    deputies = {"yesterday": (-9, -1), "today": (0, 0), "tomorrow": (1, 9)}
    cast = {f"deputy of {name}": make_user(name, staffs=[lead]) for name in deputies}
    for (start, end), deputy in zip(deputies.values(), cast.values(), strict=True):
        Delegation.objects.create(
            department=lead, deputy=deputy, set_by=head, valid_from=today + start * days, valid_until=today + end * days
        )
    cast |= {
        "head": head,
        "head of another": make_user("Petra", heads=[make_department("FB 40", "Schule")]),
        "head who coordinates": make_user("Zwei Hüte", heads=[lead], office=["coordination"]),
        "head who administers": make_user("IT", heads=[lead], office=["administration"]),
        "head who was switched off": make_user("Fort", heads=[lead], is_active=False),
        "staff": make_user("Jule", staffs=[lead]),
        "superuser": make_user("Root", is_superuser=True),
    }
    assert {name for name, by in cast.items() if written_past_the_flow(submitted, by)} == {"head", "deputy of today"}
    assert not written_past_the_flow(submitted, head, at=now - 400 * days)
    deputy = cast["deputy of tomorrow"]
    assert not written_past_the_flow(submitted, deputy, at=now)


def test_the_database_takes_no_decision_whose_checksum_is_not_that_of_its_content(submitted, head):
    assert written_past_the_flow(submitted, head)
    assert not written_past_the_flow(submitted, head, content_sha256="0" * 64)
    assert not written_past_the_flow(submitted, head, content={"title": "Etwas anderes"})


def test_the_database_knows_who_wrote_a_version_even_if_somebody_else_changed_it_last(submitted, head, office):
    fields = {"recommendation": submitted, "content": {}, "by": head}
    Version.objects.create(number=submitted.version + 1, origin="transfer", **fields)
    assert written_past_the_flow(submitted, head)
    Version.objects.create(number=submitted.version + 2, **fields)
    assert not written_past_the_flow(submitted, head)


@pytest.mark.parametrize("field", ["title", "proposed_resolution", "rationale", "financial_impact"])
def test_approved_text_is_not_changed_under_its_approval(approved, field):
    with pytest.raises(IntegrityError), transaction.atomic():
        Recommendation.objects.filter(pk=approved.pk).update(**{field: "heimlich geändert"})


@pytest.mark.parametrize("field", ["author", "last_changed_by", "submitted_by"])
def test_nobody_becomes_the_author_of_what_they_approved(approved, head, field):
    with pytest.raises(IntegrityError), transaction.atomic():
        Recommendation.objects.filter(pk=approved.pk).update(**{field: head})


def test_approved_evidence_is_neither_changed_nor_removed(approved):
    with pytest.raises(IntegrityError), transaction.atomic():
        approved.evidence.update(value=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        approved.evidence.all().delete()


def test_an_entry_of_the_log_is_neither_changed_nor_deleted(approved):
    event = Event.objects.about(approved).first()
    assert refused("UPDATE activity_event SET by_label = 'Jemand' WHERE id = %s", event.pk)
    assert refused("DELETE FROM activity_event WHERE id = %s", event.pk)
    chain.seal()
    assert refused("UPDATE activity_seal SET sha256 = '' WHERE event_id = %s", event.pk)


def test_the_chain_holds_and_goes_on_where_it_ended(approved, head):
    assert chain.seal() == Event.objects.count()
    first = chain.verify()
    flows.reopen(approved, by=head, reason="Kosten neu")
    chain.seal()
    second = chain.verify()
    assert (first.broken, second.broken, second.sealed) == ("", "", Event.objects.count())
    assert first.head != second.head


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE activity_event SET by_label = 'Jemand' WHERE id = %s",
        "UPDATE activity_event SET data = '{}' WHERE id = %s",
        "UPDATE activity_seal SET position = 100000 WHERE event_id = %s",
    ],
)
def test_whoever_gets_round_the_triggers_breaks_the_chain_at_that_entry(approved, forgery):
    chain.seal()
    event = Event.objects.about(approved).exclude(data={}).last()
    triggers.take_down(connection)
    with connection.cursor() as cursor:
        cursor.execute(forgery, [event.pk])
    with pytest.raises(CommandError) as error:
        call_command("verify_log")
    place = Seal.objects.get(event=event).position if "position" not in forgery else None
    assert str(event.pk) in str(error.value) if place else "fehlt" in str(error.value) or "missing" in str(error.value)


def test_approval_with_changes_freezes_the_departments_wording(submitted, head):
    before = submitted.proposed_resolution
    with pytest.raises(WrongState):
        flows.decide(submitted, by=head, kind="changed", changed_resolution=f" {before} ", reason="Deckung")
    with pytest.raises(WrongState):
        flows.decide(submitted, by=head, kind="changed", changed_resolution="Mit 180.000 Euro im Jahr.")
    changed = {"kind": "changed", "changed_resolution": "Mit 180.000 Euro im Jahr.", "reason": "Deckung"}
    decision = flows.decide(submitted, by=head, **changed)
    submitted.refresh_from_db()
    assert submitted.proposed_resolution == decision.content["proposed_resolution"] == "Mit 180.000 Euro im Jahr."
    assert (decision.proposed_before, submitted.status) == (before, Status.APPROVED)
    assert (submitted.version, submitted.last_changed_by == head) == (decision.version, False)
    assert "FB" in submitted.versions.first().by_label


def test_reopening_voids_the_approval_and_asks_for_a_new_decision(approved, head, office, make_user):
    with pytest.raises(NotAllowed):
        flows.reopen(approved, by=office, reason="Ich möchte")
    with pytest.raises(NotAllowed):
        flows.reopen(approved, by=make_user("Root", is_superuser=True), reason="Ich darf alles")
    with pytest.raises(WrongState):
        flows.reopen(approved, by=head, reason=" ")
    reopened = flows.reopen(approved, by=head, reason="Die Kosten sind neu berechnet.")
    assert (reopened.status, reopened.approval) == (Status.RETURNED, None)
    assert Task.objects.filter(kind=TaskKind.REVISE, done_at=None).exists()
    flows.edit(reopened, by=office, rationale="Neue Kosten.")
    flows.submit(reopened, by=office)
    flows.decide(reopened, by=head, kind="approve")
    assert Decision.objects.filter(recommendation=approved).count() == 2


def test_what_was_rejected_the_office_may_start_anew(submitted, head, office):
    flows.decide(submitted, by=head, kind="reject", reason="keine Deckung")
    assert flows.reopen(submitted, by=office, reason="neues Haushaltsjahr").status == Status.RETURNED


def test_versions_are_compared_word_by_word(client, make_recommendation, office):
    one = make_recommendation()
    flows.edit(one, by=office, rationale="Der Anteil steigt seit 2020.")
    client.force_login(office)
    page = client.get(f"/recommendations/{one.pk}/versions/").content.decode()
    assert "<ins>" in page
    assert "seit" in page
    assert [version.number for version in one.versions.all()] == [2, 1]
