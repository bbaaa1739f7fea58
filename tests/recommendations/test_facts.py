# SPDX-License-Identifier: EUPL-1.2
"""A state is the shadow of a fact: by page and flow, in the database, and for what was set by hand before."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.urls import NoReverseMatch, reverse

from activity.models import Event
from core import triggers
from core.errors import NotAllowed, WrongState
from recommendations import flows
from recommendations.models import Recommendation, Status, StatusAttestation
from recommendations.next_step import next_step

pytestmark = pytest.mark.django_db

carry_over = import_module("recommendations.migrations.0023_carry_over_states_set_by_hand").carry_over


@pytest.fixture
def ready(approved, head, make_effect_plan):
    """Approved, and fixed how the effect will be looked at."""
    make_effect_plan(approved, head)
    return approved


def status(recommendation):
    return Recommendation.objects.get(pk=recommendation.pk).status


def test_no_address_and_no_flow_sets_a_state(approved):
    with pytest.raises(NoReverseMatch):
        reverse("recommendations:advance", args=[approved.pk, "resolved"])
    assert not hasattr(flows, "advance")


@pytest.mark.parametrize("result", ["unchanged", "changed"])
def test_only_the_result_of_the_body_that_decides_finally_resolves(approved, office, resolve, result):
    resolve(approved, office, result=result)
    assert approved.status == Status.RESOLVED


def test_the_first_measure_that_has_begun_begins_the_implementation_and_none_ends_it(ready, head, begin_measure):
    measure = begin_measure(ready, head)
    assert ready.status == Status.IMPLEMENTING
    flows.report_measure(measure, by=head, status="planned")
    assert status(ready) == Status.APPROVED
    begun = flows.report_measure(measure, by=head, status="running")
    second = begin_measure(ready, head, title="Zweiter Schritt")
    flows.report_measure(begun, by=head, status="planned")
    assert status(ready) == Status.IMPLEMENTING
    assert second.started_on


def test_before_the_committees_have_resolved_no_measure_begins(ready, office, head, begin_measure):
    flows.make_paper(ready, by=office, paper_type="decision")
    with pytest.raises(WrongState):
        begin_measure(ready, head)


@pytest.mark.parametrize(
    ("statuses", "partly", "outcome"),
    [
        (["done", "done"], False, Status.IMPLEMENTED),
        (["done", "running"], False, Status.IMPLEMENTED),
        (["done", "running"], True, Status.PARTLY),
        (["running"], True, Status.STOPPED),
    ],
)
def test_the_outcome_follows_from_the_measures(ready, head, begin_measure, statuses, partly, outcome):
    for one in statuses:
        begin_measure(ready, head, status=one)
    left = {measure.pk: "Kein Bedarf mehr." for measure in ready.measures.unfinished()}
    flows.conclude(ready, by=head, reasons=left, partly=partly, note="Kurz gesagt.")
    assert status(ready) == outcome
    assert not ready.measures.unfinished().exists()


def test_whoever_ends_the_implementation_gives_a_reason_for_each_open_measure(ready, head, office, begin_measure):
    begin_measure(ready, head, status="done")
    left = begin_measure(ready, head)
    for reasons in ({}, {left.pk: " "}):
        with pytest.raises(WrongState):
            flows.conclude(ready, by=head, reasons=reasons)
    with pytest.raises(NotAllowed):
        flows.conclude(ready, by=office, reasons={left.pk: "Grund"})
    assert status(ready) == Status.IMPLEMENTING


def test_the_form_asks_for_what_is_missing_and_nothing_else(client, ready, head, begin_measure):
    begin_measure(ready, head, status="done")
    left = begin_measure(ready, head)
    client.force_login(head)
    address = reverse("recommendations:conclude", args=[ready.pk])
    assert client.post(address, {"partly": ""}).status_code == 422
    client.post(address, {f"reason-{left.pk}": "Kein Bedarf mehr.", "partly": "yes"})
    assert status(ready) == Status.PARTLY


def test_after_the_end_measures_stay_as_they_are(ready, head, begin_measure):
    measure = begin_measure(ready, head, status="done")
    flows.conclude(ready, by=head, note="Fertig.")
    with pytest.raises(WrongState):
        flows.report_measure(measure, by=head, status="running")
    with pytest.raises(WrongState):
        begin_measure(ready, head)


def test_the_matter_is_closed_after_the_departments_word(approved, head, office, make_effect_plan, begin_measure):
    make_effect_plan(approved, head, days=-1)
    begin_measure(approved, head, status="done")
    flows.conclude(approved, by=head, note="Fertig.")
    flows.evaluate(approved, by=office)
    with pytest.raises(WrongState):
        flows.close(approved, by=office)
    flows.review_effect(approved, by=head, effect="improved", note="gesunken")
    flows.close(approved, by=office)
    assert status(approved) == Status.CLOSED


def test_every_step_is_the_next_step_of_whoever_takes_it(client, ready, head, office, resolve, begin_measure):
    resolve(ready, office)
    client.force_login(head)
    assert next_step(ready, head).url == reverse("recommendations:measure_plan", args=[ready.pk])
    measure = begin_measure(ready, head)
    assert next_step(ready, head).url == "#measures"
    flows.report_measure(measure, by=head, status="done")
    assert next_step(ready, head).url == reverse("recommendations:conclude", args=[ready.pk])
    flows.conclude(ready, by=head, note="Fertig.")
    ready.refresh_from_db()
    client.force_login(office)
    assert next_step(ready, office).url == reverse("recommendations:evaluate", args=[ready.pk])
    client.post(next_step(ready, office).url)
    assert status(ready) == Status.EVALUATION


def write(recommendation, state):
    with transaction.atomic():
        Recommendation.objects.filter(pk=recommendation.pk).update(status=state)


@pytest.mark.parametrize("state", [Status.RESOLVED, Status.IMPLEMENTING, Status.CLOSED, Status.EVALUATION])
def test_the_database_refuses_a_state_that_no_step_leads_to(approved, state):
    with pytest.raises(IntegrityError):
        write(approved, state)


def test_the_database_asks_for_the_fact_or_for_what_shows_it(ready, office, head, begin_measure):
    flows.make_paper(ready, by=office, paper_type="decision")
    with pytest.raises(IntegrityError):
        write(ready, Status.RESOLVED)
    StatusAttestation.objects.create(recommendation=ready, status=Status.RESOLVED, source="Niederschrift vom 3. März")
    write(ready, Status.RESOLVED)
    with pytest.raises(IntegrityError):
        write(ready, Status.IMPLEMENTING)
    begin_measure(ready, head)
    with pytest.raises(IntegrityError):
        write(ready, Status.IMPLEMENTED)


def test_an_attestation_names_its_source_and_is_never_changed(approved):
    made = StatusAttestation.objects.create(recommendation=approved, status=Status.RESOLVED, source="Niederschrift")
    rows = StatusAttestation.objects.filter(pk=made.pk)
    for change in (lambda: rows.update(source="anders"), rows.delete, lambda: rows.update(source="")):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


@pytest.fixture
def by_hand():
    """Write a state as it was possible before the database asked for facts."""
    triggers.take_down(connection)
    yield write
    triggers.put_up(connection)


def test_what_was_set_by_hand_is_carried_over_with_what_shows_it(client, approved, office, head, by_hand):
    flows.make_paper(approved, by=office, paper_type="decision")
    with transaction.atomic():
        Event.objects.create(
            kind="recommendation.advanced",
            by=office,
            by_label=office.name,
            subject=approved,
            subject_label=str(approved),
            data={"status": "Beschlossen", "note": "Rat vom 3. März"},
        )
    by_hand(approved, Status.RESOLVED)
    carry_over(apps, None)
    (made,) = approved.attestations.all()
    assert (made.status, made.by) == (Status.RESOLVED, office)
    assert office.name in made.source
    assert "Rat vom 3. März" in made.source
    client.force_login(head)
    assert "data-attested" in client.get(approved.get_absolute_url()).content.decode()


def test_what_has_its_fact_is_not_attested(ready, office, head, resolve, begin_measure):
    resolve(ready, office)
    begin_measure(ready, head, status="done")
    flows.conclude(ready, by=head, note="Fertig.")
    carry_over(apps, None)
    assert not ready.attestations.exists()
