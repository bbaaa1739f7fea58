# SPDX-License-Identifier: EUPL-1.2
"""Lists of the open interface over 50,000 public papers against the same pages over 1,000, in one run.

``python -m benchmarks.oparl``: on PostgreSQL and on SQLite, asks for the first page of 100 papers, a page far inside,
and the first page of meetings, through the whole application. Prints one JSON object per database with the best
milliseconds, the number of queries and the ratio; ends with 1 where queries grow or a ratio is above 1.3.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from tests import services

ROOT = Path(__file__).resolve().parent.parent
SMALL, LARGE = 1_000, 50_000
ON_AN_AGENDA = 20
ASKED = 30
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
                date=now.date(),
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


def pages():
    """The addresses that are asked: the beginning of a list and the middle of it."""
    from committees.models import Paper

    middle = Paper.objects.order_by("pk").values_list("pk", flat=True)[Paper.objects.count() // 2]
    lists = "/oparl/v1.1/body/1"
    return {
        "papers": f"{lists}/papers",
        "papers, middle": f"{lists}/papers?after={middle}",
        "papers, changed": f"{lists}/papers?modified_since=2020-01-01T00%3A00%3A00%2B01%3A00",
        "meetings": f"{lists}/meetings?limit=50",
    }


def ask():
    """``{page: (milliseconds, queries)}``."""
    from django.db import connection
    from django.test import Client

    client, found = Client(SERVER_NAME="localhost"), {}
    for page, address in pages().items():
        queries, times = [], []

        def counted(execute, *arguments, queries=queries):
            queries.append(1)
            return execute(*arguments)

        for _number in range(ASKED):
            queries.clear()
            started = time.perf_counter()
            with connection.execute_wrapper(counted):
                answer = client.get(address)
            times.append((time.perf_counter() - started) * 1000)
            if answer.status_code != 200:
                sys.exit(f"{address} answered with {answer.status_code}")
        found[page] = (min(times), len(queries))  # the run that other work on the machine disturbed least
    return found


def measure():
    import django

    django.setup()
    from django.db import connection

    from committees.oparl import publishing

    made, measured = people(), {}
    for size in (SMALL, LARGE):
        fill(size, *made)
        publishing.sweep()
        with connection.cursor() as cursor:
            cursor.execute("analyze")
        measured[size] = ask()
    report = {
        page: {
            "small_ms": round(small, 1),
            "large_ms": round(measured[LARGE][page][0], 1),
            "ratio": round(measured[LARGE][page][0] / small, 2),
            "queries": [queries, measured[LARGE][page][1]],
        }
        for page, (small, queries) in measured[SMALL].items()
    }
    print(json.dumps({connection.vendor: report}, indent=1), flush=True)
    if any(one["ratio"] > MOST or one["queries"][0] != one["queries"][1] for one in report.values()):
        sys.exit(1)


def run(url):
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            **{"SECRET_KEY": "benchmark", "HTTPS": "0", "READ_DOT_ENV": "0", "LOG_LEVEL": "ERROR", "PUBLIC_OPARL": "1"},
            **{"VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "bildungsbuero.settings"},
            **({"DATABASE_URL": url} if url else {}),
        }
        manage = [sys.executable, "manage.py"]
        subprocess.run([*manage, "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
        measuring = [sys.executable, "-m", "benchmarks.oparl", "measure"]
        return subprocess.run(measuring, cwd=ROOT, env=environment).returncode


def main():
    failed = run("")
    with services.postgresql() as url:
        failed = run(url) or failed
    sys.exit(failed)


if __name__ == "__main__":
    measure() if sys.argv[1:] else main()
