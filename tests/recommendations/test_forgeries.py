# SPDX-License-Identifier: EUPL-1.2
"""Whoever writes to the database past the application is refused by it, or named by ``verify_log``."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from activity import chain
from activity.models import Event, Seal
from core import triggers
from recommendations import flows
from recommendations.models import Decision, LeadTransfer, Recommendation, Statement, Version

KEPT = (
    "activity_event",
    "activity_seal",
    "recommendations_decision",
    "recommendations_version",
    "recommendations_statement",
    "recommendations_mediation",
    "recommendations_leadtransfer",
)
ON_POSTGRESQL = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no such statement")
ON_SQLITE = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has no such statement")


def execute(statement, *values):
    connection.check_constraints()  # as after a commit: PostgreSQL alters no table while checks of it are due
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def refused(statement, *values):
    with pytest.raises(IntegrityError):
        execute(statement, *values)
    return True


def named(**options):
    """What ``verify_log`` says is wrong."""
    with pytest.raises(CommandError) as error:
        call_command("verify_log", **options)
    return str(error.value)


def behind_the_rules(statement, *values):
    """What somebody does who may take rules off and puts them up again."""
    connection.check_constraints()
    triggers.take_down(connection)
    execute(statement, *values)
    connection.check_constraints()
    triggers.put_up(connection)


@pytest.fixture
def whole(approved):
    """An approved recommendation under a log that holds."""
    call_command("verify_log")
    return approved


@pytest.fixture
def disputed(make_recommendation, make_department, make_user, office):
    """A recommendation with a signed dissent, its mediation, and an open change of the lead; then submitted."""
    other = make_department("FB 40", "Schule")
    own = make_user("Jonas Petri", heads=[other])
    one = make_recommendation()
    flows.start_consultation(one, by=office, due_on=timezone.localdate() + timedelta(days=9), departments=[other])
    statement = flows.sign(one.statements.get(), by=own, position="disagree", remarks="Die Räume fehlen.")
    flows.mediate(
        statement, by=office, held_on=timezone.localdate(), positions="Beide", outcome="Bleibt offen", settled=False
    )
    flows.propose_transfer(one, by=office, to_department=other, reason="Zuständig ist FB 40.")
    return flows.submit(one, by=office)


@ON_POSTGRESQL
@pytest.mark.parametrize("table", KEPT)
def test_no_table_of_the_record_is_emptied(disputed, head, table):
    flows.decide(disputed, by=head, kind="approve")
    chain.seal()
    assert refused(f"TRUNCATE {table} CASCADE")


@ON_SQLITE
@pytest.mark.parametrize("table", KEPT)
def test_no_row_of_the_record_is_replaced(disputed, head, table):
    flows.decide(disputed, by=head, kind="approve")
    chain.seal()
    assert refused(f"REPLACE INTO {table} SELECT * FROM {table}")


@ON_SQLITE
def test_no_row_is_replaced_by_its_other_keys(whole):
    chain.seal()
    seal = Seal.objects.latest("position")
    row = "INSERT OR REPLACE INTO activity_seal (position, event_id, sha256) VALUES (%s, %s, '')"
    assert refused(row, seal.position + 1, seal.event_id)


def test_a_decision_that_was_slipped_in_has_no_entry(whole, make_recommendation, office, head):
    other = flows.submit(make_recommendation(title="Etwas anderes"), by=office)
    columns = [field.column for field in Decision._meta.concrete_fields if not field.primary_key]
    taken = [{"recommendation_id": str(other.pk), "round": "1"}.get(column, column) for column in columns]
    behind_the_rules(
        f"INSERT INTO recommendations_decision ({', '.join(columns)}) SELECT {', '.join(taken)} "
        "FROM recommendations_decision WHERE id = %s",
        whole.approval_id,
    )
    slipped = Decision.objects.get(recommendation=other)
    assert named().count(str(_decision(slipped))) >= 1


def _decision(decision):
    from django.utils.translation import gettext as _

    return _("decision %(decision)s on recommendation %(recommendation)s: no entry tells of it") % {
        "decision": decision.pk,
        "recommendation": decision.recommendation_id,
    }


def test_a_decision_whose_text_was_changed_is_named(whole):
    content = '\'{"title": "Anders"}\''
    behind_the_rules(f"UPDATE recommendations_decision SET content = {content} WHERE id = %s", whole.approval_id)
    said = named()
    assert said.count(f"{whole.approval_id}") >= 2, "its checksum, and the entry that vouches for it"


@pytest.mark.parametrize("field", ["title", "proposed_resolution"])
def test_an_approval_is_not_taken_off_around_a_change_and_put_back(whole, field):
    old = whole.approval_id
    assert refused("UPDATE recommendations_recommendation SET approval_id = NULL WHERE id = %s", whole.pk)
    execute("UPDATE recommendations_recommendation SET approval_id = NULL, status = 'returned' WHERE id = %s", whole.pk)
    execute(f"UPDATE recommendations_recommendation SET {field} = 'heimlich' WHERE id = %s", whole.pk)
    back = "UPDATE recommendations_recommendation SET approval_id = %s, status = 'approved' WHERE id = %s"
    assert refused(back, old, whole.pk)
    assert refused("UPDATE recommendations_recommendation SET status = 'submitted' WHERE id = %s", whole.pk)
    execute("UPDATE recommendations_recommendation SET status = 'submitted', round = round + 1 WHERE id = %s", whole.pk)
    assert refused(back, old, whole.pk)
    behind_the_rules(
        "UPDATE recommendations_recommendation SET approval_id = %s, status = 'approved', round = 1 WHERE id = %s",
        *(old, whole.pk),
    )
    assert str(whole.pk) in named()


@pytest.mark.parametrize("status", ["rejected", "returned", "approved", "resolved", "closed"])
def test_a_submitted_text_comes_to_no_state_without_its_decision(submitted, status):
    assert refused("UPDATE recommendations_recommendation SET status = %s WHERE id = %s", status, submitted.pk)


def test_a_state_without_its_decision_is_named(submitted):
    behind_the_rules("UPDATE recommendations_recommendation SET status = 'rejected' WHERE id = %s", submitted.pk)
    assert "rejected" in named()


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Statement, "remarks = 'Einverstanden.'"),
        (Statement, "position = 'agree', remarks = ''"),
        (Version, "by_label = 'Jemand'"),
        (Version, "content = '{}'"),
        ("recommendations.Mediation", "outcome = 'Alle sind zufrieden.'"),
        (LeadTransfer, "reason = 'Weil ich es will.'"),
    ],
)
def test_what_was_said_is_neither_changed_nor_changed_unnoticed(disputed, model, change):
    from django.apps import apps

    model = apps.get_model(model) if isinstance(model, str) else model
    row = model.objects.first()
    call_command("verify_log")
    statement = f"UPDATE {model._meta.db_table} SET {change} WHERE id = %s"
    assert refused(statement, row.pk)
    behind_the_rules(statement, row.pk)
    assert str(model._meta.verbose_name) in named()


@pytest.mark.parametrize("model", [Version, Statement, LeadTransfer])
def test_what_was_said_is_not_deleted_under_a_submitted_text(disputed, head, model):
    if model is LeadTransfer:
        flows.refuse_transfer(disputed.lead_transfers.get(), by=head, reason="Nein")
    row = model.objects.filter(recommendation=disputed).first()
    execute_first = "DELETE FROM recommendations_mediation"
    assert refused(execute_first)
    assert refused(f"DELETE FROM {model._meta.db_table} WHERE id = %s", row.pk)


def test_consents_to_another_lead_are_not_rewritten(disputed, head):
    transfer = disputed.lead_transfers.get()
    flows.release_lead(transfer, by=head)
    change = "UPDATE recommendations_leadtransfer SET released_by_label = 'Jemand' WHERE id = %s"
    assert refused(change, transfer.pk)
    behind_the_rules(change, transfer.pk)
    assert str(transfer.pk) in named()


def test_a_version_that_was_slipped_in_has_no_entry(whole):
    before = whole.versions.first()
    columns = [field.column for field in Version._meta.concrete_fields if not field.primary_key]
    taken = ["99" if column == "number" else column for column in columns]
    execute(
        f"INSERT INTO recommendations_version ({', '.join(columns)}) SELECT {', '.join(taken)} "
        "FROM recommendations_version WHERE id = %s",
        before.pk,
    )
    slipped = Version.objects.get(number=99)
    assert str(slipped.pk) in named()


def entry_at(event, moment):
    """Slip in a copy of an entry with another moment."""
    columns = [field.column for field in Event._meta.concrete_fields if not field.primary_key]
    taken = ["%s" if column == "at" else column for column in columns]
    copy = f"INSERT INTO activity_event ({', '.join(columns)}) SELECT {', '.join(taken)} FROM activity_event"
    return f"{copy} WHERE id = %s", moment, event.pk


def test_an_entry_that_is_dated_back_is_named(whole):
    event = Event.objects.about(whole).first()
    execute(*entry_at(event, timezone.now() - timedelta(days=3)))
    assert str(Event.objects.latest("pk").pk) in named()


def test_an_entry_of_the_future_is_refused_and_named(whole):
    event = Event.objects.about(whole).first()
    statement = entry_at(event, timezone.now() + timedelta(days=3))
    assert refused(*statement)
    behind_the_rules(*statement)
    assert str(Event.objects.latest("pk").pk) in named()


def test_a_rule_that_was_taken_off_is_named(whole):
    triggers.take_down(connection, ["decision_unchanged"])
    assert "decision_unchanged" in named()


@ON_POSTGRESQL
def test_a_rule_that_was_switched_off_is_named(whole):
    execute("ALTER TABLE recommendations_decision DISABLE TRIGGER decision_unchanged")
    assert "decision_unchanged" in named()


def test_a_removed_end_is_missed_by_whoever_noted_the_last_seal(whole):
    noted = Seal.objects.latest("position").sha256
    call_command("verify_log", expect=noted)
    last = Event.objects.latest("pk").pk
    triggers.take_down(connection)
    execute("DELETE FROM activity_seal WHERE event_id = %s", last)
    execute("DELETE FROM activity_notification WHERE event_id = %s", last)
    execute("DELETE FROM activity_event WHERE id = %s", last)
    triggers.put_up(connection)
    assert noted in named(expect=noted)


def test_a_seal_that_was_noted_is_still_in_the_log_after_it_went_on(whole, head):
    noted = Seal.objects.latest("position").sha256
    flows.reopen(Recommendation.objects.get(pk=whole.pk), by=head, reason="Kosten neu")
    call_command("verify_log", expect=noted)
