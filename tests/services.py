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


@contextlib.contextmanager
def postgresql():
    """A PostgreSQL of our own, as an unprivileged user; gives its address."""
    programs = Path(sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1])
    home = Path(tempfile.mkdtemp(prefix="bildungsbuero-pg-"))
    as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    if as_user:
        shutil.chown(home, "postgres", "postgres")
    port, data = free_port(), home / "data"
    initdb = [
        *as_user,
        programs / "initdb",
        "-D",
        data,
        "-U",
        "bildungsbuero",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
    ]
    subprocess.run([*initdb, "--locale=C.UTF-8"], check=True, stdout=subprocess.DEVNULL, cwd=home)
    server = subprocess.Popen(
        [
            *as_user,
            programs / "postgres",
            "-D",
            data,
            "-p",
            str(port),
            "-k",
            home,
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "fsync=off",
            "-c",
            "full_page_writes=off",
            "-c",
            "max_connections=60",
            "-c",
            "log_min_messages=fatal",
        ],
        cwd=home,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until(lambda: listens(port), seconds=30, what="PostgreSQL does not start")
        time.sleep(0.5)
        yield f"postgres://bildungsbuero@127.0.0.1:{port}/postgres"
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)
        shutil.rmtree(home, ignore_errors=True)


@contextlib.contextmanager
def redis():
    """A Redis of our own; gives its address."""
    with redis_server() as (address, _server):
        yield address


@contextlib.contextmanager
def redis_server():
    """A Redis of our own; gives its address and its process, for tests that stop it."""
    port = free_port()
    server = subprocess.Popen(
        ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--maxmemory-policy", "noeviction"],
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_until(lambda: listens(port), seconds=20, what="Redis does not start")
        yield f"redis://127.0.0.1:{port}/0", server
    finally:
        server.terminate()
        server.wait(20)


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
