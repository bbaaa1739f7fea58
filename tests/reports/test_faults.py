# SPDX-License-Identifier: EUPL-1.2
"""Web, worker, PostgreSQL and Redis as real processes, and what happens to ordered documents when one of them falls.

Every ordered PDF exists exactly once or has failed with its reason; nothing partial stands under a final name; pages
stay quick.
"""

import contextlib
import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from tests import services, template

pytestmark = [pytest.mark.postgres, pytest.mark.services]
ROOT = Path(settings.BASE_DIR)
# a briefing that takes some seconds to set: long enough to be hit in the middle of it
ORDER = """
import sys
from committees.models import Paper
from committees import flows as committees
from accounts.models import User
from reports import flows
office = User.objects.get(email="mareike.thoelke@lindenfurt.example")
for paper in Paper.objects.order_by("pk")[: int(sys.argv[1])]:
    committees.add_annex(paper, by=office, title="Anlage " + sys.argv[2], body="Lesen macht stark. " * int(sys.argv[3]))
    print(flows.order_briefing(paper, by=office).pk)
"""


class House:
    """A house of its own: database, Redis, folder; its worker and its clock can be started and killed."""

    def __init__(self, folder, database, redis, redis_server):
        self.folder, self.database, self.redis_server = folder, database, redis_server
        self.environment = {
            **os.environ,
            "VAR_DIR": str(folder),
            "DEMO": "1",
            "DATABASE_URL": database,
            "REDIS_URL": redis,
            "LOG_LEVEL": "ERROR",
        }

    def manage(self, *arguments):
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    def order(self, count=1, mark="1", length=2500):
        """Order briefings of so many papers, each changed so that it is new; gives their ids."""
        code = f"import sys; sys.argv = ['', '{count}', '{mark}', '{length}']\n{ORDER}"
        return [int(word) for word in self.manage("shell", "--no-imports", "-c", code).split()]

    @contextlib.contextmanager
    def worker(self):
        """One worker with two pool processes, and the clock beside it, as in production."""
        celery = [sys.executable, "-m", "celery", "-A", "bildungsbuero"]
        schedule = self.folder / f"beat-{time.monotonic_ns()}"
        with (
            services.process([*celery, "beat", "-s", str(schedule), "-l", "error"], environment=self.environment),
            services.process([*celery, "worker", "-c", "2", "-l", "error"], environment=self.environment) as child,
        ):
            yield child

    def rows(self, question):
        with psycopg.connect(self.database, autocommit=True) as link:
            return link.execute(question).fetchall()

    def states(self, ids):
        listed = ",".join(map(str, ids))
        return [row[0] for row in self.rows(f"SELECT state FROM reports_document WHERE id IN ({listed}) ORDER BY id")]

    def wait_for(self, ids, states, *, seconds):
        until = time.monotonic() + seconds
        while not all(state in states for state in self.states(ids)):
            if time.monotonic() > until:
                rows = self.rows("SELECT id, state, attempts, leased_until, error FROM reports_document ORDER BY id")
                raise TimeoutError([row for row in rows if row[0] in ids])
            time.sleep(0.2)

    def pool(self, worker):
        """The processes of a worker that make documents."""
        listed = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
        rows = [line.split(None, 2) for line in listed.splitlines()[1:]]
        return [int(pid) for pid, parent, args in rows if int(parent) == worker.pid and "celery" in args]

    def assert_whole(self, ids):
        """Each is ready once, with one file that is what its checksum says, and nothing else stands beside it."""
        listed = ",".join(map(str, ids))
        found = self.rows(
            f"SELECT id, file, file_sha256 FROM reports_document WHERE state='ready' AND id IN ({listed})"
        )
        assert len(found) == len(ids), self.rows(
            f"SELECT id, state, error FROM reports_document WHERE id IN ({listed})"
        )
        for _id, name, digest in found:
            assert hashlib.sha256((self.folder / "private" / name).read_bytes()).hexdigest() == digest
        told = self.rows(
            "SELECT subject_id, count(*) FROM activity_event WHERE kind='briefing.ready' "
            f"AND subject_id IN ({listed}) GROUP BY subject_id"
        )
        assert sorted(told) == sorted((one, 1) for one in ids)
        for path in (self.folder / "private" / "documents").glob("*.pdf"):
            assert path.read_bytes()[:5] == b"%PDF-"
            assert path.read_bytes().rstrip().endswith(b"%%EOF")


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    folder = tmp_path_factory.mktemp("house")
    database = template.new_database(os.environ["DATABASE_URL"], "faults", os.environ.get("TEST_TEMPLATE"))
    with services.redis_server() as (redis, server):
        made = House(folder, database, redis, server)
        made.manage("migrate", "-v0")
        made.manage("sync_roles")
        made.manage("seed_demo")
        ids = [row[0] for row in made.rows("SELECT id FROM reports_document")]
        with made.worker():
            made.wait_for(ids, ("ready",), seconds=150)
        yield made


