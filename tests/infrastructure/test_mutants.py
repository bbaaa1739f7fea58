# SPDX-License-Identifier: EUPL-1.2
"""``make mutants`` breaks the code as it is now, and nothing else than what it says."""

import pytest

from tests.mutants.breaks import BREAKS
from tests.mutants.changes import changes_in, source_of


@pytest.mark.parametrize("broken", BREAKS, ids=lambda broken: broken.what)
def test_what_is_broken_by_hand_stands_in_the_code(broken):
    whole, function = source_of(broken.path, broken.function)
    assert function.count(broken.old) == 1
    compile(whole.replace(function, function.replace(broken.old, broken.new)), broken.path, "exec")


def test_a_change_is_made_where_it_says_and_wherever_the_function_is_referred_to(monkeypatch):
    from accounts import querysets
    from accounts.querysets import DelegationQuerySet

    function = DelegationQuerySet.in_force
    changes = changes_in("accounts/querysets.py")
    of_it = [one for one in changes if one.function == function.__qualname__]
    change = next(one for one in of_it if one.what.startswith("valid_from__lte:"))
    before = function.__code__
    monkeypatch.setattr(function, "__code__", before)  # whatever else runs in this process needs it as it was
    change.make()
    assert querysets.DelegationQuerySet.in_force.__code__.co_consts != before.co_consts
