# SPDX-License-Identifier: EUPL-1.2
"""Documents in a store that speaks S3: made, joined, handed out, removed, and what happens when the store is away."""

import hashlib
import time
from datetime import timedelta

import pytest
from django.conf import settings as current
from django.utils import timezone

from core import storage
from reports import flows, making
from reports.models import Document, Part, State
from tests.reports.kinds import add_kinds
from tests.store import Store


@pytest.fixture
def store(settings, monkeypatch):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    with Store() as made:
        settings.PRIVATE_STORAGE_URL = made.address
        settings.STORAGES = {**settings.STORAGES, "default": storage.private_files(made.address, current.PRIVATE_DIR)}
        yield made
        made.shutdown()


@pytest.fixture
def briefing(store, paper, office):
    return flows.order_briefing(paper, by=office)


def make(document):
    making.make(document.pk)
    document.refresh_from_db()
    return document


def test_a_document_is_kept_in_the_store_under_its_checksum_and_handed_out_from_there(client, store, briefing, office):
    made = make(briefing)
    assert made.state == State.READY, made.error
    assert list(store.kept) == [made.file.name]
    assert hashlib.sha256(store.kept[made.file.name]).hexdigest() == made.file_sha256
    (put,) = [headers for method, _key, headers in store.asked if method == "PUT"]
    assert put["x-amz-acl"] == "private"
    client.force_login(office)
    answer = client.get(f"/reports/{made.pk}/download/")
    assert answer.status_code == 200
    assert answer.getvalue() == store.kept[made.file.name]
    assert answer["Content-Disposition"].startswith("attachment")
    assert made.downloads.count() == 1


@pytest.mark.parametrize("mode", ["refuses", "breaks off"])
def test_a_store_that_fails_leaves_nothing_and_says_so_and_the_next_attempt_works(store, briefing, office, mode):
    store.mode = mode
    begun = time.monotonic()
    failed = make(briefing)
    assert time.monotonic() - begun < 30
    assert failed.state == State.FAILED
    assert "gespeichert" in failed.error
    assert store.kept == {}
    store.mode = "works"
    assert make(flows.retry(failed, by=office)).state == State.READY


def test_a_store_that_is_away_costs_a_reader_a_sentence_and_no_time(client, store, briefing, office):
    made = make(briefing)
    client.force_login(office)
    store.mode = "refuses"
    begun = time.monotonic()
    page = client.get(f"/reports/{made.pk}/download/", follow=True)
    assert time.monotonic() - begun < 5
    assert page.status_code == 200
    assert "nicht gelesen werden" in page.content.decode()
    assert made.downloads.count() == 0


def test_a_pack_is_joined_from_parts_that_lie_in_the_store(store, make_meeting, make_committee, office, monkeypatch):
    add_kinds(monkeypatch)
    meeting = make_meeting(make_committee(), location="1 2 3")
    made = make(flows.order("test_pack", meeting, by=office))
    assert made.state == State.READY, made.error
    assert made.pages == 4
    names = {part.file.name for part in Part.objects.all()} | {made.file.name}
    assert set(store.kept) == names
    assert len(names) == 4


def test_an_expired_document_is_removed_from_the_store(store, make_meeting, make_committee, office, monkeypatch):
    add_kinds(monkeypatch)
    made = make(flows.order("test_passing", make_meeting(make_committee()), by=office))
    assert list(store.kept) == [made.file.name]
    making.sweep(now=timezone.now() + timedelta(days=8))
    assert store.kept == {}
    assert Document.objects.get().state == State.EXPIRED
