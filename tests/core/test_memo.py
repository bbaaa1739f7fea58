# SPDX-License-Identifier: EUPL-1.2
"""A request asks who heads what only once, and a step never trusts an answer from before it."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import Department, Grant
from core import clock, memo


def asked(times):
    """How often a question was really asked, when it is asked so often."""
    count = []
    for _time in range(times):
        memo.once("who", lambda: count.append(1))
    return len(count)


@pytest.mark.django_db
def test_a_request_asks_once_and_everybody_else_every_time():
    assert asked(3) == 3
    with memo.request():
        assert asked(3) == 1
    with memo.request():
        assert asked(1) == 1, "what the request before knew is not remembered"


@pytest.mark.django_db
def test_inside_a_transaction_everything_is_asked_anew_and_then_what_was_known_is_forgotten():
    with memo.request():
        assert asked(2) == 1
        with transaction.atomic():
            assert asked(2) == 2
        assert asked(2) == 1


def test_a_right_that_ends_while_a_request_runs_ends_for_its_next_step(head, lead):
    with memo.request():
        assert lead in Department.objects.headed_by(head)
        Grant.objects.filter(person=head).update(ended_at=clock.now(), end_reason="Wechsel")
        with transaction.atomic():
            assert lead not in Department.objects.headed_by(head)
        assert lead not in Department.objects.headed_by(head)


def test_another_person_and_another_moment_are_other_questions(head, lead, office):
    with memo.request():
        assert lead in Department.objects.headed_by(head)
        assert lead not in Department.objects.headed_by(office)
        assert lead not in Department.objects.headed_by(head, at=timezone.now() - timedelta(days=9))
