# SPDX-License-Identifier: EUPL-1.2
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from core import charts, dates, figures
from core.series import Point, Series, from_json, to_json
from core.shapes import SHAPES

SERIES = [
    Series(
        "Stadt",
        (Point("2021", Decimal("6.8")), Point("2022", None, "/"), Point("2023", Decimal("8.8"), "", "p")),
        own=True,
    ),
    Series("Land", (Point("2021", Decimal("6.1")), Point("2023", Decimal("7.4")))),
]


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [("1234.55", 1, "1.234,6"), ("-0.4", 1, "−0,4"), ("8.85", 1, "8,9"), ("91", 0, "91"), (None, 1, "")],
)
def test_numbers_are_written_as_germans_write_them(value, decimals, text):
    assert figures.number(None if value is None else Decimal(value), decimals) == text


def test_a_sign_stands_in_the_place_of_a_number():
    assert figures.figure(None, ".") == "·"
    assert figures.figure(None, "-") == "–"
    assert figures.figure(Decimal("8.8"), "", "p", 1, "%") == "8,8\xa0%\xa0p"


def test_days_are_relative_and_absolute_at_once():
    today = date(2026, 10, 8)
    assert dates.day(date(2026, 10, 12), today=today).replace("\xa0", " ") == "Mo, 12. Okt., in 4 Tagen"
    assert dates.short_day(date(2030, 11, 10), today=today).replace("\xa0", " ") == "So, 10. Nov. 2030"
    with translation.override("en"):
        assert dates.relative(date(2026, 10, 7), today=today) == "yesterday"


def test_a_series_survives_being_stored():
    assert from_json(to_json(SERIES)) == SERIES


def test_a_chart_says_every_value_and_every_sign_in_words():
    chart = charts.line_chart(SERIES, title="Abgänge", unit="%")
    for words in ("Stadt", "2021: 6,8\xa0%", "2022: nicht sicher genug", "Land", "7,4"):
        assert words in chart.title


def test_a_missing_value_breaks_the_line_and_keeps_its_place():
    own = next(line for line in charts.line_chart(SERIES, title="x").lines if line.own)
    assert own.runs == []
    assert [sign.text for sign in own.signs] == ["/"]
    assert [mark.provisional for mark in own.marks] == [False, True]


def test_the_axis_of_a_chart_starts_at_zero():
    assert charts.line_chart(SERIES, title="x").ticks[0].text.startswith("0")


def test_every_code_that_a_page_draws_has_a_shape():
    from committees.models import Result
    from recommendations.models import DecisionKind, Effect, Light, Position, Unanswered

    for kind, choices in {
        "decision": DecisionKind.values,
        "statement": {*Position.values, *Unanswered.values},
        "light": Light.values,
        "effect": Effect.values,
        "result": Result.values,
    }.items():
        assert set(SHAPES[kind]) == set(choices), kind


@pytest.mark.parametrize(
    ("days", "shown"),
    [(("01.03.2024", "01.03.2025"), ["2024", "2025"]), (("01.03.2024", "01.09.2024"), ["03/24", "09/24"])],
)
def test_a_reference_day_stands_under_the_axis_as_its_year_or_its_month(days, shown):
    town = Series("Stadt", tuple(Point(day, Decimal("6.8")) for day in days), own=True)
    assert [mark.text for mark in charts.line_chart([town], title="x").periods] == shown
