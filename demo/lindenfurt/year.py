# SPDX-License-Identifier: EUPL-1.2
"""The passages of Lindenfurt's yearly report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.models import KeyFigure
from reports import passage_flows
from reports.passages import Chapter

if TYPE_CHECKING:
    from accounts.models import User

PASSAGES = {
    Chapter.MANDATE: "Das Bildungsbüro ist die **Stabsstelle 01.3** beim Oberbürgermeister. Es arbeitet im Auftrag des "
    "Stadtrats: Es führt Zahlen, Fachbereiche und Gremien zusammen und hat keine eigene Entscheidungsmacht.\n\n"
    "Besetzt sind 2,5 Stellen: Koordination 1,5, Bildungsmonitoring 1,0. Die Mittel stammen aus dem Produkt 11.1.07.",
    Chapter.GOALS: "Der Lenkungskreis Bildung hat drei Schwerpunkte gesetzt:\n\n"
    "- Sprachbildung vor der Einschulung\n- Ganztag mit Platzbedarf je Grundschule\n- Übergang von der Schule in den Beruf",
    Chapter.COMMITTEES: "Die Vorlagen erreichten alle Ausschüsse fristgerecht. Rückfragen aus den Sitzungen werden bis zur "
    "nächsten Sitzung beantwortet.",
    Chapter.PROJECTS: "Drittmittel wurden in diesem Jahr nicht eingeworben. Ein Antrag für die Anlaufstelle im Hafenviertel ist "
    "mit der Agentur für Arbeit abgestimmt und wartet auf die Entscheidung von FB 50.",
    Chapter.PUBLIC: "Vier Ausgaben des Rundbriefs *Bildung in Lindenfurt*, eine Pressekonferenz zum Ganztag, ein offener Abend "
    "mit dem Stadtelternrat.",
    Chapter.EFFECTS: "Was wir gelernt haben: Eine Klärung vor der Entscheidung kostet eine Woche. Ein Dissens, der erst im "
    "Ausschuss sichtbar wird, kostet eine Sitzungsrunde.",
    Chapter.OUTLOOK: "Im nächsten Jahr stehen der Bericht zur Sprachbildung im Jugendhilfeausschuss und der zweite "
    "Platzbedarfsplan Ganztag an. Für die Prüfung der Wirkungen brauchen wir verlässliche Zahlen je Bezirk; dafür ist "
    "eine Vereinbarung mit der Statistikstelle vorbereitet.",
    Chapter.ASKS: "Zur Kenntnis nehmen | den Tätigkeitsbericht und den Stand der Beschlüsse\n"
    "Mitreden | Themen für den nächsten Bildungsbericht, Rückmeldung an das Bildungsbüro\n"
    "Nachfragen | zum Umbau der Mensa Nordhang, nächster Bericht im Stadtrat",
}


def tell(coordinator: User, year: int) -> None:
    """The coordinator begins the report of the year and writes its passages."""
    report = passage_flows.begin(year, by=coordinator)
    passage_flows.write(report, PASSAGES, key_figure=KeyFigure.objects.get(code="I3"), by=coordinator)
