# SPDX-License-Identifier: EUPL-1.2
"""Tests that share a world do not meet what another one did there, and the others do not meet the world."""

import pytest

from accounts.models import User
from recommendations.models import Recommendation


@pytest.mark.parametrize("turn", ["first", "second"])
def test_what_a_test_does_in_a_world_is_gone_for_the_next(whole_matrix, turn):
    assert whole_matrix.office.name != "verändert"
    assert not User.objects.filter(name="verändert").exists()
    assert not Recommendation.objects.filter(title="verändert").exists()
    whole_matrix.office.name = "verändert"
    whole_matrix.office.save()
    assert Recommendation.objects.filter(status="draft").update(title="verändert")


@pytest.mark.parametrize("turn", ["first", "second"])
def test_lindenfurt_stands_without_the_matrix(whole_town, turn):
    assert Recommendation.objects.count() == 7
    assert not User.objects.filter(email__endswith="@matrix.example").exists()
    User.objects.update(name="verändert")


def test_who_asks_for_no_world_meets_nobody(db):
    assert not User.objects.exists()
    assert not Recommendation.objects.exists()
