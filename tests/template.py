# SPDX-License-Identifier: EUPL-1.2
"""Databases that are migrated already, kept between runs, from which those of the tests are copied.

Migrating takes a dozen seconds of processor time, so it is done once for each state of what makes a database: a file
under ``var/`` for SQLite, a database of the server for PostgreSQL, both named by the ``key`` of that state. One process
makes it while others wait, under another name until it is whole; a state that changes asks for another name. Reading
and writing of the tests happens in copies, and the copy is migrated again, which finds nothing to do.
"""

import fcntl
import hashlib
import importlib.metadata
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import cache

import psycopg
from django.db.backends.signals import connection_created
from psycopg.sql import SQL, Identifier

from tests.environment import FIXED
from tests.services import ROOT

FOLDER = ROOT / "var" / "templates"
PREFIX = "bildungsbuero_template_"
MAKES_A_DATABASE = {"migrations", "models", "lifecycle", "rules", "shadows", "triggers", "roles", "apps", "settings"}
KEPT = 12  # databases of former states, for going back and forth between branches
LOCK = 0x6B1D  # any number: who makes a template on a server holds it


def sources(root=ROOT):
    """The files of our apps that say what a migrated database holds."""
    packages = {marked.parent for marked in root.glob("*/__init__.py")} - {root / "tests"}
    for path in sorted(path for package in packages for path in package.rglob("*.py")):
        if not MAKES_A_DATABASE.isdisjoint(path.relative_to(root).with_suffix("").parts):
            yield path


def key_of(root=ROOT):
    """A name for the state of all that makes a database: our sources, what is installed, the environment."""
    state = hashlib.sha256()
    for path in sources(root):
        state.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes() + b"\0")
    installed = sorted(f"{found.name}=={found.version}" for found in importlib.metadata.distributions())
    state.update(repr((installed, sorted(FIXED.items()), sys.version, sqlite3.sqlite_version)).encode())
    return state.hexdigest()[:16]


key = cache(key_of)


def migrate(address):
    environment = {**os.environ, **FIXED, "DATABASE_URL": address, "REDIS_URL": ""}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)


def file(folder=FOLDER):
    """The migrated SQLite file of this state; it is made where there is none."""
    made, making = folder / f"{key()}.sqlite3", folder / "making"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            for left in folder.glob(f"{making.name}*"):
                left.unlink()
            migrate(f"sqlite:///{making}")
            with closing(sqlite3.connect(making)) as link:
                link.execute("PRAGMA journal_mode = DELETE")  # all of it in one file, which readers leave as it is
            making.replace(made)
        made.touch()
        for former in sorted(folder.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
            former.unlink()
    return made


def database(server):
    """The name of the migrated database of this state on the PostgreSQL server; it is made where there is none."""
    name, making = f"{PREFIX}{key()}", f"{PREFIX}making"
    with psycopg.connect(server, autocommit=True) as link:
        link.execute("SELECT pg_advisory_lock(%s)", [LOCK])  # until the connection ends
        names = "SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid"
        former = [found for (found,) in link.execute(names, [f"{PREFIX}%"]) if found != making]
        if name not in former:
            migrate(new_database(server, making))
            link.execute(SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(making), Identifier(name)))
            for left in former[: 1 - KEPT]:
                link.execute(SQL("DROP DATABASE IF EXISTS {}").format(Identifier(left)))
    return name


def new_database(server, name, template=""):
    """Create a database on the PostgreSQL server of this address, as a copy where a template is named."""
    copied = SQL(" TEMPLATE {}").format(Identifier(template)) if template else SQL("")
    with psycopg.connect(server, autocommit=True) as link:
        link.execute(SQL("DROP DATABASE IF EXISTS {}").format(Identifier(name)))
        link.execute(SQL("CREATE DATABASE {}{}").format(Identifier(name), copied))
    return f"{server.rpartition('/')[0]}/{name}"


def use():
    """Let the database of the tests in this process begin as a copy."""
    from django.db import connection

    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = database(os.environ["DATABASE_URL"])
        return
    template = file()

    def fill(connection, **_signal):
        if connection.is_in_memory_db():
            connection_created.disconnect(fill)
            with closing(sqlite3.connect(template)) as source:
                source.backup(connection.connection)

    connection_created.connect(fill, weak=False)
