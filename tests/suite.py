# SPDX-License-Identifier: EUPL-1.2
"""The whole suite, in three parts, the quickest to fail first.

All tests on PostgreSQL, on every core; then those that start real processes or a browser, one after the other; then,
on SQLite, what does not need those servers. Servers that DATABASE_URL and REDIS_URL name are used; otherwise throwaway
ones are started and ended here. Arguments go to pytest: ``python -m tests.suite tests/committees``.
"""

import contextlib
import os
import subprocess
import sys

from tests import services

SPREAD = ("-n", str(os.cpu_count() or 1), "--dist", "worksteal")
NO_TESTS = 5  # pytest's word for "nothing of this sort among what was asked for"


def run(marked, *arguments, **environment):
    command = [sys.executable, "-m", "pytest", "-q", "-m", marked, *arguments]
    code = subprocess.run(command, env={**os.environ, **environment}).returncode
    return 0 if code == NO_TESTS and sys.argv[1:] else code


def main():
    asked = sys.argv[1:]
    with contextlib.ExitStack() as stack:
        servers = {
            "DATABASE_URL": os.environ.get("DATABASE_URL") or stack.enter_context(services.postgresql()),
            "REDIS_URL": os.environ.get("REDIS_URL") or stack.enter_context(services.redis()),
        }
        failed = run("not services and not browser", *SPREAD, *asked, **servers)
        failed = failed or run("services or browser", *asked, **servers)
    without = {"DATABASE_URL": "", "REDIS_URL": ""}
    return failed or run("not postgres and not services and not browser", *SPREAD, *asked, **without)


if __name__ == "__main__":
    sys.exit(main())
