# SPDX-License-Identifier: EUPL-1.2
"""The whole suite: all tests on PostgreSQL with Redis, then on SQLite what does not need those servers.

Servers that DATABASE_URL and REDIS_URL name are used; otherwise throwaway ones are started and ended here.
"""

import contextlib
import os
import subprocess
import sys

from tests import services


def run(*arguments, **environment):
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    return subprocess.run(command, env={**os.environ, **environment}).returncode


def main():
    with contextlib.ExitStack() as stack:
        database = os.environ.get("DATABASE_URL") or stack.enter_context(services.postgresql())
        broker = os.environ.get("REDIS_URL") or stack.enter_context(services.redis())
        failed = run(*sys.argv[1:], DATABASE_URL=database, REDIS_URL=broker)
    return failed or run(*sys.argv[1:], "-m", "not postgres", DATABASE_URL="", REDIS_URL="")


if __name__ == "__main__":
    sys.exit(main())
