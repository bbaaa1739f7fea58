# SPDX-License-Identifier: EUPL-1.2
"""The eight key figures of Lindenfurt."""

from dataclasses import dataclass

from indicators.models import PeriodKind


@dataclass(frozen=True)
class Definition:
    key: str
    name: str
    topic: str
    indicator: str
    definition: str
    numerator: str
    denominator: str
    unit: str
    period_kind: str
    period_label: str
    source: str
    holder: str
    reading: str
    caveats: str
    factor: int = 100
    decimals: int = 1


CATALOGUE = [
    Definition(
        "I1",
        "Betreuungsquote unter drei Jahren",
        "Frühkindliche Bildung",
        "Beteiligung an Kindertagesbetreuung",
        "Betreute Kinder unter drei Jahren je 100 Kinder dieses Alters.",
        "betreute Kinder unter drei Jahren",
        "Kinder unter drei Jahren",
        "%",
        PeriodKind.REFERENCE_DATE,
        "Stichtag",
        "Kinder- und Jugendhilfestatistik (fiktiv)",
        "FB 51",
        "Am 1. März 2025 wurden von 3.060 Kindern unter drei Jahren 1.132 betreut. Das sind 37 von 100 Kindern.",
        "Gezählt werden Kinder am Ort der Einrichtung. Kinder aus Nachbargemeinden sind enthalten.",
    ),
    Definition(
        "I2",
        "Kinder mit Sprachförderbedarf",
        "Frühkindliche Bildung",
        "Sprachstand vor der Einschulung",
        "Kinder mit Befund „Sprachförderbedarf“ je 100 untersuchte Kinder der Schuleingangsuntersuchung.",
        "Kinder mit Sprachförderbedarf",
        "untersuchte Kinder",
        "%",
        PeriodKind.YEAR,
        "Einschulung",
        "Schuleingangsuntersuchung FB 53 (fiktiv)",
        "FB 53",
        "Von 1.071 Kindern, die vor der Einschulung 2024 untersucht wurden, hatten 331 Sprachförderbedarf. "
        "Das sind 31 von 100 Kindern.",
        "2021 war die Untersuchung ausgesetzt. Aussagen über einzelne Kitas sind nicht möglich.",
    ),
    Definition(
        "I3",
        "Ganztagsquote im Grundschulalter",
        "Allgemeinbildende Schulen",
        "Ganztag",
        "Kinder im Ganztag an Schule oder Hort je 100 Grundschulkinder.",
        "Kinder im Ganztag",
        "Grundschulkinder",
        "%",
        PeriodKind.SCHOOL_YEAR_END,
        "Schuljahr",
        "Schulträger und FB 51 (fiktiv)",
        "FB 40",
        "Im Schuljahr 2024/25 besuchten 2.402 von 4.231 Grundschulkindern den Ganztag.",
        "",
    ),
    Definition(
        "I4",
        "Übergangsquote auf das Gymnasium",
        "Allgemeinbildende Schulen",
        "Übergänge",
        "Übergänge auf das Gymnasium je 100 Übergänge nach Klasse 4.",
        "Übergänge auf das Gymnasium",
        "alle Übergänge nach Klasse 4",
        "%",
        PeriodKind.SCHOOL_YEAR_END,
        "Schuljahr",
        "Schulstatistik des Landes (fiktiv)",
        "FB 40",
        "Im Schuljahr 2024/25 wechselten 424 von 1.040 Kindern nach Klasse 4 auf das Gymnasium.",
        "",
    ),
    Definition(
        "I5",
        "Abgehende ohne Ersten Schulabschluss",
        "Allgemeinbildende Schulen",
        "Abschlüsse",
        "Abgehende ohne Ersten Schulabschluss je 100 Absolvierende und Abgehende.",
        "Abgehende ohne Ersten Schulabschluss",
        "alle Absolvierenden und Abgehenden",
        "%",
        PeriodKind.SCHOOL_YEAR_END,
        "Schuljahr",
        "Schulstatistik des Landes Mittelauen (fiktiv)",
        "FB 40",
        "Im Schuljahr 2023/24 gingen 91 von 1.038 Jugendlichen ohne Ersten Schulabschluss ab.",
        "Gezählt wird am Schulort, nicht am Wohnort. Abgehende von Förderschulen sind enthalten.",
    ),
    Definition(
        "I6",
        "Jugendarbeitslosenquote 15 bis unter 25",
        "Rahmenbedingungen",
        "Arbeitsmarkt",
        "Arbeitslose von 15 bis unter 25 Jahren je 100 zivile Erwerbspersonen dieses Alters.",
        "",
        "",
        "%",
        PeriodKind.YEAR,
        "Jahresdurchschnitt",
        "Arbeitsmarktstatistik (fiktiv)",
        "FB 50",
        "Im Jahresdurchschnitt 2025 waren 6,6 von 100 Erwerbspersonen unter 25 Jahren arbeitslos.",
        "",
    ),
    Definition(
        "I7",
        "SGB-II-Quote unter 15 Jahren",
        "Rahmenbedingungen",
        "Soziale Lage",
        "Kinder unter 15 Jahren im SGB-II-Bezug je 100 Kinder dieses Alters.",
        "Kinder im SGB-II-Bezug",
        "Kinder unter 15 Jahren",
        "%",
        PeriodKind.REFERENCE_DATE,
        "Stichtag",
        "Grundsicherungsstatistik (fiktiv)",
        "FB 50",
        "Am 31. Dezember 2024 bezogen 3.060 von 17.260 Kindern unter 15 Jahren Leistungen.",
        "Kontextkennzahl.",
    ),
    Definition(
        "I8",
        "VHS-Unterrichtsstunden je 1.000 EW",
        "Weiterbildung",
        "Angebot der Volkshochschule",
        "Unterrichtsstunden der Volkshochschule je 1.000 Einwohnerinnen und Einwohner.",
        "Unterrichtsstunden",
        "Bevölkerung",
        "UStd.",
        PeriodKind.YEAR,
        "Jahr",
        "Volkshochschul-Statistik (fiktiv)",
        "FB 41",
        "2024 gab es je 1.000 Einwohnerinnen und Einwohner 120 Unterrichtsstunden.",
        "",
        factor=1000,
        decimals=0,
    ),
]
