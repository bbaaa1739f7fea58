# SPDX-License-Identifier: EUPL-1.2
"""Sealing one transaction's entries in a log of 1,000,000 against the same in a log of 1,000.

``python -m benchmarks.sealing``: starts a PostgreSQL, fills the log to each size and seals again and again what one
transaction has written, three entries each; beside it, in the same run, it asks for unsealed entries in the whole log,
as sealing did before. Prints one JSON object with the median milliseconds and their ratio.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial

from tests import services

SMALL, LARGE = 1_000, 1_000_000
ENTRIES, TIMES = 3, 41

FILL_EVENTS = """
    INSERT INTO activity_event (kind, at, by_label, subject_type_id, subject_id, subject_label, data)
    SELECT 'benchmark', now(), 'Somebody', (SELECT min(id) FROM django_content_type), n, 'Something', '{{}}'
    FROM generate_series((SELECT count(*) + 1 FROM activity_event), {size}) n
"""
FILL_SEALS = """
    INSERT INTO activity_seal (position, event_id, sha256, at)
    SELECT id, id, repeat('0', 64), at FROM activity_event
    WHERE id > (SELECT coalesce(max(event_id), 0) FROM activity_seal)
"""


def fill(cursor, size):
    from django.db import connection

    from core import triggers

    triggers.take_down(connection)
    cursor.execute(FILL_EVENTS.format(size=size))
    cursor.execute(FILL_SEALS)
    triggers.put_up(connection)
    cursor.execute("VACUUM ANALYZE activity_event")
    cursor.execute("VACUUM ANALYZE activity_seal")


def timed(call):
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1000


def measure():
    import django

    django.setup()
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection

    from activity import chain
    from activity.models import Event

    kind = ContentType.objects.order_by("pk").first()
    entry = {"kind": "benchmark", "by_label": "Somebody", "subject_type": kind, "subject_id": 1, "subject_label": "S"}

    def once():
        """The milliseconds of sealing now, and of looking for what is unsealed in the whole log."""
        Event.objects.bulk_create(Event(**entry) for _number in range(ENTRIES))
        whole = timed(partial(list, Event.objects.unsealed()[: chain.BATCH]))
        return timed(chain.seal), whole

    found = {}
    with connection.cursor() as cursor:
        for size in (SMALL, LARGE):
            fill(cursor, size)
            sealing, whole = zip(*(once() for _number in range(TIMES)), strict=True)
            found[size] = statistics.median(sealing), statistics.median(whole)
    report = {
        name: {
            "small_ms": round(found[SMALL][place], 2),
            "large_ms": round(found[LARGE][place], 2),
            "ratio": round(found[LARGE][place] / found[SMALL][place], 2),
        }
        for place, name in enumerate(("seal a transaction", "look through the whole log"))
    }
    print(json.dumps({"entries": [SMALL, LARGE], **report}, indent=1))


def main():
    with services.postgresql() as url, tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DATABASE_URL": url,
            "VAR_DIR": folder,
            "SECRET_KEY": "benchmark" * 9,
            "HTTPS": "0",
            "READ_DOT_ENV": "0",
            "DJANGO_SETTINGS_MODULE": "bildungsbuero.settings",
        }
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=environment, cwd=services.ROOT, check=True)
        subprocess.run(
            [sys.executable, "-c", "from benchmarks.sealing import measure; measure()"],
            env=environment,
            cwd=services.ROOT,
            check=True,
        )


if __name__ == "__main__":
    main()
