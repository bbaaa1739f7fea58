# SPDX-License-Identifier: EUPL-1.2
"""What the layers of ``pyproject.toml`` rest on: every app has a place, and names the libraries it uses."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import grimp
import pytest
from django.apps import apps
from django.conf import settings
from django.urls import get_resolver

from core import hooks

ROOT = Path(settings.BASE_DIR)
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
OURS = SETTINGS["importlinter"]["root_packages"]
CONTRACTS = SETTINGS["importlinter"]["contracts"]


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph(*OURS, include_external_packages=True, exclude_type_checking_imports=True)


def test_every_app_is_watched_and_every_module_in_it_has_a_place():
    installed = {config.name for config in apps.get_app_configs() if Path(config.path).parent == ROOT}
    assert installed <= set(OURS)
    inside = [one for one in CONTRACTS if one["type"] == "layers" and "containers" in one]
    assert sorted(name for one in inside for name in one["containers"]) == sorted(OURS)
    assert all(one["exhaustive"] for one in inside)


@pytest.mark.parametrize("app", OURS)
def test_an_app_uses_the_libraries_it_names(app, graph):
    used = set()
    for module in {app, *graph.find_descendants(app)}:
        used |= {name.split(".")[0] for name in graph.find_modules_directly_imported_by(module)}
    assert sorted(used - set(OURS) - set(sys.stdlib_module_names) - {"django"}) == sorted(
        SETTINGS["bildungsbuero"]["libraries"][app]
    )


def test_every_road_upwards_is_a_hook_that_the_architecture_lists():
    """Whatever is hung in is hung in by an app above; the table says what each hook asks."""
    get_resolver().url_patterns  # noqa: B018 - the wiring hangs in its own
    written = dict(
        re.findall(r"^\| `([a-z_]+(?:\.\w+)+)` \| (.+) \|$", (ROOT / "docs/architecture.md").read_text(), re.M)
    )
    assert written == {name: hook.what for name, hook in hooks.stated().items()}
    assert not [name for name, hook in hooks.stated().items() if not list(hook)]


@pytest.mark.parametrize("app", OURS)
def test_no_app_asks_for_one_above_it_by_name(app):
    order = [set(layer.split(" | ")) for layer in CONTRACTS[0]["layers"]]
    above = set().union(*order[: next(place for place, layer in enumerate(order) if app in layer)])
    for path in (ROOT / app).rglob("*.py"):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                called = getattr(node.func, "id", getattr(node.func, "attr", ""))
                named = [one.value.split(".")[0] for one in node.args if isinstance(getattr(one, "value", None), str)]
                assert called != "import_string", path
                assert called != "get_model" or not above & set(named), path
