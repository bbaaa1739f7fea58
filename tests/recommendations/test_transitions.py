# SPDX-License-Identifier: EUPL-1.2
"""Every transition × every role × every state, and random people doing random things."""

from itertools import product

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.canonical import checksum
from core.errors import DomainError
from demo.matrix import ROLES
from recommendations import flows, sight
from recommendations.content import frozen
from recommendations.models import Decision, Recommendation, Status
from tests.recommendations.transitions import ACTIONS, APPROVED, NOT_AT_ONCE, may

pytestmark = pytest.mark.django_db


class Undone(Exception):
    """Ends a trial, so that the next one begins from the same state."""


@pytest.fixture
def town(whole_matrix):
    superuser = type(whole_matrix.office).objects.create_superuser("root@matrix.example", "Root", "x")
    return whole_matrix, {**whole_matrix.users, "superuser": superuser}


def of_department_a(matrix):
    return {one.status: one for one in Recommendation.objects.filter(lead_department=matrix.a)}


def succeeds(trial):
    """Whether a trial goes through; whatever it did is undone."""
    try:
        with transaction.atomic():
            trial()
            raise Undone
    except Undone:
        return True
    except DomainError:
        return False


@pytest.mark.postgres  # thousands of trials: once is enough
def test_only_what_the_table_lists_succeeds(town):
    matrix, people = town
    recommendations = of_department_a(matrix)
    assert set(recommendations) == set(Status)
    wrong = []
    for action, (status, one), (role, user) in product(ACTIONS, recommendations.items(), people.items()):
        really = succeeds(lambda action=action, one=one, user=user: ACTIONS[action].try_it(one, user, matrix))
        if really != may(action, role, status):
            wrong.append((action, status, role, really))
    assert not wrong


def test_each_step_leads_to_the_state_of_the_table(town):
    matrix, people = town
    for status, one in of_department_a(matrix).items():
        for name, action in ACTIONS.items():
            if status in action.states and action.leads_to:
                user = people[sorted(action.roles)[0]]
                sid = transaction.savepoint()
                action.try_it(one, user, matrix)
                assert Recommendation.objects.get(pk=one.pk).status == action.leads_to, (name, status)
                transaction.savepoint_rollback(sid)


@pytest.mark.postgres  # thousands of requests: once is enough
def test_by_page_and_post_nobody_gets_further_than_by_the_flow(client, town):
    matrix, people = town
    data = {
        "kind": "approve",
        "reason": "Grund",
        "paper_type": "decision",
        "title": "Maßnahme",
        "department": matrix.a.pk,
        "due_on": "2030-01-01",
    }
    routes = {"submit": "submit", "withdraw": "withdraw", "decide": "approve", "measure_plan": "plan_measure"}
    wrong = []
    for role, user in people.items():
        client.force_login(user)  # the deactivated one is sent to the login
        for (route, action), (status, one) in product(routes.items(), of_department_a(matrix).items()):
            sid = transaction.savepoint()
            before = (one.status, one.measures.count())
            client.post(reverse(f"recommendations:{route}", args=[one.pk]), {**data, "saw": sight.token(one)})
            after = Recommendation.objects.get(pk=one.pk)
            changed = (after.status, after.measures.count()) != before
            transaction.savepoint_rollback(sid)
            if changed != may(action, role, status):
                wrong.append((route, status, role, changed))
    assert not wrong


@pytest.mark.postgres  # thousands of trials: once is enough
def test_for_several_at_once_nobody_gets_further_than_by_the_flow(town):
    matrix, people = town
    wrong = []
    steps = [step for step in flows.STEPS.values() if step.code != "remind"]  # a reminder changes no state
    for step, (status, one), (role, user) in product(steps, of_department_a(matrix).items(), people.items()):
        fields = {"reason": "Grund"} if step.asks_reason else {}
        sid = transaction.savepoint()
        outcomes = flows.carry_out(step, [flows.mark_of(one)], by=user, **fields)
        done = any(outcome and not outcome.reason for outcome in outcomes)
        assert done == (Recommendation.objects.get(pk=one.pk).status != status)
        transaction.savepoint_rollback(sid)
        if done != (may(step.code, role, status) and (step.code, status) not in NOT_AT_ONCE):
            wrong.append((step.code, status, role, done))
    assert not wrong


def test_the_admin_pages_change_nothing(client, town):
    matrix, people = town
    client.force_login(people["superuser"])
    for one in of_department_a(matrix).values():
        before = Recommendation.objects.filter(pk=one.pk).values().get()
        for address in ("change", "delete"):
            client.post(
                reverse(f"admin:recommendations_recommendation_{address}", args=[one.pk]), {"status": "approved"}
            )
        assert Recommendation.objects.filter(pk=one.pk).values().get() == before


def check(one, decided):
    """The rules of decision authority, as they must hold after every step."""
    one.refresh_from_db()
    decisions = list(Decision.objects.filter(recommendation=one).order_by("pk"))
    assert [decision.content_sha256 for decision in decisions][: len(decided)] == decided
    assert len({decision.round for decision in decisions}) == len(decisions)
    for decision in decisions:
        assert decision.decided_by_id not in (one.author_id, one.last_changed_by_id)
        assert checksum(decision.content) == decision.content_sha256
    assert (one.status in APPROVED) == (one.approval_id is not None)
    if one.approval_id:
        assert one.approval.content_sha256 == checksum(frozen(one))
        assert one.approval == decisions[-1]
    return [decision.content_sha256 for decision in decisions]


IN_THE_OTHER = {"head_a": "head_b", "clerk_a": "clerk_b", "deputy_a": "plain", "head_b": "head_a", "clerk_b": "clerk_a"}


def standing_of(role, one, matrix):
    """The role that the table means, which speaks of A as the lead: in a draft the office may name another one."""
    return IN_THE_OTHER.get(role, role) if one.lead_department == matrix.b else role


STEP = st.tuples(st.sampled_from([*ROLES, "superuser"]), st.sampled_from(sorted(ACTIONS)))
# of people who may: random alone hardly ever comes beyond the draft
LAWFUL = st.sampled_from([(role, name) for name, action in sorted(ACTIONS.items()) for role in sorted(action.roles)])


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(st.one_of(LAWFUL, STEP), min_size=5, max_size=40))
def test_whatever_random_people_do_the_rules_of_decision_authority_hold(town, steps):
    matrix, people = town
    one = of_department_a(matrix)[Status.DRAFT]
    decided, beginning = [], transaction.savepoint()
    for role, name in steps:
        now = Recommendation.objects.get(pk=one.pk)
        before, allowed = now.status, may(name, standing_of(role, now, matrix), now.status)
        try:
            with transaction.atomic():
                ACTIONS[name].try_it(one, people[role], matrix)
        except DomainError:
            assert not (allowed and name == "approve")
            assert Recommendation.objects.get(pk=one.pk).status == before
        else:
            assert allowed or name == "submit", (role, name, before)
        decided = check(one, decided)
    transaction.savepoint_rollback(beginning)
