# SPDX-License-Identifier: EUPL-1.2
"""A house in which something is away: what pages and bells do meanwhile."""

import time

import pytest
from celery import current_app
from django.db import InterfaceError, OperationalError
from kombu.exceptions import OperationalError as BrokerError

from core import cache, jobs
from tests import services


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_database_that_is_away_is_said_with_503(client, monkeypatch, error):
    def away(*arguments, **more):
        raise error("connection refused on 10.0.0.5")

    client.raise_request_exception = False
    monkeypatch.setattr("core.views.render", away)
    answer = client.get("/help/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "Datenbank" in answer.content.decode()
    assert "10.0.0.5" not in answer.content.decode()


def test_a_mistake_in_a_page_stays_a_500(client, monkeypatch):
    def broken(*arguments, **more):
        raise ValueError("mistake")

    client.raise_request_exception = False
    monkeypatch.setattr("core.views.render", broken)
    answer = client.get("/help/")
    assert answer.status_code == 500
    assert "mistake" not in answer.content.decode()


@pytest.fixture
def patient(monkeypatch):
    """A cache whose Redis is not there, and one whose Redis comes back."""
    monkeypatch.setattr(cache.PatientCache, "away_until", 0.0)
    made = cache.PatientCache(f"redis://127.0.0.1:{services.free_port()}/0", {})
    made._here.clear()
    return made


def test_a_cache_without_redis_goes_on_counting_and_costs_no_time(patient):
    begun = time.monotonic()
    assert patient.add("attempts", 1) is True
    assert patient.add("attempts", 1) is False
    assert patient.incr("attempts") == 2
    patient.set("history", [1, 2], 30)
    assert patient.get("history") == [1, 2]
    patient.set_many({"a": 1, "b": 2})
    assert patient.get_many(["a", "b"]) == {"a": 1, "b": 2}
    patient.delete_many(["a"])
    assert patient.delete("history") is True
    assert "history" not in patient
    assert patient.touch("attempts") is True
    assert patient.get_or_set("new", 5) == 5
    assert time.monotonic() - begun < 1.5


def test_redis_is_asked_again_after_a_pause(patient, monkeypatch):
    patient.set("a", 1)
    asked = []
    monkeypatch.setattr(cache.RedisCache, "get", lambda *arguments: asked.append(1))
    assert patient.get("a") == 1
    assert asked == []
    monkeypatch.setattr(cache.PatientCache, "away_until", time.monotonic() - 1)
    patient.get("a")
    assert asked == [1]


def test_a_broker_that_does_not_answer_is_waited_for_once_and_not_for_every_bell(
    db, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(jobs, "_silent", {"until": 0.0})
    tried = []

    def send(*arguments, **more):
        tried.append(1)
        raise BrokerError("timed out")

    monkeypatch.setattr(current_app.tasks["core.jobs.beat"], "apply_async", send)
    with django_capture_on_commit_callbacks(execute=True):
        for _bell in range(5):
            jobs.ring(jobs.beat)
    assert tried == [1]
    jobs._silent["until"] = time.monotonic() - 1
    with django_capture_on_commit_callbacks(execute=True):
        jobs.ring(jobs.beat)
    assert tried == [1, 1]
