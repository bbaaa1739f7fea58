# SPDX-License-Identifier: EUPL-1.2
"""Rules that the database itself keeps, on PostgreSQL and on SQLite, whatever program writes to it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """Refuse an operation on a table where ``condition`` holds; ``NEW`` and ``OLD`` are the row after and before.

    The condition is SQL of the database at hand; an empty one refuses always. A breach raises ``IntegrityError``.
    ``reads`` names other tables that the condition looks into: the rule is installed once they are there, so that
    earlier migrations can install the rules of today.
    """

    name: str
    table: str
    operation: str
    condition: str = ""
    message: str = ""
    reads: tuple[str, ...] = ()

    def statements(self, vendor):
        """The SQL that installs this rule; repeating it changes nothing."""
        condition = self.condition or "1 = 1"
        message = (self.message or self.name).replace("'", "''")
        if vendor == "sqlite":
            return [
                f"DROP TRIGGER IF EXISTS {self.name}",
                f"CREATE TRIGGER {self.name} BEFORE {self.operation} ON {self.table} FOR EACH ROW WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END",
            ]
        row = "OLD" if self.operation == "DELETE" else "NEW"
        return [
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger AS $rule$ BEGIN IF {condition} THEN "
            f"RAISE EXCEPTION USING MESSAGE = '{message}', ERRCODE = 'check_violation'; END IF; RETURN {row}; END "
            "$rule$ LANGUAGE plpgsql",
            f"DROP TRIGGER IF EXISTS {self.name} ON {self.table}",
            f"CREATE TRIGGER {self.name} BEFORE {self.operation} ON {self.table} FOR EACH ROW "
            f"EXECUTE FUNCTION {self.name}()",
        ]


def differs(vendor, *columns):
    """SQL that holds where one of the columns is not what it was."""
    operator = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    return "(" + " OR ".join(f"NEW.{column} {operator} OLD.{column}" for column in columns) + ")"


def install(connection, rules):
    """Install rules, as migrations do: ``rules(vendor)`` gives the rules for a database."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for rule in rules(connection.vendor):
            if not {rule.table, *rule.reads} <= tables:
                continue
            for statement in rule.statements(connection.vendor):
                cursor.execute(statement)


def remove(connection, rules):
    """Take rules off again, for the way back of a migration."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for rule in rules(connection.vendor):
            if rule.table not in tables:
                continue
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {rule.name}")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {rule.name} ON {rule.table}")
                cursor.execute(f"DROP FUNCTION IF EXISTS {rule.name}()")


def installed(connection):
    """The names of all triggers that stand in this database."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall()}
