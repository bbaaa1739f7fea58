# SPDX-License-Identifier: EUPL-1.2
"""Tests begin with a copy of a migrated database that fits the sources as they are."""

import sqlite3
import subprocess
import sys

import pytest

from tests import services, template

ASK = "import pathlib, sys; from tests import template; print(template.file(pathlib.Path(sys.argv[1])))"


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("town/migrations/0002_more.py", True),
        ("town/models.py", True),
        ("town/models/house.py", True),
        ("town/rules.py", True),
        ("town/views.py", False),
        ("tests/rules.py", False),
    ],
)
def test_what_makes_a_database_asks_for_a_new_one(tmp_path, path, counts):
    for package in ("town", "tests"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
    before = template.key_of(tmp_path)
    (tmp_path / path).parent.mkdir(exist_ok=True)
    (tmp_path / path).write_text("changed = True")
    assert (template.key_of(tmp_path) != before) is counts


@pytest.mark.services
def test_two_processes_that_ask_at_once_get_one_whole_database(tmp_path):
    (tmp_path / "making").write_text("left by a process that was ended half-way")
    command = [sys.executable, "-c", ASK, str(tmp_path)]
    asking = [subprocess.Popen(command, cwd=services.ROOT, stdout=subprocess.PIPE, text=True) for _turn in range(2)]
    answers = {process.communicate()[0].strip() for process in asking}
    assert len(answers) == 1
    with sqlite3.connect(answers.pop()) as link:
        assert link.execute("SELECT count(*) FROM django_migrations").fetchone()[0] > 50
    assert sorted(path.suffix for path in tmp_path.iterdir()) == ["", ".sqlite3"]
