# SPDX-License-Identifier: EUPL-1.2
"""Measures: plan, report, steps, reminders."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from activity.models import Event
from committees.models import AgendaItem
from core.errors import NotAllowed, WrongState
from recommendations import flows, tracking
from recommendations.models import ChecklistItem, FormerPlan, Measure
from tests.sessions import held

LIST = reverse("recommendations:measure_list")


def today(offset=0):
    return timezone.localdate() + timedelta(days=offset)


@pytest.fixture
def other(make_department):
    return make_department("FB 20", "Finanzen")


@pytest.fixture
def make_measure(approved, head, lead):
    def make(title="Stellen besetzen", *, department=None, days=30, **fields):
        return flows.plan_measure(
            approved, by=head, title=title, department=department or lead, due_on=today(days), **fields
        )

    return make


@pytest.fixture
def ready(approved, head, make_effect_plan):
    """The effect review is fixed: measures can start."""
    return make_effect_plan(approved, head)


def rows(*measures, **changed):
    """What the list posts for these measures, with some fields changed: ``m<id>_status="done"``."""
    data = {}
    for measure in measures:
        measure.refresh_from_db()
        for name in ("status", "light"):
            data[f"m{measure.pk}-{name}"] = getattr(measure, name)
        data[f"m{measure.pk}-note"] = measure.word
        data[f"m{measure.pk}-seen_version"] = measure.version
        data[f"m{measure.pk}-steps"] = [item.pk for item in measure.checklist.exclude(done_at=None)]
    return data | {key.replace("_", "-", 1): value for key, value in changed.items()}


def test_a_measure_starts_only_once_the_effect_review_is_fixed(make_measure, head, approved, make_effect_plan):
    measure = make_measure()
    for status in ("running", "done"):
        with pytest.raises(WrongState):
            flows.report_measure(measure, by=head, status=status)
    assert Measure.objects.get().started_on is None
    make_effect_plan(approved, head)
    assert flows.report_measure(measure, by=head, status="running").started_on == today()


def test_a_reason_why_no_figure_can_show_the_effect_lets_it_start_too(make_measure, head, approved):
    measure = make_measure()
    with pytest.raises(WrongState):
        flows.plan_effect(approved, by=head, review_on=today(90), no_figure_reason=" ")
    flows.plan_effect(approved, by=head, review_on=today(90), no_figure_reason="Niemand zählt es.")
    assert flows.report_measure(measure, by=head, status="running").status == "running"


@pytest.mark.parametrize(("status", "light"), [("running", "yellow"), ("planned", "red"), ("stopped", "green")])
def test_a_delay_or_a_stop_says_why(make_measure, head, ready, status, light):
    measure = make_measure()
    with pytest.raises(WrongState):
        flows.report_measure(measure, by=head, status=status, light=light)
    reasons = {"delay_reason": "Ausschreibung ohne Angebot", "stop_reason": "Das Land übernimmt"}
    done = flows.report_measure(measure, by=head, status=status, light=light, **reasons)
    assert done.word in reasons.values()


def test_the_database_refuses_a_stop_without_reason_and_an_end_before_the_start(make_measure, ready):
    measure = make_measure()
    forged = (
        {"status": "stopped"},
        {"status": "done", "started_on": today(), "done_on": today(-1)},
    )
    for fields in forged:
        with pytest.raises(IntegrityError), transaction.atomic():
            Measure.objects.filter(pk=measure.pk).update(**fields)


def test_actual_days_are_kept_and_lie_neither_ahead_nor_in_the_wrong_order(make_measure, head, ready):
    measure = make_measure()
    with pytest.raises(WrongState):
        flows.report_measure(measure, by=head, status="running", started_on=today(1))
    with pytest.raises(WrongState):
        flows.report_measure(measure, by=head, status="done", started_on=today(-2), done_on=today(-3))
    flows.report_measure(measure, by=head, status="running", started_on=today(-9))
    done = flows.report_measure(measure, by=head, status="done", done_on=today(-1))
    assert (done.started_on, done.done_on) == (today(-9), today(-1))
    assert flows.report_measure(measure, by=head, status="planned").started_on is None


def test_the_lead_department_replans_with_a_reason_and_the_former_plan_stays(
    make_measure, head, office, other, make_user
):
    measure = make_measure(department=other)
    responsible = make_user("Carla Nitsche", heads=[other])
    for somebody in (office, responsible, make_user("Root", is_superuser=True)):
        with pytest.raises(NotAllowed):
            flows.replan_measure(measure, by=somebody, due_on=today(60), reason="später")
    with pytest.raises(WrongState):
        flows.replan_measure(measure, by=head, due_on=today(60), reason=" ")
    with pytest.raises(WrongState):
        flows.replan_measure(measure, by=head, due_on=measure.due_on, reason="nichts anderes")
    flows.replan_measure(measure, by=head, due_on=today(60), budget=900, reason="Lieferung fehlt")
    measure.refresh_from_db()
    former = FormerPlan.objects.get()
    assert (measure.due_on, measure.budget) == (today(60), 900)
    assert (former.due_on, former.budget, former.reason) == (today(30), None, "Lieferung fehlt")


def test_what_is_finished_or_no_longer_approved_is_not_planned_anew(make_measure, head, ready, approved):
    measure = make_measure()
    flows.report_measure(measure, by=head, status="done")
    with pytest.raises(WrongState):
        flows.replan_measure(measure, by=head, due_on=today(60), reason="später")
    second = make_measure("Noch eine")
    flows.reopen(approved, by=head, reason="neu")
    with pytest.raises(WrongState):
        flows.replan_measure(second, by=head, due_on=today(60), reason="später")


def test_the_follow_up_of_resolutions_shows_the_former_day(client, paper, approved, head, office, make_measure):
    from committees import flows as committees

    stop = paper.consultations.get()
    meeting = stop.agenda_item.meeting
    meeting.start = timezone.now() - timedelta(days=2)
    meeting.save()
    meeting = held(meeting, by=office)
    committees.record_result(stop, by=office, result="unchanged")
    measure = make_measure()
    flows.replan_measure(measure, by=head, due_on=today(60), reason="Lieferung fehlt")
    (row,) = tracking.rows(type(paper).objects.all(), AgendaItem.objects.all(), committee=stop.committee)
    assert row.formerly_due == [today(30)]
    client.force_login(office)
    address = reverse("recommendations:tracking") + f"?committee={stop.committee.pk}"
    assert "data-former" in client.get(address).content.decode()
    assert today(30).strftime("%d.%m.%Y") in client.get(address + "&format=csv").content.decode()


def test_the_responsible_department_ticks_steps_off_and_what_is_done_stays(make_measure, head, make_user, other):
    measure = make_measure(department=other, steps=["Ausschreiben", "Besetzen"])
    responsible = make_user("Carla Nitsche", staffs=[other])
    first, second = measure.checklist.all()
    with pytest.raises(NotAllowed):
        flows.tick_steps(measure, by=head, done={first.pk})
    flows.tick_steps(measure, by=responsible, done={first.pk})
    first.refresh_from_db()
    assert first.done_by == responsible
    with pytest.raises(WrongState):
        flows.remove_step(first, by=head)
    flows.remove_step(second, by=head)
    flows.add_step(measure, by=responsible, text="Einarbeiten")
    assert [item.text for item in measure.checklist.all()] == ["Ausschreiben", "Einarbeiten"]
    flows.tick_steps(measure, by=responsible, done=set())
    assert not ChecklistItem.objects.exclude(done_at=None).exists()


def test_several_rows_are_reported_in_one_post_each_with_its_own_verdict(
    client, make_measure, head, lead, ready, other, make_user
):
    clerk = make_user("Ute Clerk", staffs=[lead])
    good, late, foreign = make_measure("Eins", steps=["Schritt"]), make_measure("Zwei"), make_measure("Drei")
    Measure.objects.filter(pk=foreign.pk).update(department=other)
    item = good.checklist.get()
    client.force_login(clerk)
    data = rows(good, late, foreign)
    data |= {
        f"m{good.pk}-status": "running",
        f"m{good.pk}-steps": [item.pk],
        f"m{late.pk}-light": "red",
        f"m{late.pk}-note": "",
        f"m{foreign.pk}-light": "yellow",
        f"m{foreign.pk}-note": "nicht meine",
    }
    answer = client.post(LIST, data)
    page = answer.content.decode()
    assert answer.status_code == 403
    good.refresh_from_db()
    item.refresh_from_db()
    assert (good.status, item.done_by) == ("running", clerk)
    assert set(answer.context["failed"]) == {late.pk, foreign.pk}
    assert f'id="row-{late.pk}" open' in page
    assert "nicht meine" in page
    assert Measure.objects.filter(light="green").count() == 3
    assert Event.objects.filter(kind="recommendation.step_refused").exists()
    assert client.post(LIST, data | {f"m{late.pk}-note": "kein Angebot"} | rows(good, foreign)).status_code == 302
    late.refresh_from_db()
    assert (late.light, late.delay_reason) == ("red", "kein Angebot")


def test_a_row_that_somebody_else_reported_on_meanwhile_is_not_overwritten(client, make_measure, head, ready):
    measure = make_measure()
    data = rows(measure)
    flows.report_measure(measure, by=head, status="running", light="yellow", delay_reason="Lieferung")
    client.force_login(head)
    answer = client.post(LIST, data | {f"m{measure.pk}-status": "done", f"m{measure.pk}-note": "fertig"})
    assert answer.status_code == 422
    assert "fertig" in answer.content.decode()
    measure.refresh_from_db()
    assert (measure.status, measure.delay_reason) == ("running", "Lieferung")


def test_the_form_that_the_list_offers_really_posts(make_measure, head, ready):
    measure = make_measure()
    client = Client(enforce_csrf_checks=True)
    client.force_login(head)
    token = client.get(LIST).context["csrf_token"]
    data = rows(measure) | {f"m{measure.pk}-status": "done", f"m{measure.pk}-note": "besetzt"}
    assert client.post(LIST, data | {"csrfmiddlewaretoken": str(token)}).status_code == 302
    measure.refresh_from_db()
    assert (measure.status, measure.completion_note, measure.done_on) == ("done", "besetzt", today())


def test_list_and_page_show_forms_only_to_whom_they_belong(client, make_measure, office, head, other, make_user):
    measure = make_measure(steps=["Schritt"])
    client.force_login(office)
    assert "seen_version" not in client.get(LIST).content.decode()
    page = client.get(measure.get_absolute_url()).content.decode()
    assert reverse("recommendations:measure_report", args=[measure.pk]) not in page
    client.force_login(head)
    page = client.get(measure.get_absolute_url()).content.decode()
    assert reverse("recommendations:measure_replan", args=[measure.pk]) in page
    assert reverse("recommendations:effect_plan", args=[measure.recommendation_id]) in page


def test_the_list_needs_the_same_queries_for_many_measures(client, make_measure, head):
    make_measure(steps=["a"])
    client.force_login(head)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for number in range(8):
        measure = make_measure(f"Schritt {number}", steps=["a", "b"])
        flows.replan_measure(measure, by=head, due_on=today(40), reason="x")
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)
    assert len(many) == len(few)


def test_the_page_of_a_measure_tells_its_own_history(client, make_measure, head, ready):
    measure, other_measure = make_measure(), make_measure("Eine andere")
    flows.report_measure(measure, by=head, status="running", note="läuft gut an")
    client.force_login(head)
    assert "läuft gut an" in client.get(measure.get_absolute_url()).content.decode()
    assert "läuft gut an" not in client.get(other_measure.get_absolute_url()).content.decode()


def test_the_department_is_reminded_once_before_the_day_and_again_after_replanning(make_measure, head, office):
    measure = make_measure(days=5)
    make_measure("Weit weg", days=90)
    assert (flows.remind_measures(), flows.remind_measures()) == (1, 0)
    event = Event.objects.get(kind="measure.due")
    assert event.subject == measure
    assert head in event.definition.audience(measure)
    assert office not in event.definition.audience(measure)
    flows.replan_measure(measure, by=head, due_on=today(6), reason="ein Tag mehr")
    assert flows.remind_measures() == 1


def test_ticking_counts_as_a_change_that_others_have_to_have_seen(make_measure, head, ready):
    measure = make_measure(steps=["Ausschreiben"])
    seen = measure.version
    flows.tick_steps(measure, by=head, done=[measure.checklist.get().pk])
    with pytest.raises(WrongState):
        flows.tick_steps(measure, by=head, done=[], seen_version=seen)
