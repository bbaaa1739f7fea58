# SPDX-License-Identifier: EUPL-1.2
"""Two secretaries at once: nobody sits twice in a body, and it gets one chair, whichever request comes first."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.models import Person
from committees.models import Membership
from tests.recommendations.test_races import ROUNDS, at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_two_at_once_seat_a_person_once(make_committee, make_user):
    committee = make_committee()
    address = reverse("committees:membership_create", args=[committee.pk])
    people = [Person.objects.create(family_name=f"Neu {number}") for number in range(ROUNDS)]
    day = timezone.localdate() - timedelta(days=9)
    data = [{"person": one.pk, "role": "member", "voting_right": "on", "start_on": day.isoformat()} for one in people]
    secretaries = [make_user(name, keeps=[committee]) for name in ("Uwe Pohlmann", "Gesa Lührs")]
    answers = at_once(*((user, [address] * ROUNDS, data) for user in secretaries))
    assert {tuple(sorted(codes)) for codes in answers.values()} == {(302, 422)}
    assert Membership.objects.filter(committee=committee).count() == ROUNDS
