# SPDX-License-Identifier: EUPL-1.2
"""How every form of the house looks and what it understands."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.utils.translation import gettext, override

from core.defaults import SAID
from core.forms import NumberField
from recommendations.models import Recommendation


class Application(forms.Form):
    needed = {"reason": "nötig, wenn es mehr als 1.000 € sind"}

    title = forms.CharField(help_text="Worum geht es?", max_length=100)
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect, help_text="Eines davon.")
    amount = NumberField(unit="€", required=False)
    reason = forms.CharField(widget=forms.Textarea, max_length=600, required=False, help_text="Ein Satz genügt.")
    note = forms.CharField(required=False)
    level = Recommendation._meta.get_field("responsible_level").formfield(required=False)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("420.000,50", "420000.50"),
        ("420 000,5", "420000.5"),
        ("420000.50", "420000.50"),
        ("1.500", "1500"),
        ("1.25", "1.25"),
        ("1.500 €", "1500"),
        ("−12,5", "-12.5"),
        ("1.234.567", "1234567"),
    ],
)
def test_numbers_are_understood_as_people_here_type_them(typed, meant):
    with override("de"):
        assert NumberField().clean(typed) == Decimal(meant)


def test_an_english_reader_types_english_numbers():
    with override("en"):
        assert NumberField().clean("420,000.50") == Decimal("420000.50")


@pytest.mark.parametrize("typed", ["zwölf", "1.2.3", "1,2,3", "12.34.567"])
def test_what_is_no_number_is_asked_for_again(typed):
    with override("de"), pytest.raises(forms.ValidationError, match=r"zum Beispiel 1\.250,50"):
        NumberField().clean(typed)


@pytest.mark.parametrize("typed", ["3.12.26", "03.12.2026", "2026-12-03"])
def test_days_are_understood_as_people_here_type_them(typed):
    with override("de"):
        assert forms.DateField().clean(typed) == date(2026, 12, 3)


def test_default_messages_are_sentences_of_our_own():
    with override("de"):
        for message in SAID:
            assert gettext(message).startswith(("Bitte", "„", "Was", "Die Datei", "Das gibt")), message
        assert Application({}).errors["title"] == ["Bitte füllen Sie dieses Feld aus."]


def test_hint_and_error_stay_tied_to_the_field():
    with override("de"):
        page = str(Application({"reason": "x" * 601}))
    assert 'aria-describedby="id_title-error id_title-hint"' in page
    assert 'aria-describedby="id_kind-error id_kind-hint"' in page
    assert 'aria-describedby="id_amount-unit"' in page
    assert 'aria-describedby="id_reason-error id_reason-hint id_reason-count"' in page
    for name in ("title", "kind", "reason"):
        assert f'id="id_{name}-error"' in page
        assert f'id="id_{name}-hint"' in page
        assert f'<a href="#id_{name}' in page, "the summary leads to every field"


def test_behind_a_label_stands_when_the_field_is_needed():
    with override("de"):
        page = " ".join(str(Application()).split())
    assert "(nötig, wenn es mehr als 1.000 € sind)" in page
    assert page.count("(freiwillig)") == 3
    assert "höchstens 600 Zeichen" in page
    assert 'data-words="noch LEFT von 600 Zeichen"' in page


def test_no_choice_begins_with_a_row_of_dashes():
    with override("de"):
        page = str(Application())
    assert "---" not in page
    assert "nichts gewählt" in page
