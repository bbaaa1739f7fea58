# SPDX-License-Identifier: EUPL-1.2
"""What an import costs, measured side by side in one run: ``python -m benchmarks.import_statistics``.

1. The 116,738-row delivery into PostgreSQL against parsing it with the csv module plus a bare COPY of the same rows.
2. The same delivery into SQLite against PostgreSQL.
3. Growth from 10,000 to 1,000,000 rows of the same layout, and peak memory of the process that imports.

Each import runs in a process of its own, as ``manage.py import_statistics`` does; the baseline too. Servers are
started and ended here. Prints one JSON object.
"""

import csv
import gzip
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests import services

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT.parent / "shared/data/genesis/ffcsv_new_long/12531-0043_de_job_116738rows.csv.gz"
ROUNDS = 3


def baseline(path, url):
    """Parse with the csv module and COPY the same rows into a table of text columns."""
    import psycopg

    opened = gzip.open if path.endswith(".gz") else open
    started = time.perf_counter()
    with opened(path, "rt", encoding="utf-8-sig", newline="") as file, psycopg.connect(url) as connection:
        rows = csv.reader(file, delimiter=";")
        header = next(rows)
        columns = ", ".join(f"c{index} text" for index in range(len(header)))
        connection.execute(f"create temporary table bare ({columns})")
        with connection.cursor().copy("copy bare from stdin") as copy:
            for row in rows:
                copy.write_row(row)
        connection.commit()
    return {"seconds": time.perf_counter() - started}


def one_import(path):
    """Import a file into the empty database of the environment."""
    import django

    django.setup()
    from django.conf import settings

    from indicators import flows

    settings.IMPORT_MAX_BYTES = 2**31
    started = time.perf_counter()
    with open(path, "rb") as file:
        summary = flows.import_file(file, Path(path).name, limit=2**31)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"seconds": seconds, "peak_mb": peak, "cells": summary["cells"]}


def in_process(name, *arguments, **environment):
    command = [sys.executable, "-m", "benchmarks.import_statistics", name, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, check=True)
    return json.loads(done.stdout)


def fresh(url, folder):
    """The environment of an empty, migrated database."""
    environment = {
        **{"SECRET_KEY": "benchmark", "HTTPS": "0", "READ_DOT_ENV": "0", "LOG_LEVEL": "ERROR"},
        **{"VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "bildungsbuero.settings"},
    }
    if url:
        environment["DATABASE_URL"] = url
        import psycopg

        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("drop schema public cascade")
            connection.execute("create schema public")
    else:
        for old in Path(folder).glob("*.sqlite3*"):
            old.unlink()
    command = [sys.executable, "manage.py", "migrate", "-v0"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=True)
    return environment


def synthesise(rows, folder):
    """A delivery of so many rows in the layout of the real one: 400 regions, categories as needed, in random order."""
    path = Path(folder) / f"12531-0043_{rows}.csv"
    with gzip.open(FILE, "rt", encoding="utf-8-sig") as real:
        header = real.readline().strip()
    per_region = rows // 400
    keys = [(region, item) for region in range(400) for item in range(per_region)]
    random.Random(rows).shuffle(keys)
    with path.open("w", encoding="utf-8-sig") as file:
        file.write(header + "\n")
        for region, item in keys:
            file.write(
                f"12531;Statistik;STAG;Stichtag;2024-12-31;KREISE;Kreise;{1001 + region:05d};Kreis {region};SCHST2;"
                f"Schutz;K{item % 7};Kategorie {item % 7};GES;Geschlecht;G{item % 2};Geschlecht {item % 2};STAAG5;"
                f"Staat;ST{item};Staat {item};{(item * 7) % 995};Anzahl;BEV030;Schutzsuchende\n"
            )
    return path


def main():
    if not FILE.exists():
        sys.exit("the real delivery is not here: ../shared/data is missing")
    found = {}
    with services.postgresql() as url, tempfile.TemporaryDirectory() as folder:
        bare, postgres, sqlite = [], [], []
        for _round in range(ROUNDS):
            bare.append(in_process("baseline", FILE, url)["seconds"])
            postgres.append(in_process("import", FILE, **fresh(url, folder)))
            sqlite.append(in_process("import", FILE, **fresh("", folder)))
        middle = statistics.median
        seconds = middle(one["seconds"] for one in postgres)
        found["csv_and_copy_seconds"] = round(middle(bare), 2)
        found["postgresql_seconds"] = round(seconds, 2)
        found["postgresql_to_csv_and_copy"] = round(seconds / middle(bare), 2)
        found["sqlite_to_postgresql"] = round(middle(one["seconds"] for one in sqlite) / seconds, 2)
        growth = {}
        for rows in (10_000, 100_000, 1_000_000):
            path = synthesise(rows, folder)
            one = in_process("import", path, **fresh(url, folder))
            growth[rows] = {
                "microseconds_per_row": round(one["seconds"] / one["cells"] * 1e6, 1),
                "peak_mb": one["peak_mb"],
            }
            path.unlink()
        found["growth"] = growth
        found["peak_mb"] = max(one["peak_mb"] for one in (*postgres, *sqlite, *growth.values()))
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        run = {"baseline": baseline, "import": one_import}[sys.argv[1]]
        print(json.dumps(run(*sys.argv[2:])))
    else:
        main()
