# SPDX-License-Identifier: EUPL-1.2
"""Databases full of people and papers that take many seconds to build: built once, shared by the tests that ask.

A world stands in an open transaction. Each test runs in a savepoint of it and leaves it as it was; things are handed
out as copies, so that no test sees what another one did to them in memory. Tests of the same world run one after the
other, and before anything else is tested the world is rolled back.
"""

import copy

from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings


def matrix():
    """The matrix of people and states, with ``described``: what it says about itself."""
    from reports.matrix import Matrix

    built = Matrix()
    built.described = built.build()
    return built


def town():
    """Lindenfurt, as the demo shows it."""
    with override_settings(DEMO=True):
        call_command("seed_demo")


BUILDERS = {"standing_matrix": matrix, "standing_town": town}


class Stage:
    """The world that stands in this process, if any."""

    def __init__(self):
        self.blocker = self.name = self.made = self.ground = None

    def copy_of(self, name):
        """What the world of this name consists of; it is built where it does not stand."""
        if self.name != name or connection.closed_in_transaction:
            self.leave()
            with self.blocker.unblock():
                self.enter(name)
        return copy.deepcopy(self.made)

    def enter(self, name):
        self.ground = transaction.atomic()
        self.ground._from_testcase = True  # like the transaction of a test, it is none of the house
        self.ground.__enter__()
        try:
            self.made = BUILDERS[name]()
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("ANALYZE")  # nobody else does, as long as nothing is committed
        except BaseException:
            self.leave()
            raise
        self.name = name

    def leave(self):
        if self.ground is not None:
            with self.blocker.unblock():
                transaction.set_rollback(True)
                self.ground.__exit__(None, None, None)
        self.name = self.made = self.ground = None


stage = Stage()


def of(item):
    """The name of the world that a test asks for; nothing for most."""
    return next((name for name in BUILDERS if name in getattr(item, "fixturenames", ())), None)


def group(items):
    """Put the tests of a world next to each other, first what takes longest: order within a world stays."""
    places = [*BUILDERS, None]
    items.sort(key=lambda item: places.index(of(item)))
