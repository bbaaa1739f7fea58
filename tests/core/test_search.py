# SPDX-License-Identifier: EUPL-1.2
"""Searching and sorting agree about ß, umlauts and accents, on both databases."""

import unicodedata

import pytest

from actors.models import Person
from core.search import folded, matching
from core.typed.cleaning import before_control, cleaned, imported


@pytest.fixture
def people(db):
    for name in ("Zander", "Müller", "Ähre", "Gruß", "Álvarez", "Muller-Lüdenscheidt", "Mueller", "Øster", "Abel"):
        Person.objects.create(family_name=name)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("MÜLLER", {"Müller", "Muller-Lüdenscheidt", "Mueller"}),
        ("mueller", {"Müller", "Muller-Lüdenscheidt", "Mueller"}),
        (unicodedata.normalize("NFD", "müller"), {"Müller", "Muller-Lüdenscheidt", "Mueller"}),
        ("gruss", {"Gruß"}),
        ("GRUß", {"Gruß"}),
        ("alvarez", {"Álvarez"}),
        ("oster", {"Øster"}),
        ("lüden\u00adscheidt", {"Muller-Lüdenscheidt"}),
        ("%", set()),
    ],
)
def test_a_name_is_found_however_it_is_spelled(people, typed, found):
    assert set(Person.objects.filter(matching(typed, "family_name")).values_list("family_name", flat=True)) == found


def test_names_are_sorted_as_in_a_german_list(people):
    assert [person.family_name for person in Person.objects.all()] == [
        *("Abel", "Ähre", "Álvarez", "Gruß", "Mueller"),
        *("Müller", "Muller-Lüdenscheidt", "Øster", "Zander"),
    ]


def test_folding_in_the_database_is_folding_in_python(people):
    from core.search import Folded

    for name, there in Person.objects.values_list("family_name", Folded("family_name")):
        assert folded(name) == there


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Schul\u00adsozial\u00adarbeit\u200b", "Schulsozialarbeit"),
        ("Mu\u0308ller", "Müller"),
        ("eins\r\nzwei\rdrei\x0bvier", "eins\nzwei\ndrei\nvier"),
        ("\ufeffText\u202egedreht", "Textgedreht"),
        ("👩\u200d🏫 und A\u200dB", "👩\u200d🏫 und AB"),
        ("eins\tzwei", "eins\tzwei"),
    ],
)
def test_text_is_cleaned_at_the_door(typed, kept):
    assert cleaned(typed) == kept
    assert cleaned(kept) == kept


def test_control_characters_are_named_by_the_words_before_them():
    assert before_control("Die Stadt\x00 zahlt") == "Die Stadt"
    assert before_control("Die Stadt\n\tzahlt") is None
    assert imported("Die\x07 Stadt\r\n") == "Die Stadt\n"
