# SPDX-License-Identifier: EUPL-1.2
"""Protected figures of the matrix: exact counts that are prime numbers, so that each is recognised wherever it shows.

No rounded value, sum or rate of theirs is the same number; whoever but education monitoring meets one has found a leak.
"""

from typing import Any

from accounts.models import User
from indicators import flows as indicators
from indicators.models import Indicator, Item, KeyFigure, Protection, Table

REGION = "99001"
# (table, protection, {region: (numerator, denominator)}); 2 is hidden for being small, 20011 because it would tell it
TABLES = (
    (
        "99998-01-01-4",
        Protection.ROUND_5,
        {REGION: (100_003, 300_007), f"{REGION}-1": (40_009, 110_017), f"{REGION}-2": (59_999, 189_989)},
    ),
    (
        "99998-02-01-4",
        Protection.SUPPRESS_3,
        {
            REGION: (50_034, 180_060),
            f"{REGION}-1": (2, 60_013),
            f"{REGION}-2": (20_011, 60_017),
            f"{REGION}-3": (30_021, 60_030),
        },
    ),
)
PRIMES = {
    Protection.ROUND_5: (100_003, 300_007, 40_009, 110_017, 59_999, 189_989),
    Protection.SUPPRESS_3: (20_011,),
}
HEAD = (
    "statistics_code;statistics_label;time_code;time_label;time;1_variable_code;1_variable_label;"
    "1_variable_attribute_code;1_variable_attribute_label;value;value_unit;value_variable_code;value_variable_label\r\n"
)


def spellings(number: int) -> list[str]:
    """The ways a page, a file or a text may write a number."""
    plain = str(number)
    parts = f"{number:,}"
    return [plain, *(parts.replace(",", mark) for mark in (".", ",", " ", "\xa0", "\u202f"))]


def build(tag: str, *, by: User) -> tuple[list[KeyFigure], list[dict[str, Any]]]:
    """Deliver and release both tables; a key figure on each, and what of them nobody else may see, as plain data."""
    figures, secrets = [], []
    for number, (code, protection, rows) in enumerate(TABLES, start=1):
        statistic = code.split("-")[0]
        lines = "".join(
            f"{statistic};Geschützt;JAHR;Jahr;2024;{'STADTB' if '-' in region else 'KREISE'};Gebiet;{region};{region};"
            f"{value};Anzahl;SEC{number}{part}{statistic};geschützt\r\n"
            for region, values in rows.items()
            for part, value in zip("ZN", values, strict=True)
        )
        indicators.import_file(("\ufeff" + HEAD + lines).encode(), f"{code}_geschuetzt.csv", by=by, table_code=code)
        table = Table.objects.get(code=code)
        if table.protection != protection:
            Table.objects.filter(pk=table.pk).update(protection=protection)
        figures.append(_key_figure(table, number, statistic, tag))
        items = list(Item.objects.filter(table=table).values_list("pk", flat=True))
        secrets += [
            {"kind": "exact_value", "id": prime, "canary": str(prime), "table": table.pk, "items": items}
            for prime in PRIMES[protection]
        ]
    indicators.release(Table.objects.filter(code__in=[code for code, *_rest in TABLES]), by=User.objects.get(pk=by.pk))
    return figures, secrets


def _key_figure(table: Table, number: int, statistic: str, tag: str) -> KeyFigure:
    indicator, _created = Indicator.objects.get_or_create(name="Geschützt", defaults={"topic": "Matrix"})
    return KeyFigure.objects.create(
        code=f"G{number}{tag}",
        name=f"Geschützter Anteil {number}",
        indicator=indicator,
        definition="je 100",
        table=table,
        numerator={"measure": f"SEC{number}Z{statistic}"},
        denominator={"measure": f"SEC{number}N{statistic}"},
        unit="%",
        period_label="Jahr",
        source_label="Matrix",
    )
