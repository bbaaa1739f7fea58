# SPDX-License-Identifier: EUPL-1.2
"""Tries changes one by one: each in a fork of a process that has all tests collected and a migrated database ready."""

import os
import signal
import sys
import time
import traceback
from dataclasses import dataclass

from _pytest.runner import runtestprotocol
from pytest_django.plugin import blocking_manager_key

from tests import worlds

MOST_TESTS = 150  # for one change
MOST_SECONDS = 60  # of processor time; what takes longer hangs, and that is noticed too
NONE, FAILED, NOT_MADE = range(3)


class NotMade(Exception):
    """A function cannot get this body while it runs, such as one that uses fewer names of the function around it."""


@dataclass(frozen=True)
class Outcome:
    change: object
    noticed: bool
    tests: int
    seconds: float


class Trying:
    """A pytest plugin that runs, instead of the tests, those that concern each change, until one of them fails."""

    def __init__(self, choose, calls):
        self.choose, self.calls = choose, calls
        self.chosen, self.outcomes, self.sound = {}, [], {}

    def pytest_runtestloop(self, session):
        self.session, items = session, {item.nodeid: item for item in session.items}
        ready = [item for item in session.items if worlds.of(item) == "standing_house"][:2]
        runtestprotocol(ready[0], nextitem=ready[-1], log=False)  # the database and the house now stand for all forks
        with self.unblocked():
            self.chosen = self.choose()
        for change in self.chosen:
            names = change.concerning(items, self.calls)
            tests = [items[name] for name in names if name in items][:MOST_TESTS]
            begun = time.monotonic()
            try:
                noticed = self.is_noticed(change, tests)
            except NotMade:
                print(f"could not be made    {change}", flush=True)
                continue
            self.outcomes.append(Outcome(change, noticed, len(tests), time.monotonic() - begun))
            if not noticed:
                print(f"survived {len(tests):3} tests  {change}", flush=True)
        return True

    def unblocked(self):
        """Lets the database be asked outside a test."""
        return self.session.config.stash[blocking_manager_key].unblock()

    def is_noticed(self, change, tests):
        """Whether a test fails that does not fail without the change."""
        while tests:
            failed = self.first_failing(tests, change.make)
            if failed is None:
                return False
            if failed not in self.sound:
                self.sound[failed] = self.first_failing([failed], lambda: None) is None
            if self.sound[failed]:
                return True
            tests = [test for test in tests if test != failed]
        return False

    def first_failing(self, tests, make):
        """The first test that fails in a fork of this process in which the change is made."""
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
            self.run(tests, make, writing)
        os.close(writing)
        with os.fdopen(reading) as said:
            at = said.read()
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code == NOT_MADE:
            raise NotMade
        return None if code == NONE else tests[int(at.splitlines()[-1])]

    def run(self, tests, make, writing):
        code = NOT_MADE
        try:
            with self.unblocked():
                make()
            code = FAILED
            silence = os.open(os.devnull, os.O_WRONLY)
            for stream in (sys.stdout, sys.stderr):
                stream.flush()
                os.dup2(silence, stream.fileno())
            for at, test in enumerate(tests):
                os.write(writing, f"{at}\n".encode())  # the last one that was begun failed, or hangs
                if any(report.failed for report in runtestprotocol(test, nextitem=tests[-1], log=False)):
                    break
            else:
                code = NONE
        except BaseException:
            if code == NOT_MADE:
                traceback.print_exc()
        finally:
            os._exit(code)
