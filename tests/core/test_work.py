# SPDX-License-Identifier: EUPL-1.2
"""One mechanism for all work of the house, tried on the order for a table."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from core.work import Lease, Taken, Work, ending_in_a_state, fail, give_up, keep
from indicators.models import Retrieval, RetrievalState

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(make_user):
    return Retrieval.objects.create(instance="regio", table_code="12411", ordered_by=make_user())


def lose(order):
    """The worker that has it does not come back."""
    Retrieval.objects.filter(pk=order.pk).update(leased_until=timezone.now() - timedelta(seconds=1))


def test_one_worker_has_it_until_its_lease_runs_out(order):
    first = Retrieval.objects.claim(order.pk)
    assert first.state == RetrievalState.RUNNING
    assert Retrieval.objects.claim(order.pk) is None
    lose(order)
    assert Retrieval.objects.claim(order.pk).attempts == 2


def test_what_waits_for_its_time_is_taken_by_nobody_before(order):
    one = Retrieval.objects.claim(order.pk)
    keep(one, state=RetrievalState.WAITING, leased_until=timezone.now() + timedelta(minutes=1))
    assert Retrieval.objects.waiting() == []
    assert Retrieval.objects.waiting(now=timezone.now() + timedelta(minutes=2)) == [order.pk]


def test_whoever_was_overtaken_changes_nothing(order):
    slow = Retrieval.objects.claim(order.pk)
    lose(order)
    quick = Retrieval.objects.claim(order.pk)
    with pytest.raises(Taken):
        keep(slow, polls=7)
    with pytest.raises(Taken):
        Lease(slow)()
    fail(slow, "zu spät", lambda work: pytest.fail("nothing follows"))
    keep(quick, polls=1)
    order.refresh_from_db()
    assert (order.state, order.polls, order.error) == (RetrievalState.RUNNING, 1, "")


def test_a_worker_from_before_a_new_start_is_not_taken_for_the_one_of_now(order):
    old = Retrieval.objects.claim(order.pk)
    Retrieval.objects.filter(pk=order.pk).start_again()
    new = Retrieval.objects.claim(order.pk)
    assert (new.tries, new.attempts) == (1, 2)
    with pytest.raises(Taken):
        keep(old, polls=7)


def test_three_tries_are_the_end_and_what_went_well_does_not_count(order):
    told = []
    for _step in range(3):
        one = Retrieval.objects.claim(order.pk)
        keep(one, leased_until=None, forgiven=one.attempts)
    for _loss in range(3):
        assert Retrieval.objects.claim(order.pk)
        lose(order)
    assert Retrieval.objects.claim(order.pk) is None
    give_up(Retrieval.objects.all(), told.append)
    assert [(one.state, bool(one.error)) for one in told] == [(RetrievalState.FAILED, True)]
    assert Retrieval.objects.waiting() == []


def test_an_end_that_was_undone_can_still_be_told_as_a_failure(order):
    work = Retrieval.objects.claim(order.pk)
    with transaction.atomic():
        keep(work, state=RetrievalState.READY, leased_until=None)
        work.refresh_from_db()
        transaction.set_rollback(True)
    fail(work, "der Grund", lambda work: None)
    order.refresh_from_db()
    assert (order.state, order.error) == (RetrievalState.FAILED, "der Grund")


@pytest.mark.parametrize("error", [ValueError, OSError, KeyboardInterrupt])
def test_whatever_happens_ends_in_a_state_with_a_reason(order, error):
    said = []
    work = Retrieval.objects.claim(order.pk)
    try:
        with ending_in_a_state(work, said.append, expected=()):
            raise error("geheim")
    except KeyboardInterrupt:
        assert error is KeyboardInterrupt
    (reason,) = said
    assert len(str(reason)) > 20
    assert "geheim" not in reason


def test_every_kind_of_work_names_its_states_as_the_mechanism_does():
    from django.apps import apps

    kinds = [model for model in apps.get_models() if issubclass(model, Work)]
    assert {"Document", "Part", "Retrieval", "ImportRun"} <= {model.__name__ for model in kinds}
    for model in kinds:
        states = set(dict(model._meta.get_field("state").choices))
        assert {"queued", "failed", *model.TAKES, *model.TAKES.values()} <= states
