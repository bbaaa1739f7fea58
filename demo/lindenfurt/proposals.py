# SPDX-License-Identifier: EUPL-1.2
"""The texts of Lindenfurt's recommendations."""

LANGUAGE = {
    "title": "Sprachbildung in Kitas der Bezirke Nordhang und Hafenviertel ausbauen",
    "claim": "Fast jedes dritte Kind beginnt die Schule mit Sprachförderbedarf.",
    "proposed_resolution": "\n".join(
        [
            "In sechs Kitas der Bezirke Nordhang und Hafenviertel wird die alltagsintegrierte Sprachbildung um je eine halbe "
            "Fachkraftstelle verstärkt.",
            "Dafür werden 180.000 Euro je Kitajahr eingesetzt, befristet auf drei Jahre, ab dem zweiten Jahr unter dem Vorbehalt "
            "des Haushalts.",
            "FB 51 berichtet dem Ausschuss jährlich im März über die Umsetzung und die Entwicklung des Sprachförderbedarfs.",
        ]
    ),
    "summary": "\n".join(
        [
            "Der Anteil steigt seit 2020 und liegt 3,7 Prozentpunkte über dem Land.",
            "In Nordhang (38,6 %) und im Hafenviertel (41,1 %) ist er am höchsten.",
            "Sechs Kitas erhalten drei Jahre lang je eine halbe Fachkraftstelle mehr.",
            "Ob der Anteil sinkt, wird an der Einschulung in drei Jahren geprüft.",
        ]
    ),
    "rationale": "Der Anteil steigt mit jedem untersuchten Jahrgang. Verstärkt werden die Teams, nicht einzelne "
    "Förderstunden: Das erreicht alle Kinder einer Gruppe. Die sechs Kitas schlug die AG Frühe Bildung und Sprache "
    "vor; der Stadtelternrat war beteiligt.",
    "alternatives": "\n".join(
        [
            "Nichts tun | 0 | Der Anteil steigt; kein Rückgang in Sicht.",
            "Alle 34 Kitas verstärken | 1.020.000 | Stellen nicht finanzierbar, nicht besetzbar.",
            "Sprachkurse am Nachmittag | 95.000 | Erreicht nur angemeldete Kinder.",
        ]
    ),
    "financial_impact": "180.000 Euro je Kitajahr, drei Jahre lang. FB 51 meldet 155.000 Euro zum Haushalt an.\n\n"
    "Euro, Produkt 36.5.01\t2026\t2027\t2028\t2029\tSumme\n"
    "Zuwendungen an Träger\t75.000\t180.000\t180.000\t105.000\t540.000\n"
    "im Haushalt gedeckt\t75.000\t120.000\t120.000\t70.000\t385.000\n"
    "**noch zu decken**\t**0**\t**60.000**\t**60.000**\t**35.000**\t**155.000**",
    "effect_target": "Kennzahl I2: heute 30,9 %, Ziel höchstens 27,0 %.",
    "file_reference": "51.21-04",
}
LANGUAGE_BEFORE = LANGUAGE["proposed_resolution"].replace("180.000", "240.000")
ABSENCE = {
    "title": "Frühwarnsystem Schulabsentismus und Abgänge ohne Abschluss",
    "claim": "8,8 Prozent gehen ohne Ersten Schulabschluss ab, 1,4 Prozentpunkte mehr als im Land.",
    "proposed_resolution": "\n".join(
        [
            "Die Stadt richtet zum nächsten Schuljahr an allen weiterführenden Schulen ein Frühwarnsystem ein. Ab dem fünften "
            "unentschuldigten Fehltag im Halbjahr können Schulen den Fall an die Schulsozialarbeit geben.",
            "FB 40 und FB 51 besetzen dafür eine gemeinsame Fallstelle mit 1,5 Stellen (132.000 Euro im Jahr).",
            "Anregung an das Land: Die Schulaufsicht wird gebeten, Fehlzeiten einheitlich zu erfassen.",
        ]
    ),
    "summary": "\n".join(
        [
            "91 von 1.038 Jugendlichen gingen ohne Ersten Schulabschluss ab.",
            "In Nordhang und Hafenviertel ist der Anteil doppelt so hoch wie in der Altstadt.",
            "Eine gemeinsame Fallstelle verbindet Schule, Schulsozialarbeit und Jugendamt.",
        ]
    ),
    "rationale": "Im Schuljahr 2023/24 gingen 91 von 1.038 Jugendlichen ohne Ersten Schulabschluss ab. Der Anteil liegt "
    "1,4 Prozentpunkte über dem Land. In Nordhang und Hafenviertel ist er mehr als doppelt so hoch wie in der Altstadt.\n\n"
    "Lange Fehlzeiten gehen dem Abbruch meist voraus. Schulen, Schulsozialarbeit und Jugendamt erfahren davon bisher zu "
    "verschiedenen Zeiten.",
    "alternatives": "\n".join(
        [
            "Nichts tun | 0 | Schulen, Schulsozialarbeit und Jugendamt handeln weiter einzeln.",
            "Nur Fortbildung | 18.000 | Die Zeit bis zur ersten Hilfe verkürzt sich dadurch nicht.",
        ]
    ),
    "financial_impact": "132.000 Euro im Jahr für 1,5 Stellen. Die Deckung ist zum Haushalt angemeldet.",
    "effect_target": "Ausgangswert 8,8 Prozent (Schuljahr 2023/24, vorläufig), Ziel 7,4 Prozent im Schuljahr 2028/29.",
    "file_reference": "01.3-40.2/07",
}
ALL_DAY = {
    "title": "Stufenplan Ganztag bis 2029 mit Platzbedarf je Grundschule",
    "claim": "57 von 100 Grundschulkindern sind im Ganztag; ab 2029 haben alle einen Anspruch.",
    "proposed_resolution": "\n".join(
        [
            "Die Verwaltung setzt den Stufenplan Ganztag mit 640 zusätzlichen Plätzen bis zum Schuljahr 2029/30 um.",
            "Je Grundschule wird der Platzbedarf jährlich zum Schuljahresbeginn fortgeschrieben.",
            "FB 40 und FB 51 berichten halbjährlich dem Ausschuss für Schule und Bildung.",
        ]
    ),
    "summary": "\n".join(
        [
            "2.402 von 4.231 Grundschulkindern besuchen den Ganztag.",
            "Für den Rechtsanspruch fehlen bis 2029 rund 640 Plätze.",
            "Der Plan verteilt Umbau und Personal auf vier Jahre.",
        ]
    ),
    "rationale": "Die Quote steigt jedes Jahr um etwa drei Punkte. Ohne Plan reichen Räume und Personal an fünf Schulen "
    "nicht aus, wenn der Rechtsanspruch alle vier Klassen umfasst.",
    "alternatives": "Nichts tun | 0 | Der Rechtsanspruch ist ab 2029 nicht erfüllbar.\nNur Horte ausbauen | 2.100.000 | "
    "Wege zwischen Schule und Hort bleiben.",
    "financial_impact": "1,4 Mio. Euro Umbau bis 2029, 860.000 Euro Personal im Jahr; Landesmittel sind beantragt.",
    "effect_target": "Kennzahl I3: heute 56,8 %, Ziel 72 % im Schuljahr 2028/29.",
    "file_reference": "40.10-12",
}
ALL_DAY_RESOLVED = "\n".join(
    [
        "Die Verwaltung setzt den Stufenplan Ganztag mit 640 zusätzlichen Plätzen bis zum Schuljahr 2029/30 um.",
        "Je Grundschule wird der Platzbedarf jährlich zum 1. April und zum 1. Oktober fortgeschrieben.",
        "FB 40 und FB 51 berichten halbjährlich dem Ausschuss für Schule und Bildung und dem Jugendhilfeausschuss.",
    ]
)
# title, due in days, steps, how many of them are done, state, traffic light, reason for the delay
ALL_DAY_MEASURES = [
    (
        "Platzbedarf je Grundschule erheben",
        -20,
        ("Anmeldezahlen je Schule abfragen", "Räume begehen", "Bedarf mit FB 51 abgleichen"),
        3,
        "done",
        "green",
        "",
    ),
    (
        "Personal für 120 Plätze gewinnen",
        90,
        ("Stellen ausschreiben", "Neun Stellen besetzen", "Einarbeitung planen"),
        1,
        "running",
        "yellow",
        "Vier von neun Stellen sind unbesetzt.",
    ),
    (
        "Rahmenvereinbarung mit den Trägern schließen",
        60,
        ("Entwurf abstimmen", "Unterschriften einholen"),
        1,
        "running",
        "yellow",
        "Die Abstimmung mit einem Träger dauert länger.",
    ),
    (
        "Umbau Mensa Grundschule Nordhang",
        -8,
        ("Planung", "Ausschreibung", "Bau"),
        1,
        "running",
        "red",
        "Ausschreibung ohne Angebot; sie wird wiederholt.",
    ),
]
CONTACT_POINT = {
    "title": "Gemeinsame Anlaufstelle Übergang Schule–Beruf im Hafenviertel",
    "claim": "6,6 Prozent der unter 25-Jährigen sind arbeitslos, im Land 5,9 Prozent.",
    "proposed_resolution": "\n".join(
        [
            "Die Stadt eröffnet im Hafenviertel eine gemeinsame Anlaufstelle mit der Agentur für Arbeit und dem Jobcenter. Jede "
            "Stelle behält ihre Zuständigkeit.",
            "FB 50 besetzt die Anlaufstelle mit 2,0 Stellen (148.000 Euro im Jahr).",
            "FB 50 berichtet dem Ausschuss für Soziales und Integration jährlich.",
        ]
    ),
    "summary": "\n".join(
        [
            "Wer Hilfe sucht, muss heute zu drei Stellen an drei Orten.",
            "Eine Anlaufstelle führt Beratung, Vermittlung und Hilfe zusammen.",
            "Gedeckt sind 1,5 von 2,0 Stellen.",
        ]
    ),
    "rationale": "6,6 Prozent der 15- bis unter 25-Jährigen sind arbeitslos, im Land 5,9 Prozent. Wer Hilfe sucht, muss "
    "heute zu drei Stellen an drei Orten.",
    "alternatives": "Nichts tun | 0 | Die drei Stellen beraten weiter getrennt. Die Landesförderung verfällt.",
    "financial_impact": "148.000 Euro im Jahr. Davon sind 111.000 Euro gedeckt.",
    "effect_target": "Ziel: 5,9 Prozent im Jahr 2029.",
    "file_reference": "50.30-02",
}
BASIC_EDUCATION = {
    "title": "Offene VHS-Grundbildung in allen Stadtbezirken",
    "claim": "Die Volkshochschule erreicht mit Grundbildung nur zwei von fünf Stadtbezirken.",
    "proposed_resolution": "\n".join(
        [
            "Die Volkshochschule bietet in jedem Stadtbezirk wöchentlich einen offenen Treff zur Grundbildung an.",
            "FB 41 berichtet jährlich über Stunden und Teilnahmen je Bezirk.",
        ]
    ),
    "summary": "2021 gab es 89 Unterrichtsstunden je 1.000 Einwohnerinnen und Einwohner.\nZiel sind 115 Stunden.",
    "rationale": "Offene Angebote in der Nähe erreichen Menschen, die sich zu Kursen nicht anmelden.",
    "alternatives": "Nichts tun | 0 | Das Angebot bleibt auf Altstadt und Nordhang beschränkt.",
    "financial_impact": "64.000 Euro im Jahr, im Haushalt gedeckt.",
    "effect_target": "Kennzahl I8: Ziel 115 Unterrichtsstunden je 1.000 Einwohnerinnen und Einwohner.",
    "file_reference": "41.50-01",
}
BREAKFAST = {
    "title": "Kostenloses Schulfrühstück an allen Grundschulen",
    "claim": "Fast 18 von 100 Kindern unter 15 Jahren leben im SGB-II-Bezug.",
    "proposed_resolution": "Die Stadt bietet an allen Grundschulen ein kostenloses Frühstück an.",
    "summary": "Betroffen sind 4.231 Grundschulkinder.\nDie Kosten betragen rund 1,2 Mio. Euro im Jahr.",
    "rationale": "Ein gemeinsames Frühstück erreicht alle Kinder, ohne einzelne herauszustellen.",
    "alternatives": "Nichts tun | 0 | Einzelne Schulen helfen weiter aus Spenden.",
    "financial_impact": "1.200.000 Euro im Jahr, nicht gedeckt.",
    "effect_target": "",
    "file_reference": "40.60-03",
}
CHILD_CARE = {
    "title": "Plätze für Kinder unter drei Jahren im Hafenviertel schaffen",
    "claim": "37 von 100 Kindern unter drei Jahren werden betreut, 1,4 Prozentpunkte weniger als im Land.",
    "proposed_resolution": "",
    "rationale": "",
}
