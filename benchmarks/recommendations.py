# SPDX-License-Identifier: EUPL-1.2
"""List, board, start page and decisions to take over 10,000 recommendations against the same pages over 100.

``python -m benchmarks.recommendations``: starts a PostgreSQL with 1,000 users, 60 departments and 100 committees, and
asks for each page as the coordination and as a department head through the whole application. Prints one JSON object
with the median milliseconds, the number of queries and the ratio.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from tests import services

ROOT = Path(__file__).resolve().parent.parent
SMALL, LARGE = 100, 10_000
USERS, DEPARTMENTS, COMMITTEES = 1000, 60, 100
ASKED = 15
PAGES = (
    "recommendations:list",
    "recommendations:board",
    "tasks:week",
    "recommendations:decide_list",
    "recommendations:cosign_list",
)


def people():
    """Users, departments and committees; returns the coordination and one head."""
    from django.utils import timezone

    from accounts.flows import sync_roles
    from accounts.models import Department, Grant, User
    from accounts.roles import appoint
    from committees.models import Committee
    from core import clock
    from recommendations.models import SavedFilter

    User.objects.bulk_create(
        User(email=f"u{number}@lindenfurt.example", name=f"Person {number}", password="!") for number in range(USERS)
    )
    Department.objects.bulk_create(Department(code=f"FB {number}", name="Amt") for number in range(DEPARTMENTS))
    Committee.objects.bulk_create(
        Committee(code=f"G{number}", name=f"Gremium {number}") for number in range(COMMITTEES)
    )
    sync_roles()
    users = list(User.objects.order_by("pk"))
    departments = list(Department.objects.order_by("pk"))
    appoint(users[0], "coordination")
    for user in users[:2]:
        SavedFilter.objects.bulk_create(
            SavedFilter(owner=user, name=f"Filter {number}", query="overdue=1") for number in range(10)
        )
    for number, user in enumerate(users[1:]):
        if number >= DEPARTMENTS:
            appoint(user, "staff", departments[number % DEPARTMENTS])
    Grant.objects.bulk_create(
        Grant(
            department=department,
            person=user,
            cause="existing",
            valid_from=timezone.localdate(),
            confirmed_at=clock.now(),
        )
        for user, department in zip(users[1:], departments, strict=False)
    )
    return users[0], users[1]


def fill(count, author):
    """Recommendations up to so many, in every undecided and many decided states, with statements and measures."""
    from django.utils import timezone

    from accounts.models import Department, Grant
    from core.canonical import checksum
    from recommendations.models import Decision, Measure, Recommendation, Statement, Status

    departments = list(Department.objects.order_by("pk"))
    heads = {grant.department_id: grant.person for grant in Grant.objects.select_related("person")}
    known, now = Recommendation.objects.count(), timezone.now()
    states = [
        Status.DRAFT,
        Status.CONSULTATION,
        Status.SUBMITTED,
        Status.RETURNED,
        Status.APPROVED,
        Status.IMPLEMENTING,
    ]
    made = Recommendation.objects.bulk_create(
        Recommendation(
            title=f"Empfehlung {number}",
            status=Status.SUBMITTED if number % 6 > 3 else states[number % 6],
            round=1,
            lead_department=departments[number // 6 % DEPARTMENTS],
            author=author,
            last_changed_by=author,
            submitted_at=now,
        )
        for number in range(known, count)
    )
    decided = [(one, states[number % 6]) for number, one in enumerate(made, start=known) if number % 6 > 3]
    decisions = Decision.objects.bulk_create(
        Decision(
            recommendation=one,
            round=1,
            kind="approve",
            department=one.lead_department,
            department_label="Amt",
            decided_by=heads[one.lead_department_id],
            decided_by_label="Person",
            version=1,
            content={},
            content_sha256=checksum({}),
        )
        for one, _state in decided
    )
    for (one, state), decision in zip(decided, decisions, strict=True):
        one.status, one.approval = state, decision
    Recommendation.objects.bulk_update([one for one, _state in decided], ["status", "approval"], batch_size=500)
    _record(made, author)
    day = timezone.localdate() + timedelta(days=5)
    Statement.objects.bulk_create(
        Statement(recommendation=one, department=departments[(one.pk + 1) % DEPARTMENTS], due_on=day)
        for one in made
        if one.status == Status.CONSULTATION
    )
    Measure.objects.bulk_create(
        Measure(
            recommendation=one,
            title="Maßnahme",
            department=one.lead_department,
            due_on=day,
            light="yellow",
            delay_reason="Personal",
        )
        for one, _state in decided
    )


def _record(made, author):
    """What the log of each would hold of its way: who drafted it, and when it moved on."""
    from activity.models import Event
    from recommendations import events

    Event.objects.bulk_create(
        Event(kind=kind.code, by=author, by_label=author.name, subject=one, subject_label=one.title)
        for one in made
        for kind in (events.CREATED, events.CHANGED, events.SUBMITTED)
    )


def ask(user):
    """``{page: (median milliseconds, queries)}`` for one person."""
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    found = {}
    for page in PAGES:
        queries, times = [], []

        def counted(execute, *arguments, queries=queries):
            queries.append(1)
            return execute(*arguments)

        for _number in range(ASKED):
            queries.clear()
            started = time.perf_counter()
            with connection.execute_wrapper(counted):
                answer = client.get(reverse(page))
            times.append((time.perf_counter() - started) * 1000)
            if answer.status_code != 200:
                sys.exit(f"{page} answered with {answer.status_code}")
        found[page] = (statistics.median(times[3:]), len(queries))
    return found


def measure():
    import django

    django.setup()
    from django.db import connection

    office, head = people()
    measured = {}
    for size in (SMALL, LARGE):
        fill(size, office)
        with connection.cursor() as cursor:
            cursor.execute("analyze")
        measured[size] = {"coordination": ask(office), "head": ask(head)}
    report = {
        f"{page} ({role})": {
            "small_ms": round(small, 1),
            "large_ms": round(measured[LARGE][role][page][0], 1),
            "ratio": round(measured[LARGE][role][page][0] / small, 2),
            "queries": [queries, measured[LARGE][role][page][1]],
        }
        for role, pages in measured[SMALL].items()
        for page, (small, queries) in pages.items()
    }
    print(json.dumps(report, indent=1))


def main():
    with services.postgresql() as url, tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            **{"SECRET_KEY": "benchmark", "HTTPS": "0", "READ_DOT_ENV": "0", "LOG_LEVEL": "ERROR"},
            **{"VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "bildungsbuero.settings", "DATABASE_URL": url},
        }
        manage = [sys.executable, "manage.py"]
        subprocess.run([*manage, "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
        subprocess.run([*manage, "collectstatic", "-v0", "--noinput"], cwd=ROOT, env=environment, check=True)
        subprocess.run(
            [sys.executable, "-m", "benchmarks.recommendations", "measure"], cwd=ROOT, env=environment, check=True
        )


if __name__ == "__main__":
    measure() if sys.argv[1:] else main()
