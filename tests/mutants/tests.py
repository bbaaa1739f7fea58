# SPDX-License-Identifier: EUPL-1.2
"""Which test calls which function of ours, learned by running the tests once and kept under ``var/``.

What starts processes or a browser, needs PostgreSQL or one of the large worlds is left out: it takes too long to be run
for one change. What a test calls is learned again when its file changes.
"""

import hashlib
import json
import os
import sys
import time

import pytest

from tests import worlds
from tests.services import ROOT

LEARNED = ROOT / "var" / "mutants.json"
QUICK = "not services and not browser and not postgres"
OURS = f"{ROOT}/"


def learned():
    """``{file: {"state", "tests": {name: {"seconds", "calls"}}}}``."""
    return json.loads(LEARNED.read_text()) if LEARNED.exists() else {}


def keep(file, tests):
    """Write down what the tests of a file call, beside what another process has learned meanwhile."""
    LEARNED.parent.mkdir(exist_ok=True)
    making = LEARNED.with_suffix(f".{os.getpid()}")
    making.write_text(json.dumps({**learned(), file: {"state": state_of(file), "tests": tests}}))
    making.replace(LEARNED)


def calls():
    """``{place: [names of the tests that call it, the quickest first]}``."""
    found = {}
    for file in learned().values():
        for name, test in file["tests"].items():
            for place in test["calls"]:
                found.setdefault(place, []).append((test["seconds"], name))
    return {place: [name for _seconds, name in sorted(tests)] for place, tests in found.items()}


def state_of(path):
    return hashlib.sha256((ROOT / path).read_bytes()).hexdigest()


def file_of(name):
    return name.partition("::")[0]


class Learning:
    """Notes which functions of ours each test calls."""

    def __init__(self):
        self.tests = {}

    def pytest_collection_modifyitems(self, items):
        known = learned()
        quick = [item for item in items if worlds.of(item) in (None, "standing_house")]
        there = {file_of(item.nodeid) for item in quick}
        current = {path for path in there if known.get(path, {}).get("state") == state_of(path)}
        items[:] = [item for item in quick if file_of(item.nodeid) not in current]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item, nextitem):
        called, begun = set(), time.monotonic()

        def note(frame, _event, _argument):
            code = frame.f_code
            if code.co_filename.startswith(OURS):
                called.add((code.co_filename, code.co_qualname))

        sys.settrace(note)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            ours = {f"{path.removeprefix(OURS)}:{name.partition('.<locals>')[0]}" for path, name in called}
            test = {"seconds": round(time.monotonic() - begun, 3)}
            test["calls"] = sorted(one for one in ours if not one.startswith(("tests/", ".venv/")))
            file = file_of(item.nodeid)
            self.tests.setdefault(file, {})[item.nodeid] = test
            if nextitem is None or file_of(nextitem.nodeid) != file:
                keep(file, self.tests[file])
