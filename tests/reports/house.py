# SPDX-License-Identifier: EUPL-1.2
"""A house of its own for tests that let things fall: PostgreSQL, Redis, folder, web, worker and clock as processes."""

import contextlib
import hashlib
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import httpx
import psycopg
from django.conf import settings

from core.fields import SentenceField
from tests import services

ROOT = Path(settings.BASE_DIR)
PASSWORD = "lindenfurt-vorfuehrung"
# a briefing that takes some seconds to set: long enough to be hit in the middle of it
CHANGE = """
from committees.models import Paper
from committees import flows as committees
from accounts.models import User
from reports import flows
office = User.objects.get(email="mareike.thoelke@lindenfurt.example")
for paper in Paper.objects.order_by("pk")[:{count}]:
    committees.add_annex(paper, by=office, title="Anlage {mark}", body="Lesen macht stark. " * {length})
    print({then})
"""
QUIET = """
from activity.jobs import deliver_pending
from activity.models import Event
from reports import flows
from reports.models import Document
for document in Document.objects.all():
    flows.cancel(document, by=document.requested_by)
while Event.objects.pending().exists():
    deliver_pending()
"""
RETRY = """
from reports import flows
from reports.models import Document
document = Document.objects.get(pk={})
flows.retry(document, by=document.requested_by)
"""


class House:
    """Its worker and its web server can be started and killed, its servers stopped."""

    def __init__(self, folder, cluster, redis):
        self.folder, self.cluster, self.redis, self.database = folder, cluster, redis, cluster.address
        self.environment = {
            **os.environ,
            "VAR_DIR": str(folder),
            "DEMO": "1",
            "DATABASE_URL": cluster.address,
            "REDIS_URL": redis.address,
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

    def shell(self, code):
        return [int(word) for word in self.manage("shell", "--no-imports", "-c", code).split()]

    def order(self, count=1, mark="1", length=2500):
        """Order briefings of so many papers, each changed so that it is new; gives their ids."""
        then = "flows.order_briefing(paper, by=office).pk"
        return self.shell(CHANGE.format(count=count, mark=mark, length=length, then=then))

    def change(self, count, mark):
        """Change so many papers and order nothing; gives their ids."""
        return self.shell(CHANGE.format(count=count, mark=mark, length=300, then="paper.pk"))

    def settle(self):
        """What the demo town ordered and rang is of no interest here, and would stand in the way for a minute."""
        self.shell(QUIET)
        self.redis.stop()
        self.redis.start()

    def retry(self, document_id):
        self.shell(RETRY.format(document_id))

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

    @contextlib.contextmanager
    def web(self):
        """The web server as in production; gives a person of the office in front of it."""
        self.manage("collectstatic", "--noinput", "-v0")
        port = services.free_port()
        command = [sys.executable, "-m", "gunicorn", "bildungsbuero.wsgi", "-b", f"127.0.0.1:{port}", "-k", "gthread"]
        with services.process([*command, "--threads", "4"], environment=self.environment):
            services.wait_until(lambda: services.listens(port), seconds=90, what="the web server does not start")
            with Person(f"http://127.0.0.1:{port}") as person:
                person.log_in()
                person.get("/reports/")
                person.times.clear()  # the first page of a new process reads templates and translations
                yield person

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

    def wait_until_begun(self, ids):
        services.wait_until(lambda: "running" in self.states(ids), seconds=90, what="nobody begins")

    def pool(self, worker):
        """The processes of a worker that make documents."""
        listed = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
        rows = [line.split(None, 2) for line in listed.splitlines()[1:]]
        return [int(pid) for pid, parent, args in rows if int(parent) == worker.pid and "celery" in args]

    def presses(self):
        """The command lines of the presses of this house."""
        listed = subprocess.run(["ps", "-wwe", "-o", "args"], capture_output=True, text=True, check=True).stdout
        return [line for line in listed.splitlines() if str(self.folder) in line and line.endswith("press.program")]

    def error(self, document_id):
        return SentenceField().to_python(self.rows(f"SELECT error FROM reports_document WHERE id={document_id}")[0][0])

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
            content = path.read_bytes()
            assert content[:5] == b"%PDF-"
            assert content.rstrip().endswith(b"%%EOF")
            assert hashlib.sha256(content).hexdigest() == path.stem


class Person(httpx.Client):
    """The coordination in front of the pages; remembers how long each page took."""

    def __init__(self, address):
        super().__init__(base_url=address, timeout=30, trust_env=False)
        self.times = []

    def send(self, request, **more):
        begun = time.monotonic()
        try:
            return super().send(request, **more)
        finally:
            self.times.append((request.url.path, round(time.monotonic() - begun, 2)))

    def press(self, path, on, **data):
        """Send a form of the page ``on``, with the token that stands there."""
        token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', self.get(on).text)[1]
        return self.post(path, data={"csrfmiddlewaretoken": token, **data}, headers={"Referer": str(self.base_url)})

    def log_in(self):
        self.cookies.clear()
        page = "/account/login/"
        answer = self.press(page, page, login="mareike.thoelke@lindenfurt.example", password=PASSWORD)
        assert answer.status_code == 302, answer.text

    def order(self, paper):
        """Order the briefing of a paper; gives the id of the document."""
        answer = self.press(f"/reports/papers/{paper}/order/", f"/reports/papers/{paper}/", variant="public")
        assert answer.status_code == 302, answer.text
        return int(answer.headers["Location"].rstrip("/").rpartition("/")[2])

    def slowest(self):
        return max(self.times, key=lambda one: one[1])
