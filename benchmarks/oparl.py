# SPDX-License-Identifier: EUPL-1.2
"""Lists of the open interface over 50,000 public papers against the same pages over 1,000, asked in turns.

``python -m benchmarks.oparl [sqlite] [postgresql]`` (without a name: both): a process for the small house and one for
the large, each with a database of its own. Both are asked for the first page of 100 papers, a page far inside, the same
with ``modified_since``, and the first page of meetings, through the whole application; first the one, then the other,
so that other work on the machine disturbs both. Prints one JSON object per database with the median milliseconds, the
number of queries and the ratio of the medians; ends with 1 where queries grow or a ratio is above 1.3.
"""

import gc
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests import services

ROOT = Path(__file__).resolve().parent.parent
SMALL, LARGE = 1_000, 50_000
ON_AN_AGENDA = 20
WARM, ASKED = 3, 25
MOST = 1.3


def people():
    from accounts.models import Department, User
    from committees.models import Committee

    user = User.objects.create(email="u@lindenfurt.example", name="Person", password="!")
    department = Department.objects.create(code="FB 51", name="Jugend")
    committees = [Committee.objects.create(code=f"A{number}", name=f"Ausschuss {number}") for number in range(10)]
    return user, department, committees


def fill(count, user, department, committees):
    """Public papers up to so many, each on a public item of a meeting that was held, with an annex."""
    from django.utils import timezone

    from committees.models import AgendaItem, Annex, Consultation, Meeting, Paper

    known, now = Paper.objects.count(), timezone.now()
    papers = Paper.objects.bulk_create(
        (
            Paper(
                reference=f"{number // 10_000}/{number:05}",
                title=f"Vorlage {number}",
                date=timezone.localdate(now),
                lead_department=department,
                proposed_resolution="Beschluss",
                created_by=user,
            )
            for number in range(known, count)
        ),
        batch_size=1000,
    )
    meetings = Meeting.objects.bulk_create(
        Meeting(
            committee=committees[number % len(committees)],
            start=now - timedelta(hours=number + 1),
            location="Rathaus",
            state="held",
        )
        for number in range(known // ON_AN_AGENDA, count // ON_AN_AGENDA)
    )
    items = AgendaItem.objects.bulk_create(
        (
            AgendaItem(
                meeting=meetings[index // ON_AN_AGENDA],
                position=index % ON_AN_AGENDA + 1,
                number=str(index % ON_AN_AGENDA + 1),
                title=paper.title,
            )
            for index, paper in enumerate(papers)
        ),
        batch_size=1000,
    )
    Consultation.objects.bulk_create(
        (
            Consultation(
                paper=paper, position=1, committee_id=item.meeting.committee_id, role="decision", agenda_item=item
            )
            for paper, item in zip(papers, items, strict=True)
        ),
        batch_size=1000,
    )
    Annex.objects.bulk_create((Annex(paper=one, position=1, title="Anlage", body="Text") for one in papers), 1000)


def age():
    """As if the older half of the objects had last changed 20 days ago, the rest 10 days ago, the last 100 today."""
    from django.utils import timezone

    from committees.models import Paper, PublicObject

    today, papers = timezone.now(), Paper.objects.order_by("pk").values_list("pk", flat=True)
    newer, newest = papers[papers.count() // 2], papers[papers.count() - 100]
    shown = PublicObject.objects.filter(kind="Paper")
    shown.update(modified_at=today - timedelta(days=20))
    shown.filter(object_id__gte=newer).update(modified_at=today - timedelta(days=10))
    shown.filter(object_id__gte=newest).update(modified_at=today)


def analyze():
    """Statistics of the large tables alone: PostgreSQL by itself looks at none with fewer than 50 rows."""
    from django.db import connection

    names = ("paper", "consultation", "agendaitem", "meeting", "annex", "publicobject")
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"analyze committees_{name}")


def pages():
    """The addresses that are asked: beginnings of lists and places far inside, with and without a filter."""
    from django.utils import timezone

    from committees.models import Paper

    middle = Paper.objects.order_by("pk").values_list("pk", flat=True)[Paper.objects.count() // 2]
    lists = "/oparl/v1.1/body/1"

    def since(days):
        return f"modified_since={timezone.now() - timedelta(days=days):%Y-%m-%dT%H%%3A%M%%3A%SZ}"

    return {
        "papers": f"{lists}/papers",
        "papers, middle": f"{lists}/papers?after={middle}",
        "papers, all changed": f"{lists}/papers?{since(30)}",
        "papers, all changed, middle": f"{lists}/papers?{since(30)}&after={middle}",
        "papers, the later half changed": f"{lists}/papers?{since(15)}",
        "papers, the last 100 changed": f"{lists}/papers?{since(1)}",
        "meetings": f"{lists}/meetings?limit=50",
    }


def house(size):
    """Fill a database, then answer for each page named on a line: milliseconds and queries."""
    import django

    django.setup()
    from django.db import connection
    from django.test import Client

    from committees.oparl import publishing

    fill(size, *people())
    analyze()
    publishing.refresh("Paper")  # what the pages filter by; the rest is remembered when it is asked for
    age()
    analyze()
    client, addresses, queries = Client(SERVER_NAME="localhost"), pages(), []

    def counted(execute, *arguments):
        queries.append(1)
        return execute(*arguments)

    print(json.dumps(list(addresses)), flush=True)
    for line in sys.stdin:
        address = addresses[line.strip()]
        queries.clear()
        gc.collect()
        started = time.perf_counter()
        with connection.execute_wrapper(counted):
            answer = client.get(address)
        took = (time.perf_counter() - started) * 1000
        if answer.status_code != 200:
            sys.exit(f"{address} answered with {answer.status_code}")
        print(json.dumps([took, len(queries)]), flush=True)


def surroundings(folder, url):
    return {
        **os.environ,
        **{"SECRET_KEY": "benchmark" * 5, "HTTPS": "0", "READ_DOT_ENV": "0", "LOG_LEVEL": "ERROR", "PUBLIC_OPARL": "1"},
        **{"VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "bildungsbuero.settings"},
        **({"DATABASE_URL": url} if url else {}),
    }


def migrate(folder, url=""):
    command = [sys.executable, "manage.py", "migrate", "-v0"]
    subprocess.run(command, cwd=ROOT, env=surroundings(folder, url), check=True)


def begin(size, folder, url=""):
    """A process with a house of this size."""
    command = [sys.executable, "-m", "benchmarks.oparl", "house", str(size)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    return subprocess.Popen(command, cwd=ROOT, env=surroundings(folder, url), text=True, **pipes)


def ask(process, page):
    process.stdin.write(f"{page}\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


def compare(small, large):
    """Each page of both houses, one after the other, many times over."""
    report = {}
    names, _same = (json.loads(process.stdout.readline()) for process in (small, large))
    for page in names:
        for _number in range(WARM):
            counts = [ask(process, page)[1] for process in (small, large)]
        turns = [[ask(process, page)[0] for process in (small, large)] for _number in range(ASKED)]
        before, after = (statistics.median(times) for times in zip(*turns, strict=True))
        report[page] = {
            "small_ms": round(before, 1),
            "large_ms": round(after, 1),
            "ratio": round(after / before, 2),
            "queries": counts,
        }
    return report


def run(kind, houses):
    """Whether a database of this kind misses a limit; ``houses`` are the folder and the address of small and large."""
    with ExitStack() as stack:
        processes = []
        for size, house_of in zip((SMALL, LARGE), houses, strict=True):
            processes.append(begin(size, *house_of))
            stack.callback(processes[-1].kill)
        report = compare(*processes)
    print(json.dumps({kind: report}, indent=1), flush=True)
    return any(one["ratio"] > MOST or one["queries"][0] != one["queries"][1] for one in report.values())


def on_sqlite():
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        migrate(first)
        shutil.copytree(first, second, dirs_exist_ok=True)
        return run("sqlite", [(first,), (second,)])


def on_postgresql():
    with services.postgresql() as url, tempfile.TemporaryDirectory() as folder:
        migrate(folder, url)
        with psycopg.connect(address_of(url, "template1"), autocommit=True) as connection:
            connection.execute("create database large template postgres")
        return run("postgresql", [(folder, url), (folder, address_of(url, "large"))])


def main(asked):
    kinds = {"sqlite": on_sqlite, "postgresql": on_postgresql}
    missed = [kind for kind in asked or kinds if kinds[kind]()]
    sys.exit(bool(missed))


def address_of(url, database):
    return urlsplit(url)._replace(path=f"/{database}").geturl()


if __name__ == "__main__":
    house(int(sys.argv[2])) if sys.argv[1:2] == ["house"] else main(sys.argv[1:])
