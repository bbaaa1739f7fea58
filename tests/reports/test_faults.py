# SPDX-License-Identifier: EUPL-1.2
"""Web, worker, PostgreSQL and Redis as real processes, and what happens to ordered documents when one of them falls.

Every ordered PDF exists exactly once or has failed with its reason; nothing partial stands under a final name; pages
stay quick.
"""

import os
import signal
import subprocess
import time

import pytest

from tests import services
from tests.reports.house import House

pytestmark = [pytest.mark.postgres, pytest.mark.services]

# Longer than every wait for Redis (3 s for an answer, 2 s for a connection, 10 s between looks at its health): what has
# not happened by then does not happen in a minute either. FROZEN=60 for those who want to see it.
FROZEN = int(os.environ.get("FROZEN", "18"))


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with services.cluster() as cluster, services.redis_server() as redis:
        made = House(tmp_path_factory.mktemp("house"), cluster, redis)
        made.manage("migrate", "-v0")
        made.manage("sync_roles")
        made.manage("seed_demo")
        made.settle()
        yield made


@pytest.fixture(scope="module")
def person(house):
    with house.web() as person:
        yield person


def test_a_killed_pool_process_costs_half_a_minute_and_nothing_else(house):
    with house.worker() as worker:
        ids = house.order(mark="pool")
        house.wait_until_begun(ids)
        for pid in house.pool(worker):
            os.kill(pid, signal.SIGKILL)
        house.wait_for(ids, ("ready",), seconds=150)
        house.assert_whole(ids)


def test_a_killed_worker_is_replaced_by_the_next_one_and_its_presses_die_with_it(house):
    with house.worker() as worker:
        ids = house.order(2, mark="worker")
        house.wait_until_begun(ids)
        assert house.presses()
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
    services.wait_until(lambda: not house.presses(), seconds=5, what="a press outlived its worker")
    with house.worker():
        house.wait_for(ids, ("ready",), seconds=150)
        house.assert_whole(ids)


def test_a_frozen_redis_costs_time_and_neither_documents_nor_pages(house, person):
    papers = house.change(2, mark="frozen")
    person.times.clear()
    with house.worker():
        house.redis.freeze()
        begun = time.monotonic()
        try:
            person.log_in()  # the throttle of log-ins counts in the cache, which is Redis
            ids = [person.order(paper) for paper in papers]
            assert person.get("/reports/").status_code == 200
            assert person.slowest()[1] < 5, person.times
            time.sleep(max(0, FROZEN - (time.monotonic() - begun)))
        finally:
            house.redis.thaw()
        house.wait_for(ids, ("ready",), seconds=120)
        house.assert_whole(ids)


def test_a_stopped_redis_loses_all_messages_and_no_document(house, person):
    with house.worker():
        ids = house.order(2, mark="stopped")
        house.wait_until_begun(ids)
        house.redis.stop()
        try:
            person.times.clear()
            person.log_in()
            ids += house.order(1, mark="while stopped", length=300)
            for page in ("/", "/reports/", f"/reports/{ids[0]}/", "/recommendations/"):
                assert person.get(page, follow_redirects=True).status_code == 200
            assert person.slowest()[1] < 5, person.times
        finally:
            house.redis.start()
        house.wait_for(ids, ("ready",), seconds=120)
        house.assert_whole(ids)


def test_a_restarted_postgresql_costs_time_and_no_document_and_pages_say_so_at_once(house, person):
    with house.worker():
        ids = house.order(2, mark="postgres")
        house.wait_until_begun(ids)
        house.cluster.stop()
        try:
            person.times.clear()
            for page in ("/reports/", "/account/login/", "/readyz"):
                answer = person.get(page)
                assert answer.status_code == 503, page
                assert "Traceback" not in answer.text
            assert person.slowest()[1] < 5, person.times
            time.sleep(3)  # the workers meet it while it is away, in the middle of a page and between two
        finally:
            house.cluster.start()
        person.times.clear()
        assert person.get("/reports/").status_code == 200
        assert person.slowest()[1] < 5, person.times
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
        assert "voll" in house.error(ids[0])
        house.retry(ids[0])
        house.wait_for(ids, ("ready",), seconds=90)
    house.assert_whole(ids)
    assert before < {path.name for path in place.rglob("*.pdf")}


def test_a_poison_document_fails_with_its_reason_and_the_one_behind_it_is_made(house):
    with house.worker():
        ids = house.order(mark="poison", length=500)
        glyph, endless = house.order(mark="gift \U0001f480", length=500) + house.order(mark="lang", length=60_000)
        house.wait_for([glyph, endless], ("failed",), seconds=120)
        house.wait_for(ids, ("ready",), seconds=90)
        behind = house.order(mark="behind", length=100)
        house.wait_for(behind, ("ready", "failed"), seconds=90)
    assert "U+1F480" in house.error(glyph)
    assert house.error(endless)
