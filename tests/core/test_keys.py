# SPDX-License-Identifier: EUPL-1.2
import pytest

from core.keys import number_of, numbers_of


@pytest.mark.parametrize("text", ["", "²", "١٢", "-1", "1.0", " 1", "1\n", "9" * 19, "9" * 5000, "None", "\x00"])
def test_only_plain_digits_that_a_database_stores_are_a_number(text):
    assert number_of(text) is None


def test_numbers_are_found_among_anything_else():
    assert numbers_of(["7", "x", "²", "12", ""]) == [7, 12]
    assert number_of(5) == 5
