# SPDX-License-Identifier: EUPL-1.2
"""Text means what was typed: numbers, dates, stars, files' names and what Word pastes stay what they are."""

from html import unescape

import pytest
from django.utils.html import strip_tags

from core.typed.items import first_point, items_of
from core.typed.shown import inline, resolution, typed


def read(html):
    """What a reader sees, one line per line."""
    for tag in ("<br>", "</p>", "</li>"):
        html = html.replace(tag, "\n")
    return [line.replace("\xa0", " ") for line in unescape(strip_tags(html)).splitlines()]


@pytest.mark.parametrize(
    "said",
    [
        "5. Dezember 2026: Beginn der Anmeldung.\n31. Januar 2027: Ende der Anmeldung.",
        "5. Mai\n6. Mai\n7. Mai",
        "1. Jan. 2027\n2. Jan. 2027",
        "3. Der Rat stimmt zu.",
        "2027. Jahr der Schulen.\n2028. Jahr der Vereine.",
        "31. 7. 2029\n32. 7. 2029",
        "4. Änderungssatzung",
        "14. Sitzung",
        "01. Punkt\n02. Punkt",
        "Dazu eine Erläuterung.\n2. Die Verwaltung berichtet.",
        "1. Der Rat stimmt zu.\nDie Stadt beschließt:\n2. Die Verwaltung berichtet.",
        "+ 3,4 % mehr als im Vorjahr",
        "- 3,4 % weniger\n- 12",
        "* vorläufiger Wert",
        "*) ohne Berufskolleg",
        "# Überschrift\n> Zitat",
        "a) eins\nb) zwei",
        "I. Teil\nII. Teil",
        "1.1 Anlass\n1.2 Ziel",
        "§ 1 Zweck\n§ 2 Träger",
    ],
)
def test_numbers_dates_and_signs_stay_as_typed(said):
    assert read(typed(said)) == read(resolution(said)) == said.split("\n")
    assert items_of(said) == said.split("\n")


@pytest.mark.parametrize(
    "said",
    [
        "Die Schüler*innen und ihre Lehrer*innen wählen die Sprecher*innen. 2*3*4 Plätze.",
        "Jede*r Lehrer*in und *innen, Schüler*",
        "entwurf_v2_final_.docx, _alt_.pdf, *.csv und *.xlsx",
        "2 * 3 * 4, 2**3**4, *5*",
        "Kennwort: **** und *** Entwurf ***",
        "\\\\server\\freigabe\\*.pdf",
        "AT&amp;T &lt;b&gt;",
        "a **b",
        "[alt](http://a.example) und [böse](javascript:alert(1))",
    ],
)
def test_a_star_in_a_word_a_sum_or_a_name_of_a_file_stays(said):
    shown = typed(said)
    assert unescape(shown.removeprefix("<p>").removesuffix("</p>")).replace("\xa0", " ") == said
    assert unescape(inline(said)).replace("\xa0", " ") == said


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("3. Der Rat\n4. Die Verwaltung", '<ol start="3"><li>Der Rat</li><li>Die Verwaltung</li></ol>'),
        ("1) eins\n2) zwei", '<ol class="bracket"><li>eins</li><li>zwei</li></ol>'),
        (
            "1. Punkt\na) eins\nb) zwei\n2. Punkt\n   weiter\n\n3. Punkt",
            "<ol><li>Punkt<br>a) eins<br>b) zwei</li><li>Punkt<br>weiter</li><li>Punkt</li></ol>",
        ),
        ("- a\n  - b\n- c", '<ul class="lines"><li>a<br>– b</li><li>c</li></ul>'),
        ("- a\nDanach.", '<ul class="lines"><li>a</li></ul><p>Danach.</p>'),
        ("- ein Satz, der\nweitergeht", '<ul class="lines"><li>ein Satz, der<br>weitergeht</li></ul>'),
        ("* a\n* b", '<ul class="lines dots"><li>a</li><li>b</li></ul>'),
        ("• 3,4 % Zuwachs", '<ul class="lines dots"><li>3,4\xa0% Zuwachs</li></ul>'),
        (
            "Die Stadt beschließt:\n•\tErstens.\n•\tZweitens.\n\n1.\tDer Rat.\n2.\tDie Stadt.",
            '<p>Die Stadt beschließt:</p><ul class="lines dots"><li>Erstens.</li><li>Zweitens.</li></ul>'
            "<ol><li>Der Rat.</li><li>Die Stadt.</li></ol>",
        ),
        ("§\teins\n§\tzwei", '<ul class="lines dots"><li>eins</li><li>zwei</li></ul>'),
        ("**siehe [x](https://a.de)**", '<p><strong>siehe <a href="https://a.de">x</a> (a.de)</strong></p>'),
        ("**a *b* c** *d*", "<p><strong>a <em>b</em> c</strong> <em>d</em></p>"),
        ("**a *b** c*", "<p><strong>a *b</strong> c*</p>"),
    ],
)
def test_lists_and_marks_are_what_certain_signs_say(said, shown):
    assert typed(said) == shown


