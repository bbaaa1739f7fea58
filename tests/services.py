# SPDX-License-Identifier: EUPL-1.2
"""Servers of the test run: throwaway PostgreSQL and Redis on free loopback ports, ended with it."""

import contextlib
import glob
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(happened, *, seconds, what):
    until = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > until:
            raise TimeoutError(what)
        time.sleep(0.1)


def listens(port):
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextlib.contextmanager
def demo(var):
    """The demo as ``make demo`` starts it, on SQLite and the filesystem broker; gives process and port."""
    port = free_port()
    environment = {
        **os.environ,
        "VAR_DIR": str(var),
        "DEMO": "1",
        "BASE_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": "",
        "REDIS_URL": "",
        "PYTHONUNBUFFERED": "1",
    }
    for name in ("DATABASE_URL", "REDIS_URL"):
        environment.pop(name)
    with (var / "output").open("w+") as output:
        command = [sys.executable, "manage.py", "start", "--demo", "--bind", f"127.0.0.1:{port}"]
        child = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True
        )

        def ready():
            assert child.poll() is None, (var / "output").read_text()
            return f"http://127.0.0.1:{port}/" in (var / "output").read_text()

        try:
            wait_until(ready, seconds=150, what="the demo does not become ready")
            yield child, port
        finally:
            if child.poll() is None:
                child.send_signal(signal.SIGINT)
                child.wait(40)


class Cluster:
    """A PostgreSQL of our own, as an unprivileged user; it can be stopped as a crash would and started again."""

    def __init__(self):
        self.programs = Path(sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1])
        self.home = Path(tempfile.mkdtemp(prefix="bildungsbuero-pg-"))
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        self.as_user = as_user if os.geteuid() == 0 else []
        if self.as_user:
            shutil.chown(self.home, "postgres", "postgres")
        self.port = free_port()
        self.address = f"postgres://bildungsbuero@127.0.0.1:{self.port}/postgres"
        made = ["-D", self.home / "data", "-U", "bildungsbuero", "-A", "trust", "-E", "UTF8", "--no-sync"]
        self._run("initdb", *made, "--locale=C.UTF-8")

    def _run(self, program, *arguments):
        command = [*self.as_user, self.programs / program, *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.home)

    def start(self):
        options = ["listen_addresses=127.0.0.1", "fsync=off", "full_page_writes=off", "max_connections=60"]
        options += ["log_min_messages=fatal"]
        command = [*self.as_user, self.programs / "postgres", "-D", self.home / "data", "-p", str(self.port)]
        command += ["-k", self.home, *(word for option in options for word in ("-c", option))]
        self.server = subprocess.Popen(
            command, cwd=self.home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        wait_until(self.answers, seconds=60, what="PostgreSQL does not start")

    def answers(self):
        """Whether it takes connections; while it recovers from a crash it listens and does not."""
        ready = [self.programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(ready, check=False).returncode == 0

    def stop(self):
        """As a crash: no connection is asked, nothing is written down."""
        self._run("pg_ctl", "stop", "-m", "immediate", "-D", self.home / "data")
        self.server.wait(30)

    def end(self):
        if self.server.poll() is None:
            self.server.send_signal(signal.SIGINT)
            self.server.wait(30)
        shutil.rmtree(self.home, ignore_errors=True)


@contextlib.contextmanager
def cluster():
    """A PostgreSQL of our own, for tests that stop it."""
    made = Cluster()
    try:
        made.start()
        yield made
    finally:
        made.end()


@contextlib.contextmanager
def postgresql():
    """A PostgreSQL of our own; gives its address."""
    with cluster() as made:
        yield made.address


class Redis:
    """A Redis of our own, which can be stopped and frozen."""

    def __init__(self):
        self.port = free_port()
        self.address = f"redis://127.0.0.1:{self.port}/0"

    def start(self):
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self.server = subprocess.Popen([*command, "--maxmemory-policy", "noeviction"], stdout=subprocess.DEVNULL)
        wait_until(lambda: listens(self.port), seconds=20, what="Redis does not start")

    def stop(self):
        """All it held is gone with it."""
        self.server.kill()
        self.server.wait(20)

    def freeze(self):
        self.server.send_signal(signal.SIGSTOP)

    def thaw(self):
        self.server.send_signal(signal.SIGCONT)


@contextlib.contextmanager
def redis_server():
    """A Redis of our own, for tests that stop it."""
    made = Redis()
    made.start()
    try:
        yield made
    finally:
        made.stop()


@contextlib.contextmanager
def redis():
    """A Redis of our own; gives its address."""
    with redis_server() as made:
        yield made.address


@contextlib.contextmanager
def process(command, *, environment):
    """A child in a process group of its own, ended with everything it started."""
    child = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        yield child
    finally:
        if child.poll() is None:
            child.terminate()
            try:
                child.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
