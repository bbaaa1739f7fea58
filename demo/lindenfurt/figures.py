# SPDX-License-Identifier: EUPL-1.2
"""Lindenfurt's statistics, written as files in the layouts that offices get. All values are invented."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

TOWN, STATE = "99001", "99"
NAMES = {
    TOWN: "Lindenfurt, kreisfreie Stadt",
    STATE: "Land Mittelauen (fiktiv)",
    "99001-1": "Altstadt",
    "99001-2": "Nordhang",
    "99001-3": "Hafenviertel",
    "99001-4": "Sonnberg",
    "99001-5": "Auental-Süd",
}
VARIABLES = {2: ("DLAND", "Bundesländer"), 5: ("KREISE", "Kreise und kreisfreie Städte"), 7: ("STADTB", "Stadtbezirke")}


@dataclass(frozen=True)
class Statistic:
    """One table: its periods, and per region numerator and denominator for each, as numbers or signs."""

    key: str
    table: str
    title: str
    layout: str
    time: str  # JAHR or STAG
    periods: tuple
    measures: tuple  # (code, label, unit) of numerator and denominator
    values: dict
    provisional: tuple = ()
    protection: str = "open"
    next_delivery: int = 120  # days from today


def _state(*rates: float) -> list[tuple[int, int]]:
    """The state's values as numerator and denominator that give these rates."""
    return [(round(rate * 1000), 100_000) for rate in rates]


STATISTICS = [
    Statistic(
        "I1",
        "22543-99-01-4",
        "Kinder unter drei Jahren in Betreuung (fiktiv)",
        "flat",
        "STAG",
        ("2021-03-01", "2022-03-01", "2023-03-01", "2024-03-01", "2025-03-01"),
        (("KIBE01", "betreute Kinder unter drei Jahren", "Anzahl"), ("KIND01", "Kinder unter drei Jahren", "Anzahl")),
        {
            TOWN: [(1010, 3240), (1065, 3310), (1102, 3290), (1121, 3180), (1132, 3060)],
            STATE: _state(33.0, 34.1, 35.6, 37.2, 38.4),
        },
    ),
    Statistic(
        "I2",
        "23811-99-02-4",
        "Schuleingangsuntersuchung: Sprachförderbedarf (fiktiv)",
        "flat",
        "JAHR",
        ("2020", "2021", "2022", "2023", "2024"),
        (("SEU002", "Kinder mit Sprachförderbedarf", "Anzahl"), ("SEU001", "untersuchte Kinder", "Anzahl")),
        {
            TOWN: [(248, 1012), ("/", "/"), (287, 1048), (312, 1066), (331, 1071)],
            STATE: _state(24.0, 24.6, 25.4, 26.3, 27.2),
            "99001-1": [None, None, None, None, (41, 198)],
            "99001-2": [None, None, None, None, (97, 251)],
            "99001-3": [None, None, None, None, (88, 214)],
            "99001-4": [None, None, None, None, (52, 212)],
            "99001-5": [None, None, None, None, (53, 196)],
        },
        protection="suppress_5",
        next_delivery=25,
    ),
    Statistic(
        "I3",
        "21111-99-03-4",
        "Grundschulkinder im Ganztag (fiktiv)",
        "classic",
        "JAHR",
        ("2021", "2022", "2023", "2024", "2025"),
        (("im Ganztag", "im Ganztag", "Anzahl"), ("Insgesamt", "Insgesamt", "Anzahl")),
        {
            TOWN: [(1834, 4020), (1958, 4075), (2098, 4130), (2251, 4188), (2402, 4231)],
            STATE: _state(49.0, 51.2, 53.5, 55.9, 58.1),
        },
    ),
    Statistic(
        "I4",
        "21111-99-04-4",
        "Übergänge nach Klasse 4 (fiktiv)",
        "classic",
        "JAHR",
        ("2021", "2022", "2023", "2024", "2025"),
        (("auf das Gymnasium", "auf das Gymnasium", "Anzahl"), ("Insgesamt", "Insgesamt", "Anzahl")),
        {
            TOWN: [(388, 982), (401, 1003), (409, 1015), (418, 1021), (424, 1040)],
            STATE: _state(40.1, 40.4, 40.9, 41.2, 41.5),
        },
    ),
    Statistic(
        "I5",
        "21111-99-06-4",
        "Abgehende nach Abschluss (fiktiv)",
        "flat",
        "JAHR",
        ("2020", "2021", "2022", "2023", "2024"),
        (("ABG001", "Abgehende ohne Ersten Schulabschluss", "Anzahl"), ("ABG000", "Abgehende insgesamt", "Anzahl")),
        {
            TOWN: [(71, 1046), (78, 1032), (86, 1019), (94, 1027), (91, 1038)],
            STATE: _state(6.1, 6.5, 6.9, 7.2, 7.4),
            # 2 is too small to be shown, and 9 would give it away: the release hides both
            "99001-1": [None, None, None, (14, 196), None],
            "99001-2": [None, None, None, (38, 232), None],
            "99001-3": [None, None, None, (31, 184), None],
            "99001-4": [None, None, None, (2, 221), None],
            "99001-5": [None, None, None, (9, 194), None],
        },
        provisional=("2024",),
        protection="suppress_3",
        next_delivery=4,
    ),
    Statistic(
        "I6",
        "13211-99-05-4",
        "Jugendarbeitslosenquote (fiktiv)",
        "flat",
        "JAHR",
        ("2021", "2022", "2023", "2024", "2025"),
        (("ERWP15", "Arbeitslosenquote 15 bis unter 25 Jahre", "Prozent"),),
        {
            TOWN: [("6,9",), ("5,8",), ("5,6",), ("6,1",), ("6,6",)],
            STATE: [("6,2",), ("5,4",), ("5,3",), ("5,6",), ("5,9",)],
        },
    ),
    Statistic(
        "I7",
        "22811-99-07-4",
        "Kinder unter 15 Jahren im SGB-II-Bezug (fiktiv)",
        "flat",
        "STAG",
        ("2020-12-31", "2021-12-31", "2022-12-31", "2023-12-31", "2024-12-31"),
        (
            ("SGB015", "Kinder unter 15 Jahren im SGB-II-Bezug", "Anzahl"),
            ("BEV015", "Kinder unter 15 Jahren", "Anzahl"),
        ),
        {
            TOWN: [(2890, 16980), (2815, 17040), (3020, 17190), (3105, 17240), (3060, 17260)],
            STATE: _state(13.9, 13.6, 14.1, 14.4, 14.2),
        },
    ),
    Statistic(
        "I8",
        "21611-99-08-4",
        "Unterrichtsstunden der Volkshochschule (fiktiv)",
        "flat",
        "JAHR",
        ("2020", "2021", "2022", "2023", "2024"),
        (("VHS001", "Unterrichtsstunden", "Anzahl"), ("BEVSTD", "Bevölkerung", "Anzahl")),
        {
            TOWN: [(9820, 116900), (10440, 117300), (12690, 118100), (13860, 118600), (14210, 118900)],
            STATE: [
                (92_000, 1_000_000),
                (98_000, 1_000_000),
                (113_000, 1_000_000),
                (124_000, 1_000_000),
                (131_000, 1_000_000),
            ],
        },
    ),
]


