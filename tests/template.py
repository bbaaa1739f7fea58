# SPDX-License-Identifier: EUPL-1.2
"""Databases that are migrated already, from which those of the tests are copied.

Migrating takes a dozen seconds of processor time. The suite does it once for each kind of database, before its parts
begin, and says in ``TEST_TEMPLATE`` what to copy: the name of a PostgreSQL database, the file of an SQLite one. Without
it each process migrates for itself, as when a single test is run with pytest.
"""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import psycopg
from django.db.backends.signals import connection_created

from tests import services
from tests.environment import FIXED

NAME = "bildungsbuero_test_template"


def migrating(address):
    """A process that migrates the database of this address."""
    environment = {**os.environ, **FIXED, "DATABASE_URL": address, "REDIS_URL": ""}
    return subprocess.Popen([sys.executable, "manage.py", "migrate", "-v0"], cwd=services.ROOT, env=environment)


def make(postgresql, sqlite):
    """Migrate one database of each kind, both at once."""
    beside = [migrating(new_database(postgresql, NAME)), migrating(f"sqlite:///{sqlite}")]
    codes = [process.wait() for process in beside]
    return not any(codes)


def new_database(server, name, template=""):
    """Create a database on the PostgreSQL server of this address, as a copy where a template is named."""
    copied = f' TEMPLATE "{template}"' if template else ""
    with psycopg.connect(server, autocommit=True) as link:
        link.execute(f'DROP DATABASE IF EXISTS "{name}"')
        link.execute(f'CREATE DATABASE "{name}"{copied}')
    return f"{server.rpartition('/')[0]}/{name}"


def use(template):
    """Let the database of the tests in this process begin as a copy of the template."""
    from django.db import connection

    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = template
        return

    def fill(connection, **_signal):
        if connection.is_in_memory_db():
            connection_created.disconnect(fill)
            with closing(sqlite3.connect(template)) as source:
                source.backup(connection.connection)

    connection_created.connect(fill, weak=False)
