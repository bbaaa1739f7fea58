# SPDX-License-Identifier: EUPL-1.2
"""A reported barrier is a task of the office with a month to answer, and whoever reported it is told."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from activity.jobs import deliver_pending
from activity.models import Event, Notification
from core import throttle, views
from core.errors import NotAllowed, WrongState
from core.models import Feedback
from tasks import events, flows
from tasks.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(head, office):
    client = Client()
    client.force_login(head)
    client.post(reverse("core:feedback"), {"message": "Die Tabelle wird nicht vorgelesen.", "page": "/indicators/"})
    return Feedback.objects.get()


def test_it_is_a_task_of_everybody_in_the_office_with_a_month_to_answer(client, report, office, make_user):
    other = make_user("Zweite Koordination", office=["coordination"])
    flows.receive_barrier(Feedback.objects.create(message="Ohne Anmeldung gemeldet."))
    assert set(Task.objects.filter(barrier=report).values_list("owner", flat=True)) == {office.pk}
    assert Task.objects.open_of(other).count() == 1
    (task,) = Task.objects.filter(barrier=report)
    assert task.due_on == report.due_on > timezone.localdate()
    client.force_login(office)
    week = client.get(reverse("tasks:week")).content.decode()
    assert reverse("tasks:barrier_answer", args=[report.pk]) in week


def test_a_month_ends_on_the_last_day_of_a_month_too_short_for_it():
    assert Feedback(at=timezone.make_aware(timezone.datetime(2026, 1, 31, 12))).due_on == date(2026, 2, 28)


def test_the_office_is_told_at_once_and_whoever_reported_it_when_it_is_answered(client, report, office, head):
    deliver_pending()
    assert set(Notification.objects.values_list("user", "event__kind")) == {(office.pk, events.BARRIER_REPORTED.code)}
    client.force_login(office)
    page = reverse("tasks:barrier_answer", args=[report.pk])
    assert client.post(page, {"answer": "Ab Dezember wird sie vorgelesen."}).status_code == 302
    assert not Task.objects.filter(done_at=None).exists()
    deliver_pending()
    assert Notification.objects.filter(user=head, event__kind=events.BARRIER_ANSWERED.code).count() == 1
    client.force_login(head)
    assert "Ab Dezember wird sie vorgelesen." in client.get(page).content.decode()


def test_only_the_office_answers_and_only_once_and_a_refusal_stays(report, office, head):
    with pytest.raises(NotAllowed):
        flows.answer_barrier(report, by=head, answer="Schon gut.")
    assert Event.objects.about(report).filter(kind="attempt.refused").exists()
    flows.answer_barrier(report, by=office, answer="Behoben.")
    with pytest.raises(WrongState):
        flows.answer_barrier(report, by=office, answer="Noch einmal.")


def test_a_report_is_seen_by_the_office_and_by_whoever_sent_it(client, report, office, head, make_user):
    page = reverse("tasks:barrier_answer", args=[report.pk])
    seen = {}
    for person in (office, head, make_user("Jemand")):
        client.force_login(person)
        seen[person.name] = client.get(page).status_code
    assert list(seen.values()) == [200, 200, 404]


def test_a_flood_of_reports_without_a_login_ends_and_loses_nothing_typed(office, monkeypatch):
    monkeypatch.setattr(views, "STRANGERS", throttle.Limit("feedback-in-tests", most=2, seconds=3600))
    address, message = reverse("core:feedback"), {"message": "Der Kontrast ist zu gering."}
    codes = [Client().post(address, message).status_code for _each in range(4)]
    assert codes == [302, 302, 422, 422]
    assert Task.objects.filter(barrier__isnull=False).count() == 2
    assert message["message"] in Client().post(address, message).content.decode()
    known = Client()
    known.force_login(office)
    assert known.post(address, message).status_code == 302


def test_the_task_is_not_ticked_off_without_an_answer(report, office):
    with pytest.raises(WrongState):
        flows.complete(Task.objects.get(barrier=report), by=office)
