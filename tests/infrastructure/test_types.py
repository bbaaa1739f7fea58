# SPDX-License-Identifier: EUPL-1.2
"""The type check notices what it is there for: planted errors, each of a sort that once passed."""

import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PLANTED = {
    "flows.submit(recommendation)": "call-arg",  # by whom?
    "permissions.can_submit(department, recommendation)": "arg-type",
    "permissions.can_do_as_they_like(user, recommendation)": "attr-defined",
    "permissions.can_submit(user, recommendation).because": "attr-defined",
    'today: date = "2026-01-01"': "assignment",
}
FILE = """
from datetime import date

from accounts.models import Department, User
from core.verdicts import Verdict
from recommendations import flows, permissions
from recommendations.models import Recommendation


def planted(user: User, department: Department, recommendation: Recommendation) -> None:
{lines}


def can_answer(user: User) -> Verdict:
    return "yes"


def untyped(user):
    return user
"""


def test_the_type_check_finds_every_planted_error(tmp_path):
    file = tmp_path / "planted.py"
    file.write_text(FILE.format(lines=textwrap.indent("\n".join(PLANTED), "    ")))
    lines = file.read_text().splitlines()
    wanted = {lines.index(f"    {line}") + 1: code for line, code in PLANTED.items()}
    wanted |= {
        lines.index('    return "yes"') + 1: "return-value",
        lines.index("def untyped(user):") + 1: "no-untyped-def",
    }

    command = [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml", "--explicit-package-bases"]
    done = subprocess.run(
        [*command, "--cache-dir", ROOT / "var" / "mypy", file],
        cwd=ROOT,
        env={**os.environ, "MYPYPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )

    found = re.findall(r"^(?:.*/)?planted\.py:(\d+): error: .*\[([\w-]+)\]$", done.stdout, re.M)
    assert {int(line): code for line, code in found} == wanted, done.stdout + done.stderr
