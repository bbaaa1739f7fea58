# SPDX-License-Identifier: EUPL-1.2
"""The whole suite, in three parts, the quickest to fail first.

All tests on PostgreSQL, on every core; then those that start real processes or a browser, one after the other; then,
on SQLite, what does not need those servers. Servers that DATABASE_URL and REDIS_URL name are used; otherwise throwaway
ones are started and ended here. Arguments go to pytest: ``python -m tests.suite tests/committees``.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests import services, template

SPREAD = ("-n", str(os.cpu_count() or 1), "--dist", "worksteal")
NO_TESTS = 5  # pytest's word for "nothing of this sort among what was asked for"
LONGEST = 20 * 60  # seconds that one part may take; something hangs in what takes longer


def run(marked, *arguments, **environment):
    """One part; its exit code."""
    command = [sys.executable, "-m", "pytest", "-q", "-m", marked, *arguments]
    with subprocess.Popen(command, env={**os.environ, **environment}) as child:
        try:
            code = child.wait(LONGEST)
        except subprocess.TimeoutExpired:
            print(f"This part is ended: it takes longer than {LONGEST // 60} minutes.", file=sys.stderr)
            child.send_signal(signal.SIGINT)  # as with Ctrl-C, tests end what they started
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(90)
            child.kill()
            return 1
    return 0 if code == NO_TESTS and sys.argv[1:] else code


@contextlib.contextmanager
def timed(part, took):
    begun = time.monotonic()
    yield
    took[part] = time.monotonic() - begun


def parts(asked, stack, took):
    """Run one part after the other until one fails; the exit code of the last."""
    servers = {
        "DATABASE_URL": os.environ.get("DATABASE_URL") or stack.enter_context(services.postgresql()),
        "REDIS_URL": os.environ.get("REDIS_URL") or stack.enter_context(services.redis()),
        "TEST_TEMPLATE": template.NAME,
    }
    file = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bildungsbuero-template-"))) / "sqlite3"
    without = {"DATABASE_URL": "", "REDIS_URL": "", "TEST_TEMPLATE": str(file)}
    with timed("migrations", took):
        failed = not template.make(servers["DATABASE_URL"], file)
    if not failed:
        with timed("PostgreSQL", took):
            failed = run("not services and not browser", *SPREAD, *asked, **servers)
    if not failed:
        with timed("processes and browser", took):
            failed = run("services or browser", *asked, **servers)
    if not failed:
        with timed("SQLite", took):
            failed = run("not postgres and not services and not browser", *SPREAD, *asked, **without)
    return int(failed)


def main():
    took = {}
    with contextlib.ExitStack() as stack:
        failed = parts(sys.argv[1:], stack, took)
    for part, seconds in {**took, "together": sum(took.values())}.items():
        print(f"{part:24}{seconds // 60:4.0f} min {seconds % 60:2.0f} s")
    return failed


if __name__ == "__main__":
    sys.exit(main())