def running(house, ids):
    return lambda: "running" in house.states(ids)


def test_a_killed_pool_process_costs_half_a_minute_and_nothing_else(house):
    with house.worker() as worker:
        ids = house.order(mark="pool")
        services.wait_until(running(house, ids), seconds=90, what="nobody begins")
        for pid in house.pool(worker):
            os.kill(pid, signal.SIGKILL)
        house.wait_for(ids, ("ready",), seconds=150)
        house.assert_whole(ids)


def test_a_killed_worker_is_replaced_by_the_next_one(house):
    with house.worker() as worker:
        ids = house.order(2, mark="worker")
        services.wait_until(running(house, ids), seconds=90, what="nobody begins")
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
    time.sleep(1)
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert f"sh {house.folder}" not in listed, "a press outlived its worker"
    with house.worker():
        house.wait_for(ids, ("ready",), seconds=150)
        house.assert_whole(ids)


@pytest.fixture
def page(house):
    """Asks for a page of the running web server; gives the seconds it took."""
    port = services.free_port()
    web = [sys.executable, "-m", "gunicorn", "bildungsbuero.wsgi", "-b", f"127.0.0.1:{port}", "-k", "gthread"]
    import urllib.request

    def ask():
        begun = time.monotonic()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/account/login/", timeout=20) as answer:
            assert answer.status == 200
        return time.monotonic() - begun

    house.manage("collectstatic", "--noinput", "-v0")
    with services.process([*web, "--threads", "4"], environment=house.environment):
        services.wait_until(lambda: services.listens(port), seconds=90, what="the web server does not start")
        ask()
        yield ask


def test_a_frozen_redis_costs_time_and_neither_documents_nor_pages(house, page):
    with house.worker():
        house.redis_server.send_signal(signal.SIGSTOP)
        begun = time.monotonic()
        try:
            ids = house.order(2, mark="frozen", length=500)
            assert page() < 5
            time.sleep(max(0, 60 - (time.monotonic() - begun)))
        finally:
            house.redis_server.send_signal(signal.SIGCONT)
        house.wait_for(ids, ("ready",), seconds=120)
        house.assert_whole(ids)


def test_a_restarted_postgresql_costs_time_and_no_document(house):
    with house.worker():
        ids = house.order(2, mark="postgres")
        services.wait_until(running(house, ids), seconds=90, what="nobody begins")
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as link:
            # what a restart does to everybody: all connections end in the middle of what they do
            link.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'faults'")
        house.wait_for(ids, ("ready",), seconds=120)
        house.assert_whole(ids)


def test_a_full_disk_fails_with_its_reason_and_after_clearing_up_it_works(house):
    if os.geteuid() != 0:
        pytest.skip("only root mounts a small disk")
    place = house.folder / "private"
    before = {path.name for path in place.rglob("*.pdf")}
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", place], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("this host mounts nothing")
    with house.worker():
        try:
            ids = house.order(mark="disk", length=500)
            house.wait_for(ids, ("failed",), seconds=90)
            assert not [path for path in place.rglob("*") if path.is_file()]
        finally:
            subprocess.run(["umount", place], check=True)
        [(error,)] = house.rows(f"SELECT error FROM reports_document WHERE id={ids[0]}")
        assert "voll" in error
        retry = "from reports.models import Document; from reports import flows; d = Document.objects.get(pk={0});"
        house.manage("shell", "--no-imports", "-c", (retry + "flows.retry(d, by=d.requested_by)").format(ids[0]))
        house.wait_for(ids, ("ready",), seconds=90)
    house.assert_whole(ids)
    assert before < {path.name for path in place.rglob("*.pdf")}


def test_a_poison_document_fails_with_its_reason_and_the_one_behind_it_is_made(house):
    with house.worker():
        ids = house.order(mark="poison", length=500)
        poison = house.order(mark="gift \U0001f480", length=500) + house.order(mark="lang", length=60_000)
        house.wait_for(poison, ("failed",), seconds=120)
        house.wait_for(ids, ("ready",), seconds=90)
        behind = house.order(mark="behind", length=100)
        house.wait_for(behind, ("ready", "failed"), seconds=90)
    errors = [row[0] for row in house.rows(f"SELECT error FROM reports_document WHERE id IN ({poison[0]},{poison[1]})")]
    assert all(errors)
    assert any("U+1F480" in error for error in errors)
