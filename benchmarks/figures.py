# SPDX-License-Identifier: EUPL-1.2
"""A key-figure page over 5 million observations against the same page over 50 thousand, in one run.

``python -m benchmarks.figures``: starts a PostgreSQL, fills it with tables of 400 regions, and asks for the page
through the whole application (middleware, view, template) again and again. Prints one JSON object.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests import services

ROOT = Path(__file__).resolve().parent.parent
SMALL, LARGE = 50_000, 5_000_000
ASKED = 60
REGIONS, PERIODS = 400, 5


def fill(rows):
    """Add observations up to so many: items of 400 regions and five years each, in tables of 500 items."""
    from django.db import connection

    from indicators.models import Import, ImportState, Item, Table

    items = rows // (REGIONS * PERIODS)
    delivery = Import.objects.filter(table_code="B-0").first() or Import.objects.create(
        file_name="b.csv", sha256="0", layout="benchmark", table_code="B-0", state=ImportState.STORED, summary={}
    )
    known = Item.objects.count()
    for number in range(known, items):
        table, _created = Table.objects.get_or_create(
            code=f"B-{number // 500}", defaults={"title": "Benchmark", "protection": "open"}
        )
        Item.objects.create(table=table, measure=f"M{number}", unit="Anzahl", label=f"M{number}")
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into indicators_observation (item_id, region_key, period, value, sign, quality, source_id) "
            "select i.id, lpad((1001 + r)::text, 5, '0'), (2020 + p)::text, (i.id * 31 + r * 7 + p) %% 900, '', '', %s "
            "from indicators_item i, generate_series(0, 399) r, generate_series(0, 4) p where i.measure in "
            "(select 'M' || n from generate_series(%s::int, %s::int) n)",
            [delivery.pk, known, items - 1],
        )
        cursor.execute(
            "insert into indicators_tableregion (table_id, region_key) select t.id, lpad((1001 + r)::text, 5, '0') "
            "from indicators_table t, generate_series(0, 399) r on conflict do nothing"
        )
        cursor.execute("analyze")


def prepare():
    from django.utils import timezone

    from accounts.models import User
    from indicators.models import Import, Indicator, KeyFigure, Region, Table

    Region.objects.bulk_create(
        Region(key=f"{1001 + number:05d}", name=f"Kreis {number}", level="district") for number in range(REGIONS)
    )
    Import.objects.update(stored_at=timezone.now())
    indicator = Indicator.objects.create(name="Benchmark", topic="Benchmark")
    KeyFigure.objects.create(
        code="B",
        name="Benchmark",
        indicator=indicator,
        definition="x",
        table=Table.objects.get(code="B-0"),
        numerator=[{"any": [{"measure": "M0"}]}],
        denominator=[{"any": [{"measure": "M1"}]}],
        unit="%",
        period_label="Jahr",
        source_label="Benchmark",
    )
    return User.objects.create_user("benchmark@lindenfurt.example", "Benchmark", "nur zum Messen 123")


def ask(user):
    """Median milliseconds of the page with region and comparison."""
    from django.test import Client
    from django.urls import reverse

    from indicators.models import KeyFigure

    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    address = reverse("indicators:detail", args=[KeyFigure.objects.get().pk])
    times = []
    for number in range(ASKED):
        keys = {"region": f"{1001 + number:05d}", "comparison": f"{1101 + number:05d}"}
        started = time.perf_counter()
        answer = client.get(address, keys)
        times.append((time.perf_counter() - started) * 1000)
        if answer.status_code != 200:
            sys.exit(f"the page answered with {answer.status_code}")
    return statistics.median(times[5:])


def measure():
    import django

    django.setup()
    fill(SMALL)
    user = prepare()
    small = ask(user)
    fill(LARGE)
    large = ask(user)
    print(json.dumps({"small_ms": round(small, 1), "large_ms": round(large, 1), "ratio": round(large / small, 2)}))


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
        subprocess.run([sys.executable, "-m", "benchmarks.figures", "measure"], cwd=ROOT, env=environment, check=True)


if __name__ == "__main__":
    measure() if sys.argv[1:] else main()
