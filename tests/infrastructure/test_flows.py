# SPDX-License-Identifier: EUPL-1.2
"""Whoever acts (``by=``) acts in three beats: locked, asked, recorded; and a refusal is written down.

A flow that leaves a beat out says which and why, in one decorator: ``@without(lock="the paper is made here")``.
"""

import ast
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
BEATS = {"lock", "verdict", "record", "refusals"}
SIGNS = {"lock": "select_for_update", "verdict": "enforce", "record": "record"}
APPS = sorted(path.parent.name for path in ROOT.glob("*/apps.py"))


def modules_of(app):
    folder = ROOT / app
    return sorted({*folder.glob("flows.py"), *folder.glob("*_flows.py"), *folder.glob("flows/*.py")})


def functions_in(source):
    return [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]


WRITTEN = {app: [node for path in modules_of(app) for node in functions_in(path.read_text())] for app in APPS}
FLOWS = [
    (app, node)
    for app, nodes in WRITTEN.items()
    for node in nodes
    if not node.name.startswith("_")
    and node.name not in SIGNS.values()
    and "by" in [argument.arg for argument in node.args.kwonlyargs]
]


def called(node):
    """Names of functions that are called within, with the module they are asked of, if any."""
    body = ast.Module(node.body, [])  # what decorates it is none of it
    for call in (part for part in ast.walk(body) if isinstance(part, ast.Call)):
        if isinstance(call.func, ast.Name):
            yield "", call.func.id
        elif isinstance(call.func, ast.Attribute):
            asked = call.func.value.id if isinstance(call.func.value, ast.Name) else None
            yield asked, call.func.attr


def beats_of(node, app, written=WRITTEN, seen=()):
    """The beats that a function goes through itself or has gone through by helpers among the flows."""
    found = set()
    for module, name in called(node):
        found |= {beat for beat, sign in SIGNS.items() if name == sign}
        homes = [app, "activity"] if module == "" else [module] if module in written else []
        for home in homes:
            for helper in written.get(home, ()):
                if helper.name == name and (home, name) not in seen and name not in SIGNS.values():
                    found |= beats_of(helper, home, written, (*seen, (home, name)))
    return found


def decorators(node):
    """Each decorator's name with the call, where it is one."""
    for decorator in node.decorator_list:
        call = decorator if isinstance(decorator, ast.Call) else None
        name = call.func if call else decorator
        yield ast.unparse(name), call


def missing(node, app, written=WRITTEN):
    """The beats that a flow leaves out without saying so, and those of which it says so untruly."""
    named = dict(decorators(node))
    found = beats_of(node, app, written) | ({"refusals"} if "logs_refusals" in named else set())
    excused = {keyword.arg for keyword in named["without"].keywords} if "without" in named else set()
    return sorted(BEATS - found - excused) + [f"not without {beat}" for beat in sorted(excused & found)]


@pytest.mark.parametrize(("app", "node"), FLOWS, ids=lambda value: getattr(value, "name", value))
def test_a_flow_goes_through_the_beats_or_says_why_not(app, node):
    assert missing(node, app) == []


def test_a_refusal_is_logged_outside_the_transaction_that_it_undoes():
    for app, node in FLOWS:
        names = [name for name, _call in decorators(node)]
        if "logs_refusals" in names and "transaction.atomic" in names:
            assert names.index("logs_refusals") < names.index("transaction.atomic"), (app, node.name)


def test_a_flow_that_forgets_to_lock_or_excuses_itself_in_vain_is_found():
    flow = "@logs_refusals(REFUSED)\n{}@transaction.atomic\ndef close(thing, *, by):\n    {}\n"
    whole = (
        "thing = Thing.objects.select_for_update().get(); can_close(by, thing).enforce(); record(CLOSED, thing, by=by)"
    )
    hasty = "can_close(by, thing).enforce(); record(CLOSED, thing, by=by)"
    excuse = '@without(lock="nobody else writes it")\n'
    for decorator, body, found in (
        ("", whole, []),
        ("", hasty, ["lock"]),
        (excuse, hasty, []),
        (excuse, whole, ["not without lock"]),
    ):
        nodes = functions_in(flow.format(decorator, body))
        assert missing(nodes[0], "core", {"core": nodes}) == found
