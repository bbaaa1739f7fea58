# SPDX-License-Identifier: EUPL-1.2
"""Databases full of people and papers that take many seconds to build: built once, shared by the tests that ask.

Each test runs in a transaction of its own within a world and leaves it as it was; things are handed out as copies, so
that no test sees what another one did to them in memory. Tests of the same world run one after the other, and before
anything else is tested the world is gone.
"""

import contextlib
import copy
import sqlite3

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings


def matrix():
    """The matrix of people and states, with ``described``: what it says about itself."""
    from demo.matrix import Matrix

    built = Matrix()
    built.described = built.build()
    return built


def town():
    """Lindenfurt, as the demo shows it."""
    with override_settings(DEMO=True):
        call_command("seed_demo")


def house():
    """Two departments, two bodies, and everybody who might ask for a verdict."""
    from tests.house import House

    return House()


BUILDERS = {"standing_matrix": matrix, "standing_town": town, "standing_house": house}


@contextlib.contextmanager
def undone_on_postgresql():
    """The world stands in an open transaction, and tests in savepoints of it."""
    ground = transaction.atomic()
    ground._from_testcase = True  # like the transaction of a test, it is none of the house
    with ground:
        yield
        transaction.set_rollback(True)


@contextlib.contextmanager
def undone_on_sqlite():
    """The database is put back as it was: undoing to a savepoint is slow once a transaction has created a table."""
    with contextlib.closing(sqlite3.connect(":memory:")) as before:
        connection.ensure_connection()
        connection.connection.backup(before)
        try:
            yield
        finally:
            before.backup(connection.connection)


def undone():
    return undone_on_postgresql() if connection.vendor == "postgresql" else undone_on_sqlite()


def count_rows():
    """Let PostgreSQL know how many rows there are: nobody tells it, as long as nothing is committed.

    Otherwise it plans for empty tables, and a question over a few hundred people takes minutes.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # not the catalogue that all databases share
            cursor.execute(f"ANALYZE {', '.join(connection.introspection.table_names(cursor))}")


class Stage:
    """The world that stands in this process, if any."""

    def __init__(self):
        self.blocker = self.name = self.made = None
        self.undoing = contextlib.ExitStack()

    def copy_of(self, name):
        """What the world of this name consists of; it is built where it does not stand."""
        if self.name != name or connection.closed_in_transaction:
            self.leave()
            with self.blocker.unblock():
                self.enter(name)
        return copy.deepcopy(self.made)

    def enter(self, name):
        self.undoing.enter_context(undone())
        with transaction.atomic():
            self.made = BUILDERS[name]()
            connection.run_on_commit = []  # what is to follow a commit follows none here
        count_rows()
        self.name = name

    def leave(self):
        if self.blocker is not None:
            with self.blocker.unblock():
                self.undoing.close()
        self.name = self.made = None


stage = Stage()


def of(item):
    """The name of the world that a test asks for; nothing for most."""
    return next((name for name in BUILDERS if name in getattr(item, "fixturenames", ())), None)


def group(items):
    """Put the tests of a world next to each other, those that take longest first; their order within it stays."""
    for item in items:
        if of(item) and commits(item):
            raise pytest.UsageError(f"{item.nodeid}: what is really committed would stay in the world of other tests")
    places = [*BUILDERS, None]
    items.sort(key=lambda item: places.index(of(item)))


def commits(item):
    """Whether a test works with real commits instead of undoing what it did."""
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or not {"transactional_db", "live_server"}.isdisjoint(
        item.fixturenames
    )
