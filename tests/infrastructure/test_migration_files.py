# SPDX-License-Identifier: EUPL-1.2
"""A migration says for ever what it said on its day: it runs no code of the apps, which change after it."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = {path.parent.name for path in ROOT.glob("*/__init__.py")}
MIGRATIONS = sorted(ROOT.glob("*/migrations/0*.py"))
BY_ADDRESS = {"default", "upload_to", "validators", "storage", "options"}  # what makemigrations itself writes


def borrowed(source):
    """Lines on which a migration uses our code for more than the definition of a field or of an order."""
    tree = ast.parse(source)
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in APPS:
            names |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names if alias.name.split(".")[0] in APPS}
    allowed = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg in BY_ADDRESS
        for part in ast.walk(node.value)
    }
    used = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in names]
    return [node.lineno for node in used if id(node) not in allowed]


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: f"{path.parent.parent.name}.{path.stem}")
def test_a_migration_runs_no_code_of_the_apps(path):
    assert borrowed(path.read_text()) == []


def test_a_rule_or_a_flow_in_a_migration_is_found():
    code = "from recommendations.content import frozen\ndef forwards(apps, editor):\n    frozen(1)\n"
    assert borrowed(code) == [3]
    assert borrowed("import core.clock\nfield = models.DateTimeField(default=core.clock.now)\n") == []