@pytest.mark.parametrize(
    "said",
    [
        "Mareike Thölke\tTarek Haddad\nLeitung Bildungsbüro\tBeigeordneter",
        "____________\t____________\nOrt, Datum\tUnterschrift",
        "gez. Thölke\ti. V. Haddad\nFB 51\tFB 40",
        "Lindenfurt, den 5.12.2026\tLindenfurt, den 5.12.2026\nMareike Thölke\tTarek Haddad",
        "\t\tMareike Thölke\n\t\tLeiterin",
        "Mareike Thölke\t\tTarek Haddad\nLeiterin\t\tDezernent",
        "ein\tTabulator allein",
        "a)\tErster\nb)\tZweiter",
    ],
)
def test_who_signs_beside_each_other_stands_in_lines(said):
    lines = [" ".join(line.split()) for line in said.split("\n")]
    assert [" ".join(line.split()) for line in read(typed(said))] == lines
    assert [" ".join(line.split()) for line in read(resolution(said))] == lines


@pytest.mark.parametrize(
    "said",
    [
        "Stadtbezirk\tKinder\nAltstadt\t14",
        "\t2024\t2025\nKinder\t3\t4",
        "Aufgabe\tZuständig\nGanztag\tBildungsbüro",
        "Nr.\tBezirk\tKinder\n1.\tAltstadt\t14\n2.\tNordhang\t38",
        "Weg | Grund\n- | -\neins | zwei | drei",
    ],
)
def test_cells_of_a_spreadsheet_are_a_table_without_loss(said):
    shown = typed(said)
    assert shown.count("<table>") == 1
    cells = [cell.strip() for line in said.split("\n") for cell in line.replace("|", "\t").split("\t")]
    assert all(f">{cell}<" in shown for cell in cells if cell not in ("", "-"))


def test_plain_lines_of_a_resolution_are_numbered_and_the_sentence_before_them_is_not():
    said = "Die Stadt beschließt:\nDer Ganztag wird ausgebaut.\na) in der Altstadt\nDer Rat bittet um Bericht."
    assert resolution(said) == (
        "<p>Die Stadt beschließt:</p><ol><li>Der Ganztag wird ausgebaut.<br>a) in der Altstadt</li>"
        "<li>Der Rat bittet um Bericht.</li></ol>"
    )
    assert resolution("Eins.\nAußerdem:\nZwei.") == (
        '<ol><li>Eins.</li></ol><p>Außerdem:</p><ol start="2"><li>Zwei.</li></ol>'
    )
    assert resolution("Der Rat stimmt zu.") == "<p>Der Rat stimmt zu.</p>"
    assert first_point(said) == "Der Ganztag wird ausgebaut. a) in der Altstadt"


def test_items_lose_signs_and_running_numbers_and_nothing_else():
    assert items_of("1. Erstens\n2. Zweitens\n- Drittens\n3,7 Punkte\n5. Dezember: Start") == [
        "Erstens",
        "Zweitens",
        "Drittens",
        "3,7 Punkte",
        "5. Dezember: Start",
    ]
