# SPDX-License-Identifier: EUPL-1.2
"""Every verdict × everybody who might ask × every state, as ``tests/verdicts.txt`` says."""

import pytest

from tests import verdicts

VERDICTS = verdicts.verdicts()
TABLE = verdicts.rows()


def test_every_verdict_stands_in_the_table():
    assert set(TABLE) == set(VERDICTS)


def test_no_state_stands_ready_that_no_verdict_is_asked_in():
    asked = {(verdicts.kind_of(name, VERDICTS[name]), row) for name, states in TABLE.items() for row in states}
    asked |= {(name, row) for name, states in TABLE.items() for row in states}
    ready = {(kind, state) for kind, states in verdicts.SPECIAL.items() for state in states}
    assert ready <= asked


@pytest.mark.postgres  # tens of thousands of answers: once is enough
@pytest.mark.parametrize("name", sorted(set(TABLE) & set(VERDICTS)))
def test_the_verdict_says_what_the_table_says(whole_house, name):
    function, rows = VERDICTS[name], TABLE[name]
    usual, known = verdicts.states_of(name, function)
    assert set(rows) - {"otherwise"} <= set(known), "no state is called so"
    assert "otherwise" in rows or set(usual) <= set(rows), "a state has no row"
    wrong = []
    for state in {**usual, **{row: None for row in rows if row != "otherwise"}}:
        expected = rows.get(state, rows.get("otherwise"))
        for person, answer in verdicts.given(function, known[state], whole_house).items():
            if answer != expected.get(person, "no"):
                wrong.append(f"{state}: {person} gets “{answer}”, the table says “{expected.get(person, 'no')}”")
    assert not wrong