# Of this table an earlier delivery named too many children; the correction came after an approval stood on it.
CORRECTED = "I7"
TOO_MANY = (3107, 17260)


def before_correction(statistic: Statistic) -> Statistic:
    """The statistic as it was delivered first."""
    if statistic.key != CORRECTED:
        return statistic
    return replace(statistic, values=statistic.values | {TOWN: [*statistic.values[TOWN][:-1], TOO_MANY]})


def write(statistic: Statistic, folder: Path) -> Path:
    """Write one table as a file into the folder and return its path."""
    path = folder / f"{statistic.table}_lindenfurt.csv"
    if statistic.layout == "flat":
        path.write_text(_flat(statistic), encoding="utf-8-sig", newline="")
    else:
        path.write_text(_classic(statistic), encoding="cp1252", newline="")
    return path


def _flat(statistic: Statistic) -> str:
    """Flat file CSV: one value per row, in no order, with the quality column."""
    head = "statistics_code;statistics_label;time_code;time_label;time;1_variable_code;1_variable_label;"
    head += "1_variable_attribute_code;1_variable_attribute_label;value;value_unit;value_variable_code;"
    head += "value_variable_label;value_q"
    code = statistic.table.split("-")[0]
    time_label = "Stichtag" if statistic.time == "STAG" else "Jahr"
    rows = []
    for region, per_period in statistic.values.items():
        variable, variable_label = VARIABLES[len(region)]
        for period, values in zip(statistic.periods, per_period, strict=True):
            for (measure, label, unit), value in zip(statistic.measures, values or (), strict=values is not None):
                quality = "p" if period in statistic.provisional and region == TOWN else ""
                rows.append(
                    f"{code};{statistic.title};{statistic.time};{time_label};{period};{variable};{variable_label};"
                    f"{region};{NAMES[region]};{value};{unit};{measure};{label};{quality}"
                )
    random.Random(statistic.table).shuffle(rows)  # noqa: S311 - an order for show, the same each time
    return "\r\n".join([head, *rows, ""])


def _classic(statistic: Statistic) -> str:
    """Table CSV as clerks download it: title lines, header rows, data, footnotes, Stand."""
    labels = ";".join(label for _code, label, _unit in statistic.measures)
    lines = [
        f"GENESIS-Tabelle: {statistic.table}",
        f"{statistic.title} -;;;;",
        "Schuljahr - regionale Tiefe: Land, Stadt;;;;",
        "Statistik der allgemeinbildenden Schulen (fiktiv);;;;",
        "Kinder (Anzahl);;;;",
        f";;;{labels}",
    ]
    for index, period in enumerate(statistic.periods):
        for region, indent in ((STATE, "  "), (TOWN, "      ")):
            values = ";".join(str(value) for value in statistic.values[region][index])
            lines.append(f"{period};{region};{indent}{NAMES[region]};{values}")
    lines += [
        "__________",
        '"zu ""gesamte Tabelle"":',
        'Das Jahr ist das Jahr, in dem das Schuljahr endet."',
        '"© Statistisches Landesamt Mittelauen (fiktiv).',
        'Dieses Werk ist lizenziert unter der Datenlizenz Deutschland - Namensnennung - Version 2.0."',
        "Stand: 14.08.2025 / 09:30:00",
        "",
    ]
    return "\n".join(lines)
