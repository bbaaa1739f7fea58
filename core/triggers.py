# SPDX-License-Identifier: EUPL-1.2
"""Rules that the database itself keeps, on PostgreSQL and on SQLite, whatever program writes to it.

Each app states its rules in ``rules.py`` and hangs them into ``RULES``. They are put up after every ``migrate``, so
that a changed rule reaches installed databases, and stand aside while the tables they guard are altered. What was put
up is remembered by its checksum: ``flaws`` tells a rule that is missing, switched off, changed by somebody, or of an
older release.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from core.hooks import Hook
from core.models import InstalledRule

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

ROW, BEFORE = 1, 2  # how PostgreSQL writes down what a trigger is for, in pg_trigger.tgtype
OPERATIONS = {"INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}


@dataclass(frozen=True)
class Rule:
    """Refuse an operation on a table where ``condition`` holds; ``NEW`` and ``OLD`` are the row after and before.

    The condition is SQL of the database at hand; an empty one refuses always. A breach raises ``IntegrityError``.
    """

    name: str
    table: str
    operation: str
    condition: str = ""
    message: str = ""

    def statements(self, vendor: str) -> list[str]:
        """The SQL that puts this rule up; repeating it changes nothing."""
        if vendor == "sqlite":
            return [f"DROP TRIGGER IF EXISTS {self.name}", self.body(vendor)]
        each = "STATEMENT" if self.operation == "TRUNCATE" else "ROW"
        return [
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger AS $rule${self._function()}$rule$ "
            "LANGUAGE plpgsql",
            f"DROP TRIGGER IF EXISTS {self.name} ON {self.table}",
            f"CREATE TRIGGER {self.name} BEFORE {self.operation} ON {self.table} FOR EACH {each} "
            f"EXECUTE FUNCTION {self.name}()",
        ]

    def body(self, vendor: str) -> str:
        """What a database keeps of this rule, as ``standing`` reads it back."""
        if vendor == "sqlite":
            return (
                f"CREATE TRIGGER {self.name} BEFORE {self.operation} ON {self.table} FOR EACH ROW "
                f"WHEN {self.condition or '1 = 1'} BEGIN SELECT RAISE(ABORT, '{self._said()}'); END"
            )
        kind = BEFORE + OPERATIONS[self.operation] + (0 if self.operation == "TRUNCATE" else ROW)
        return f"{self.table} {kind} {self._function()}"

    def _function(self) -> str:
        row = {"DELETE": "OLD", "TRUNCATE": "NULL"}.get(self.operation, "NEW")
        return (
            f" BEGIN IF {self.condition or '1 = 1'} THEN RAISE EXCEPTION USING MESSAGE = '{self._said()}', "
            f"ERRCODE = 'check_violation'; END IF; RETURN {row}; END "
        )

    def _said(self) -> str:
        return (self.message or self.name).replace("'", "''")


RULES: Hook[Callable[[str], list[Rule]]] = Hook("core.triggers.RULES", "the rules of an app, in the SQL of a database")


@dataclass(frozen=True)
class Standing:
    """A trigger as it stands in the database."""

    table: str
    body: str
    enabled: bool


@dataclass(frozen=True)
class Flaw:
    """A rule that does not stand as it should, and why."""

    name: str
    why: str


MISSING, DISABLED, CHANGED = _("is missing"), _("is switched off"), _("is not what was put up")
OUTDATED = _("is of another release, run migrate")
STRANGE = _("is none of ours, on a table that our rules guard")


def differs(vendor: str, *columns: str) -> str:
    """SQL that holds where one of the columns is not what it was."""
    operator = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    return "(" + " OR ".join(f"NEW.{column} {operator} OLD.{column}" for column in columns) + ")"


def whole(vendor: str, name: str, model: type[Model]) -> list[Rule]:
    """Rules against the ways round those for single rows: emptying a table, and putting a row in another one's place.

    PostgreSQL empties a table without asking those for rows. SQLite deletes the row that stands in the way of ``OR
    REPLACE``, by any of its unique keys, without asking those for deletions.
    """
    table, primary = model._meta.db_table, model._meta.pk.column
    if vendor != "sqlite":
        there = f"EXISTS (SELECT 1 FROM {table})"  # noqa: S608 - names of our own tables
        return [Rule(f"{name}_unemptied", table, "TRUNCATE", there, "what stands is never emptied")]
    taken = " OR ".join(
        "(" + " AND ".join(f"kept.{column} = NEW.{column}" for column in key) + ")" for key in _keys(model)
    )
    other = f"EXISTS (SELECT 1 FROM {table} kept WHERE ({taken})"  # noqa: S608
    said = "what stands is never replaced"
    return [
        Rule(f"{name}_unreplaced", table, "INSERT", f"{other})", said),
        Rule(f"{name}_unreplaced_by_change", table, "UPDATE", f"{other} AND kept.{primary} <> OLD.{primary})", said),
    ]


def _keys(model: type[Model]) -> list[list[str]]:
    """The columns of each key by which a row of this model is the only one, whatever else it says."""
    meta: Any = model._meta
    named = [[field.name] for field in meta.local_concrete_fields if field.unique]
    named += [list(rule.fields) for rule in meta.total_unique_constraints]
    named += [list(together) for together in meta.unique_together]
    return [[meta.get_field(name).column for name in key] for key in named]


def rules_of(vendor: str) -> dict[str, Rule]:
    """All rules of the house by their names."""
    return {rule.name: rule for rules in RULES for rule in rules(vendor)}


def standing(connection: BaseDatabaseWrapper) -> dict[str, Standing]:
    """Every trigger of the database by its name."""
    query = (
        "SELECT name, tbl_name, sql, 1 FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT t.tgname, c.relname, c.relname || ' ' || t.tgtype || ' ' || p.prosrc, t.tgenabled IN ('O', 'A') "
        "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE NOT t.tgisinternal AND pg_table_is_visible(c.oid)"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name: Standing(table, body, bool(enabled)) for name, table, body, enabled in cursor.fetchall()}


def checksum(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def flaws(connection: BaseDatabaseWrapper) -> list[Flaw]:
    """What is wrong with the rules of this database; nothing where all stand as this release wants them."""
    rules, stand = rules_of(connection.vendor), standing(connection)
    put_up = dict(InstalledRule.objects.using(connection.alias).values_list("name", "sha256"))
    found = []
    for name, rule in rules.items():
        there = stand.get(name)
        if there is None:
            found.append(Flaw(name, str(MISSING)))
        elif not there.enabled:
            found.append(Flaw(name, str(DISABLED)))
        elif put_up.get(name) != checksum(there.body):
            found.append(Flaw(name, str(CHANGED)))
        elif there.body != rule.body(connection.vendor):
            found.append(Flaw(name, str(OUTDATED)))
    guarded = {rule.table for rule in rules.values()}
    strange = [name for name, there in stand.items() if there.table in guarded and name not in {*rules, *put_up}]
    return found + [Flaw(name, str(STRANGE)) for name in sorted(strange)]


@transaction.atomic
def put_up(connection: BaseDatabaseWrapper) -> None:
    """Let every rule of this release stand as it is meant, and no rule of a former one."""
    rules, stand = rules_of(connection.vendor), standing(connection)
    remembered = InstalledRule.objects.using(connection.alias)
    take_down(connection, set(remembered.values_list("name", flat=True)) - set(rules))
    with connection.cursor() as cursor:
        for name, rule in rules.items():
            there, body = stand.get(name), rule.body(connection.vendor)
            if there is None or not there.enabled or there.body != body:
                for statement in rule.statements(connection.vendor):
                    cursor.execute(statement)
            remembered.update_or_create(name=name, defaults={"sha256": checksum(body)})


def take_down(connection: BaseDatabaseWrapper, names: Iterable[str] | None = None) -> None:
    """Take the named rules off, or all of ours."""
    stand = standing(connection)
    names = set(rules_of(connection.vendor) if names is None else names)
    with connection.cursor() as cursor:
        for name in sorted(names & set(stand)):
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER {name}")
            else:
                cursor.execute(f"DROP TRIGGER {name} ON {stand[name].table}")
                cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")
        if InstalledRule._meta.db_table in connection.introspection.table_names(cursor):
            InstalledRule.objects.using(connection.alias).filter(name__in=names).delete()


def stand_aside(using: str, plan: Sequence[str], **_signal: Any) -> None:
    """Before tables are altered: rules name columns that may go, and SQLite alters a table by making it anew."""
    if plan:
        take_down(connections[using])


def stand_up(using: str, **_signal: Any) -> None:
    """After the tables are as this release knows them; on the way to an older state there is nothing to guard with."""
    executor = MigrationExecutor(connections[using])
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        put_up(connections[using])
