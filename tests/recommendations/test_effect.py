# SPDX-License-Identifier: EUPL-1.2
"""The effect review: fixed beforehand, answered by the department, never claiming a cause."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from activity.models import Event
from core.errors import NotAllowed, WrongState
from indicators import flows as indicators
from recommendations import flows
from recommendations.effect import baseline_of, developments
from recommendations.models import EffectReview
from recommendations.next_step import next_step
from tests.files import flat_file

BETTER = [("2023", "94", "1027"), ("2024", "91", "1038"), ("2025", "80", "1040")]
WORSE = [("2023", "94", "1027"), ("2024", "91", "1038"), ("2025", "110", "1040")]
LIST = reverse("recommendations:effect_list")


def day(offset):
    return timezone.localdate() + timedelta(days=offset)


def deliver(values):
    indicators.import_file(flat_file(values), "21111-99-06-4_neu.csv")


@pytest.fixture
def monitoring(make_user):
    return make_user("Jonas Arndt", office=["monitoring"])


@pytest.fixture
def due(approved, head, make_effect_plan, begin_measure):
    """An approved recommendation whose effect review is due since yesterday."""
    make_effect_plan(approved, head, days=-1)
    begin_measure(approved, head)
    return approved


def test_the_baseline_is_copied_as_pinned_and_later_deliveries_leave_it_alone(approved, head, make_effect_plan):
    deliver(BETTER)
    review = make_effect_plan(approved, head)
    assert (round(review.baseline_value, 1), review.baseline_period) == (Decimal("8.8"), "2024")
    assert (review.direction, review.target_value) == ("at_most", 8)


def test_only_the_lead_department_fixes_it_and_after_the_approval(submitted, approved, office, head, make_user):
    baseline = baseline_of(approved.evidence.get())
    plan = {"review_on": day(90), "baseline": baseline, "direction": "at_most", "target_value": 8}
    for somebody in (office, make_user("Root", is_superuser=True), make_user("Petra", office=["monitoring"])):
        with pytest.raises(NotAllowed):
            flows.plan_effect(approved, by=somebody, **plan)
    for wrong in ({"target_value": None}, {"direction": ""}, {"review_on": day(0)}, {"baseline": None}):
        with pytest.raises(WrongState):
            flows.plan_effect(approved, by=head, **plan | wrong)
    assert flows.plan_effect(approved, by=head, **plan).is_open
    assert Event.objects.about(approved).first().kind == "recommendation.effect_planned"


def test_no_target_is_moved_quietly(approved, head, make_effect_plan):
    first = make_effect_plan(approved, head)
    with pytest.raises(WrongState):
        make_effect_plan(approved, head, target_value=9)
    second = make_effect_plan(approved, head, target_value=9, reason="Der Rat hat das Ziel gesenkt.")
    first.refresh_from_db()
    assert (first.replaced_reason, second.target_value) == ("Der Rat hat das Ziel gesenkt.", 9)
    assert list(approved.effect_reviews.standing()) == [second]


def test_the_database_keeps_one_open_review_with_a_figure_or_a_reason(approved, head, make_effect_plan):
    review = make_effect_plan(approved, head)
    forged = (
        {"key_figure": None},
        {"no_figure_reason": "doch nicht"},
        {"direction": ""},
        {"effect": "improved"},
        {"replaced_at": timezone.now()},
    )
    for fields in forged:
        with pytest.raises(IntegrityError), transaction.atomic():
            EffectReview.objects.filter(pk=review.pk).update(**fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        EffectReview.objects.create(recommendation=approved, no_figure_reason="zweite", review_on=day(9))


@pytest.mark.parametrize(("values", "reached", "closer"), [(BETTER, True, True), (WORSE, False, False)])
def test_then_now_and_target_stand_side_by_side_in_words(approved, head, make_effect_plan, values, reached, closer):
    deliver(values)
    (development,) = developments([make_effect_plan(approved, head)])
    assert development.now.period == "2025"
    assert ("nicht" not in development.verdict) == reached
    assert ("weiter" in development.verdict) == (not closer)
    assert "höchstens 8" in development.target


def test_without_a_newer_value_there_is_nothing_to_compare(approved, head, make_effect_plan):
    (development,) = developments([make_effect_plan(approved, head)])
    assert (development.now, development.verdict) == (None, "")


def test_the_office_proposes_and_only_the_department_answers(due, office, monitoring, head, make_user):
    deliver(BETTER)
    for somebody in (office, monitoring, make_user("Root", is_superuser=True)):
        with pytest.raises(NotAllowed):
            flows.review_effect(due, by=somebody, effect="improved", note="gesunken")
    with pytest.raises(NotAllowed):
        flows.propose_effect(due, by=head, effect="improved", note="gesunken")
    flows.propose_effect(due, by=monitoring, effect="improved", note="8,8 auf 7,7")
    due.refresh_from_db()
    assert due.effect == "unknown"
    with pytest.raises(WrongState):
        flows.review_effect(due, by=head, effect="improved", note=" ")
    flows.review_effect(due, by=head, effect="unchanged", note="Der Jahrgang war kleiner.")
    due.refresh_from_db()
    review = due.effect_reviews.get()
    assert (due.effect, review.proposed_effect, review.signature) == ("unchanged", "improved", head.name)
    assert (review.now_period, round(review.now_value, 1)) == ("2025", Decimal("7.7"))


def test_what_the_department_has_answered_is_not_proposed_on_any_more(due, head, office):
    flows.review_effect(due, by=head, effect="improved", note="gesunken")
    with pytest.raises(WrongState):
        flows.propose_effect(due, by=office, effect="worse", note="doch nicht")
    assert due.effect_reviews.count() == 1


def test_the_next_step_on_the_page_is_the_departments(client, approved, head, office, make_effect_plan, resolve):
    resolve(approved, office)
    for step, follows in (("effect_plan", False), ("effect_review", True)):
        if follows:
            make_effect_plan(approved, head, days=-1)
        address = reverse(f"recommendations:{step}", args=[approved.pk])
        for person, shown in ((head, True), (office, False)):
            approved.refresh_from_db()
            assert (next_step(approved, person).url == address) == shown


def test_before_its_day_nobody_answers(approved, head, make_effect_plan, begin_measure):
    make_effect_plan(approved, head)
    begin_measure(approved, head)
    with pytest.raises(WrongState):
        flows.review_effect(approved, by=head, effect="improved", note="schon")


def test_too_early_names_the_next_day_and_keeps_baseline_and_target(due, head):
    with pytest.raises(WrongState):
        flows.review_effect(due, by=head, effect="too_early", note="noch kein Jahrgang")
    flows.review_effect(due, by=head, effect="too_early", note="noch kein Jahrgang", next_review_on=day(365))
    first, second = due.effect_reviews.all()
    assert (first.is_open, second.is_open, second.review_on) == (False, True, day(365))
    assert (second.baseline_value, second.target_value) == (first.baseline_value, first.target_value)


def test_an_answer_stands_beside_the_figure_of_its_day(due, head):
    deliver(BETTER)
    flows.review_effect(due, by=head, effect="improved", note="gesunken")
    deliver(WORSE)
    (development,) = developments(due.effect_reviews.all())
    assert round(development.now.value, 1) == Decimal("7.7")


def test_the_department_is_told_once_when_the_day_has_come(due, head, office):
    assert (flows.remind_effects(), flows.remind_effects()) == (1, 0)
    event = Event.objects.get(kind="recommendation.effect_due")
    assert {head, office} <= event.definition.audience(due)


def test_every_page_that_shows_figures_says_that_they_claim_no_cause(client, due, head, office):
    deliver(BETTER)
    address = reverse("recommendations:effect_review", args=[due.pk])
    client.force_login(head)
    form = client.get(address).content.decode()
    assert 'name="note"' in form
    flows.review_effect(due, by=head, effect="improved", note="gesunken")
    client.force_login(office)
    chain = reverse("recommendations:evidence_chain", args=[due.pk])
    pages = [
        form,
        *(client.get(page).content.decode() for page in (due.get_absolute_url(), chain, LIST + "?show=answered")),
    ]
    for page in pages:
        assert "data-no-cause" in page
        assert "8,8" in page
        assert "7,7" in page


def test_the_form_fixes_it_from_evidence_or_from_another_key_figure_or_says_why_not(client, approved, head, settings):
    settings.MUNICIPALITY_KEY = "99001"
    client.force_login(head)
    address = reverse("recommendations:effect_plan", args=[approved.pk])
    evidence = approved.evidence.get()
    data = {"figure": f"evidence:{evidence.pk}", "review_on": day(300), "direction": "at_most", "target_value": "8,5"}
    for missing in ("direction", "target_value", "figure", "review_on"):
        assert client.post(address, data | {missing: ""}).status_code == 422
    assert client.post(address, {"figure": "none", "review_on": day(300)}).status_code == 422
    assert client.post(address, data).status_code == 302
    review = approved.effect_reviews.get()
    assert (review.target_value, review.key_figure) == (Decimal("8.5"), evidence.key_figure)
    again = data | {"figure": f"key_figure:{evidence.key_figure_id}"}
    assert client.post(address, again).status_code == 422
    assert client.post(address, again | {"reason": "neuer Ratsbeschluss"}).status_code == 302


def test_the_list_sorts_into_due_later_answered_and_missing_with_constant_queries(
    client, due, head, office, make_recommendation, make_effect_plan
):
    client.force_login(head)
    with CaptureQueriesContext(connection) as few:
        page = client.get(LIST)
    assert [one.review.recommendation for one in page.context["developments"]] == [due]
    assert page.context["developments"][0].review.may_review
    for _number in range(4):
        one = make_recommendation()
        flows.submit(one, by=office)
        flows.decide(one, by=head, kind="approve")
        make_effect_plan(one, head, days=-3)
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)
    assert len(many) <= len(few) + 1
    client.force_login(office)
    assert not any(one.review.may_review for one in client.get(LIST).context["developments"])


def test_what_is_resolved_without_a_review_is_listed_as_missing(client, approved, office, resolve):
    resolve(approved, office)
    client.force_login(office)
    assert list(client.get(LIST + "?show=missing").context["page_obj"]) == [approved]
