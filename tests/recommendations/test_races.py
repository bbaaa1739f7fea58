# SPDX-License-Identifier: EUPL-1.2
"""Two people at once, as two processes of the system, fifty rounds each: one outcome, and nobody sees an error page."""

import multiprocessing
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Delegation
from activity.models import Event
from indicators.series import snapshot
from recommendations import flows, sight
from recommendations.models import Decision, Recommendation, Status

ROUNDS = 50
FORK = multiprocessing.get_context("fork")

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def rounds(make_key_figure, office, lead):
    """As many submitted recommendations as there are rounds."""
    pin = snapshot(make_key_figure(), region_key="99001")
    made = []
    for number in range(ROUNDS):
        one = flows.create(
            by=office,
            pin=pin,
            title=f"Runde {number}",
            lead_department=lead,
            responsible_level="municipality",
            proposed_resolution="Die Sprachbildung wird verstärkt.",
            rationale="Der Anteil steigt.",
        )
        made.append(flows.submit(one, by=office))
    return made


def _post_each(user, addresses, data, barrier, results):
    client = Client(raise_request_exception=False)
    client.force_login(user)
    for number, address in enumerate(addresses):
        barrier.wait(30)
        given = data[number] if isinstance(data, list) else data
        results.put((number, client.post(address, given).status_code))
    connections.close_all()


def at_once(*people):
    """Let each of two ``(user, addresses, data)`` post round by round together; the answers of both per round."""
    connections.close_all()
    barrier, results = FORK.Barrier(len(people)), FORK.Queue()
    children = [FORK.Process(target=_post_each, args=(*person, barrier, results)) for person in people]
    for child in children:
        child.start()
    answers = {}
    for _each in range(ROUNDS * len(people)):
        number, code = results.get(timeout=60)
        answers.setdefault(number, []).append(code)
    for child in children:
        child.join(10)
    return answers


def pages(name, rounds):
    return [reverse(f"recommendations:{name}", args=[one.pk]) for one in rounds]


def decide_each(user, rounds, **data):
    return user, pages("decide", rounds), [{"saw": sight.token(one), "reason": "Grund"} | data for one in rounds]


def refused(one):
    return Event.objects.about(one).filter(kind__in=("recommendation.decision_refused", "recommendation.step_refused"))


def one_decided_and_the_other_was_told(rounds, answers):
    for number, one in enumerate(rounds):
        assert set(answers[number]) <= {302, 409}, answers[number]
        decision = Decision.objects.get(recommendation=one)
        one.refresh_from_db()
        assert one.status == {"approve": Status.APPROVED, "reject": Status.REJECTED}[decision.kind]
        assert refused(one).count() == 1


def test_two_heads_at_once_make_one_decision(rounds, head, lead, make_user):
    second = make_user("Zweite Leitung", heads=[lead])
    answers = at_once(decide_each(head, rounds, kind="approve"), decide_each(second, rounds, kind="reject"))
    one_decided_and_the_other_was_told(rounds, answers)


def test_head_and_deputy_at_once_make_one_decision(rounds, head, lead, make_user):
    deputy, today = make_user("Henning Voss"), timezone.localdate()
    Delegation.objects.create(
        department=lead, deputy=deputy, set_by=head, valid_from=today, valid_until=today + timedelta(days=1)
    )
    answers = at_once(decide_each(head, rounds, kind="approve"), decide_each(deputy, rounds, kind="reject"))
    one_decided_and_the_other_was_told(rounds, answers)


def test_head_and_editor_at_once_either_decide_or_change(rounds, head, office):
    answers = at_once(decide_each(head, rounds, kind="approve"), (office, pages("take_back", rounds), {}))
    for number, one in enumerate(rounds):
        assert set(answers[number]) <= {302, 409}, answers[number]
        one.refresh_from_db()
        decided = Decision.objects.filter(recommendation=one).count()
        assert (one.status, decided) in {(Status.APPROVED, 1), (Status.DRAFT, 0)}
        assert refused(one).count() == 1
    assert Recommendation.objects.filter(status=Status.SUBMITTED).count() == 0


@pytest.fixture
def proposals(rounds, office, make_department, make_user):
    """A change of the lead proposed in every round, and the head who is to take the matter over."""
    other = make_department("FB 40", "Schule und Sport")
    taker = make_user("Petra Wellmann", heads=[other])
    return [flows.propose_transfer(one, by=office, to_department=other, reason="Zuständig") for one in rounds], taker


def answer_each(user, transfers, **data):
    return user, [reverse("recommendations:transfer", args=[one.pk]) for one in transfers], data


def test_both_heads_consenting_at_once_change_the_lead_once(proposals, head):
    transfers, taker = proposals
    answers = at_once(answer_each(head, transfers, answer="release"), answer_each(taker, transfers, answer="accept"))
    for number, one in enumerate(transfers):
        assert answers[number] == [302, 302]
        one.refresh_from_db()
        recommendation = Recommendation.objects.get(pk=one.recommendation_id)
        assert (one.state, recommendation.lead_department) == ("agreed", one.to_department)
        assert Event.objects.about(recommendation).filter(kind="recommendation.lead_transferred").count() == 1


def test_a_consent_and_a_refusal_at_once_leave_the_lead_where_it_is(proposals, head, lead):
    transfers, taker = proposals
    answers = at_once(
        answer_each(head, transfers, answer="release"), answer_each(taker, transfers, answer="refuse", reason="Nein")
    )
    for number, one in enumerate(transfers):
        assert set(answers[number]) <= {302, 409}, answers[number]
        one.refresh_from_db()
        recommendation = Recommendation.objects.get(pk=one.recommendation_id)
        assert (one.state, recommendation.lead_department) == ("refused", lead)
        assert not Event.objects.about(recommendation).filter(kind="recommendation.lead_transferred").exists()
