# SPDX-License-Identifier: EUPL-1.2
"""The application as it is really started: web server and worker as processes."""

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings

from tests import services, template

pytestmark = pytest.mark.services
ROOT = Path(settings.BASE_DIR)


def children_of(pid):
    listed = subprocess.run(["ps", "-eo", "pid,ppid"], capture_output=True, text=True, check=True).stdout.split("\n")[
        1:
    ]
    pairs = [tuple(map(int, line.split())) for line in listed if line.strip()]
    found, queue = set(), [pid]
    while queue:
        parent = queue.pop()
        new = [child for child, its_parent in pairs if its_parent == parent and child not in found]
        found.update(new)
        queue.extend(new)
    return found


def get(address):
    with urllib.request.urlopen(address, timeout=10) as answer:
        return answer.status, answer.read()


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demo as ``make demo`` starts it: process, port, folder."""
    var = tmp_path_factory.mktemp("var")
    with services.demo(var) as (child, port):
        yield child, port, var


def test_the_demo_is_alive_and_ready(demo):
    _child, port, _var = demo
    assert get(f"http://127.0.0.1:{port}/healthz")[0] == 200
    status, body = get(f"http://127.0.0.1:{port}/readyz")
    assert (status, json.loads(body)["worker"]) == (200, "ok")


def test_the_demo_prints_logins_and_a_briefing_rendered_by_the_worker(demo):
    _child, _port, var = demo
    output = (var / "output").read_text()
    assert output.count("@lindenfurt.example") >= 10
    path = Path(next(word for word in output.split() if word.endswith(".pdf")))
    assert path.is_relative_to(var)
    assert path.read_bytes().startswith(b"%PDF-")


def documents_of(var):
    """State and file of every document in the demo's database."""
    query = "SELECT state, file FROM reports_document"
    with contextlib.closing(sqlite3.connect(f"file:{var / 'bildungsbuero.sqlite3'}?mode=ro", uri=True)) as base:
        return base.execute(query).fetchall()


def test_every_document_of_the_demo_is_made_and_passes_verapdf(demo):
    from tests.verapdf import verapdf

    _child, _port, var = demo
    until = time.monotonic() + 240
    while {state for state, _file in documents_of(var)} & {"queued", "running"}:
        assert time.monotonic() < until, documents_of(var)
        time.sleep(1)
    made = documents_of(var)
    assert {state for state, _file in made} == {"ready"}
    files = sorted((var / "private/documents").glob("*.pdf"))
    assert {f"documents/{path.name}" for path in files} == {file for _state, file in made}
    by_standard = {}
    for path in files:
        with pikepdf.open(path) as document:
            by_standard.setdefault("ua1,3a" if document.attachments else "ua1,2a", []).append(path)
    for flavours, group in by_standard.items():
        result = verapdf(*group, flavours=flavours)
        assert result.returncode == 0, result.stdout


def test_a_taken_port_is_said_in_one_sentence(demo):
    _child, port, var = demo
    command = [sys.executable, "manage.py", "start", "--bind", f"127.0.0.1:{port}"]
    result = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "VAR_DIR": str(var)}, capture_output=True, text=True, timeout=60
    )
    assert result.returncode == 1
    assert str(port) in result.stderr
    assert "Traceback" not in result.stderr


def test_without_https_nothing_is_served_to_the_network():
    command = [sys.executable, "manage.py", "start", "--bind", "0.0.0.0:8000"]
    result = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, timeout=60)
    assert result.returncode == 1
    assert "127.0.0.1" in result.stderr


def test_the_thread_is_walked_by_four_people_in_a_browser(demo):
    from tests.walk import walk

    _child, port, _var = demo
    walk(f"http://127.0.0.1:{port}")


def test_a_coordinator_plans_the_path_of_r1_through_two_bodies_in_a_browser(demo):
    from tests.walk_planner import plan

    _child, port, _var = demo
    plan(f"http://127.0.0.1:{port}")


def test_ctrl_c_ends_everything_it_started(demo):
    child, port, _var = demo
    started = children_of(child.pid)
    assert len(started) >= 3
    child.send_signal(signal.SIGINT)
    assert child.wait(40) == 0
    time.sleep(1)
    alive = set()
    for pid in started:
        state = Path(f"/proc/{pid}/stat")
        if state.exists() and state.read_text().split()[2] != "Z":
            alive.add(pid)
    assert not alive
    assert not services.listens(port)


def test_a_dead_broker_costs_time_and_neither_the_order_nor_the_page(client, paper, office, settings, monkeypatch):
    from celery import current_app

    from reports.models import Document

    monkeypatch.setattr("core.jobs._silent", {"until": 0.0})
    monkeypatch.setattr(current_app.conf, "broker_url", "redis://127.0.0.1:1/0")
    monkeypatch.setattr(current_app.conf, "broker_write_url", "redis://127.0.0.1:1/0")
    client.force_login(office)
    before = time.monotonic()
    answer = client.post(f"/reports/papers/{paper.pk}/order/", {"variant": "public"})
    assert answer.status_code == 302
    assert time.monotonic() - before < 8
    assert Document.objects.get().state == "queued"


@pytest.mark.postgres
def test_the_thread_is_walked_on_postgresql_with_redis(tmp_path):
    """Web and worker as in production: PostgreSQL, Redis, two processes."""
    from tests.walk import walk

    port = services.free_port()
    server = os.environ["DATABASE_URL"]
    database = template.new_database(server, "walk", template.database(server))
    environment = {
        **os.environ,
        "VAR_DIR": str(tmp_path),
        "DEMO": "1",
        "BASE_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": database,
    }
    for command in (["migrate", "-v0"], ["sync_roles"], ["collectstatic", "--noinput", "-v0"], ["seed_demo"]):
        subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
        )
    web = [
        sys.executable,
        "-m",
        "gunicorn",
        "bildungsbuero.wsgi",
        "-b",
        f"127.0.0.1:{port}",
        "-k",
        "gthread",
        "--threads",
        "8",
    ]
    worker = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "bildungsbuero",
        "worker",
        "-B",
        "-s",
        str(tmp_path / "beat"),
        "-c",
        "1",
        "-l",
        "error",
    ]
    with services.process(worker, environment=environment), services.process(web, environment=environment):
        services.wait_until(lambda: services.listens(port), seconds=60, what="the web server does not start")
        walk(f"http://127.0.0.1:{port}")
