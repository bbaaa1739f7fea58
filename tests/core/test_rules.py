# SPDX-License-Identifier: EUPL-1.2
"""Rules of the database reach installed databases with each migrate, and it is noticed where one does not stand."""

import pytest
from django.core import checks
from django.core.management import call_command
from django.db import connection

from core import readiness, triggers
from core.models import InstalledRule

ON_POSTGRESQL = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no such statement")
NAME, TABLE = "decision_unchanged", "recommendations_decision"


def found():
    return [(flaw.name, flaw.why) for flaw in triggers.flaws(connection)]


def execute(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def off(name, table):
    return f"DROP TRIGGER {name}" if connection.vendor == "sqlite" else f"DROP TRIGGER {name} ON {table}"


def toothless(rule):
    """The same rule with a condition that never holds."""
    return triggers.Rule(rule.name, rule.table, rule.operation, "1 = 0").statements(connection.vendor)


def test_a_rule_that_was_taken_off_is_missed_by_check_and_readyz(db):
    assert (found(), readiness.rules()) == ([], True)
    execute(off(NAME, TABLE))
    assert found() == [(NAME, str(triggers.MISSING))]
    assert readiness.rules() is False
    warnings = checks.run_checks(tags=["database"], databases=["default"])
    assert [warning.id for warning in warnings] == ["core.W003"]
    assert NAME in warnings[0].msg


@ON_POSTGRESQL
def test_a_rule_that_was_switched_off_is_noticed(db):
    execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER {NAME}")
    assert found() == [(NAME, str(triggers.DISABLED))]


def test_a_rule_that_somebody_changed_is_noticed(db):
    execute(*toothless(triggers.rules_of(connection.vendor)[NAME]))
    assert found() == [(NAME, str(triggers.CHANGED))]


def test_a_trigger_that_is_none_of_ours_is_noticed_on_a_guarded_table(db):
    execute(*triggers.Rule("helper", TABLE, "INSERT", "1 = 0").statements(connection.vendor))
    execute(*triggers.Rule("elsewhere", "core_feedback", "INSERT", "1 = 0").statements(connection.vendor))
    assert found() == [("helper", str(triggers.STRANGE))]


def test_a_rule_of_the_release_before_is_told_apart_and_replaced_by_migrate(db):
    rule = triggers.rules_of(connection.vendor)[NAME]
    execute(*toothless(rule))
    before = triggers.standing(connection)[NAME].body
    InstalledRule.objects.filter(name=NAME).update(sha256=triggers.checksum(before))
    assert found() == [(NAME, str(triggers.OUTDATED))]
    call_command("migrate", verbosity=0)
    assert found() == []


def test_a_rule_that_this_release_does_not_know_any_more_goes_with_migrate(db):
    rule = triggers.Rule("former", TABLE, "INSERT", "1 = 0")
    execute(*rule.statements(connection.vendor))
    InstalledRule.objects.create(name="former", sha256=triggers.checksum(rule.body(connection.vendor)))
    call_command("migrate", verbosity=0)
    assert "former" not in triggers.standing(connection)
    assert not InstalledRule.objects.filter(name="former").exists()


def test_rules_stand_aside_while_tables_are_altered(db):
    triggers.stand_aside(using="default", plan=[])
    assert found() == []
    triggers.stand_aside(using="default", plan=["a step"])
    assert NAME not in triggers.standing(connection)
    triggers.stand_up(using="default")
    assert found() == []
