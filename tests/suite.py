# SPDX-License-Identifier: EUPL-1.2
"""The whole suite, in three parts, the quickest to fail first.

All tests on PostgreSQL, on every core. Then those that start real processes or a browser, two files at a time; they
often wait, so beside them, with what the cores have left, runs on SQLite what asks a database and is not so long that
once is enough (marked ``postgres``). Servers that DATABASE_URL and REDIS_URL name are used; otherwise throwaway ones
are started and ended here. Arguments go to pytest: ``python -m tests.suite tests/committees``.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

from tests import services, template

SPREAD = ("-n", str(os.cpu_count() or 1), "--dist", "worksteal")
BY_FILE = ("-n", "2", "--dist", "loadfile")  # each file has a house of its own: folder, database, ports
NO_TESTS = 5  # pytest's word for "nothing of this sort among what was asked for"
LONGEST = 40 * 60  # seconds that one part may take; something hangs in what takes longer


class Suite:
    """The parts as they are run: what each took, and whether all are well."""

    def __init__(self, asked):
        self.asked, self.took, self.well = asked, {}, True

    @contextlib.contextmanager
    def timed(self, part):
        begun = time.monotonic()
        try:
            yield
        finally:
            self.took[part] = time.monotonic() - begun

    def run(self, part, marked, *arguments, environment, nice=0, output=None):
        """One part; whether it went well."""
        command = ["nice", "-n", str(nice), sys.executable, "-m", "pytest", "-q", "-m", marked, *arguments, *self.asked]
        environment = {**os.environ, **environment}
        with self.timed(part), subprocess.Popen(command, env=environment, stdout=output, stderr=output) as child:
            code = self.wait_for(child, part)
        if code not in ((0, NO_TESTS) if self.asked else (0,)):
            self.well = False

    def wait_for(self, child, part):
        try:
            return child.wait(LONGEST)
        except subprocess.TimeoutExpired:
            print(f"{part}: ended, because it takes longer than {LONGEST // 60} minutes", file=sys.stderr)
            child.send_signal(signal.SIGINT)  # as with Ctrl-C, tests end what they started
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(90)
            child.kill()
            return child.wait() or 1

    def everything(self, servers, without):
        with self.timed("migrations"), ThreadPoolExecutor() as beside:
            kept = [beside.submit(template.file), beside.submit(template.database, servers["DATABASE_URL"])]
            for made in kept:
                made.result()
        self.run("PostgreSQL", "not services and not browser and not sqlite", *SPREAD, environment=servers)
        if not self.well:
            return
        with ThreadPoolExecutor() as beside, tempfile.TemporaryFile() as said:
            unmarked = "(database or sqlite) and not postgres and not services and not browser"
            sqlite = beside.submit(self.run, "SQLite", unmarked, *SPREAD, environment=without, nice=10, output=said)
            self.run("processes and browser", "services or browser", *BY_FILE, environment=servers)
            sqlite.result()
            said.seek(0)
            print(said.read().decode(errors="replace"))

    def report(self):
        for part, seconds in self.took.items():
            minutes, seconds = divmod(round(seconds), 60)
            print(f"{part:24}{minutes:3} min {seconds:2} s")


def main():
    suite = Suite(sys.argv[1:])
    with suite.timed("together"), contextlib.ExitStack() as stack:
        servers = {
            "DATABASE_URL": os.environ.get("DATABASE_URL") or stack.enter_context(services.postgresql()),
            "REDIS_URL": os.environ.get("REDIS_URL") or stack.enter_context(services.redis()),
        }
        suite.everything(servers, {"DATABASE_URL": "", "REDIS_URL": ""})
    suite.report()
    return 0 if suite.well else 1


if __name__ == "__main__":
    sys.exit(main())
