# SPDX-License-Identifier: EUPL-1.2
"""Lindenfurt's strategic goals and how its fields of action hang together. All of it is invented."""

GUIDING = "Stadtrat, Leitbild Bildung Lindenfurt"
# number, goal, number of the goal above, description
GOALS = [
    (
        "1",
        "Gute Startchancen von Anfang an",
        "",
        "Kein Kind beginnt die Schule mit einem Nachteil, den die Stadt mildern kann.",
    ),
    ("1.1", "Jedes Kind kann zum Schulstart gut Deutsch", "1", ""),
    ("1.2", "Jede Familie findet einen Platz für ihr Kind unter drei Jahren", "1", ""),
    (
        "2",
        "Schulerfolg unabhängig von der Herkunft",
        "",
        "Die Stadt schafft die äußeren Bedingungen; über den Unterricht entscheidet das Land.",
    ),
    ("2.1", "Ein verlässlicher Ganztagsplatz für jedes Grundschulkind bis 2029", "2", ""),
    ("2.2", "Weniger Jugendliche verlassen die Schule ohne Abschluss", "2", ""),
    ("2.3", "Kein Kind lernt hungrig oder ohne Material", "2", ""),
    ("3", "Übergänge gelingen", "", ""),
    ("3.1", "Eine Anlaufstelle für Schule und Beruf statt dreier Wege", "3", ""),
    ("4", "Lernen ein Leben lang", "", ""),
    ("4.1", "Grundbildung in jedem Stadtbezirk", "4", ""),
]
# title's key in proposals: numbers of goals
SERVES = {
    "LANGUAGE": ["1.1"],
    "ABSENCE": ["2.2", "3.1"],
    "ALL_DAY": ["2.1"],
    "CONTACT_POINT": ["3.1"],
    "BASIC_EDUCATION": ["4.1"],
    "BREAKFAST": ["2.3"],
    "CHILD_CARE": ["1.2"],
}
FIELD_ABOVE = "Bildung im Kindes- und Jugendalter"
FIELDS_BELOW = ("Frühe Bildung und Sprache", "Schule und Ganztag", "Übergang Schule–Beruf")
