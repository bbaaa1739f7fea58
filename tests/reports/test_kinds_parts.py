# SPDX-License-Identifier: EUPL-1.2
"""The components of printed documents: typed text, pictures, the house's signet and colour, who may order."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from PIL import Image

from committees import flows as committees
from core.series import Point, Series
from core.typed.shown import inline, typed
from press.preview import page
from recommendations import flows as recommendations
from reports import flows
from reports.kinds import briefing, drawing, house, prose, qr, registry, rights
from tests.reports import kinds_checks as checks


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("Ein Satz.", "<p>Ein Satz.</p>"),
        ("Eins.\n\nZwei.", "<p>Eins.</p><p>Zwei.</p>"),
        ("- a\n- **b**", '<ul class="lines"><li>a</li><li><strong>b</strong></li></ul>'),
        ("- a\n\n- b", '<ul class="lines"><li>a</li><li>b</li></ul>'),
        ("1. a\n2. *b*", "<ol><li>a</li><li><em>b</em></li></ol>"),
        ("- a\n  - b\n    - c", '<ul class="lines"><li>a<br>– b<br>– c</li></ul>'),
        ("- a\n\n  zweiter Absatz", '<ul class="lines"><li>a<br>zweiter Absatz</li></ul>'),
        ("[**Stadt**](https://a.example/x)", '<p><a href="https://a.example/x">Stadt</a> (a.example/x)</p>'),
        ("[böse](javascript:alert(1))", "<p>[böse](javascript:alert(1))</p>"),
        ("[alt](http://a.example)", "<p>[alt](http://a.example)</p>"),
        ("<b>x</b> & <script>", "<p>&lt;b&gt;x&lt;/b&gt; &amp; &lt;script&gt;</p>"),
        ("27. Januar 2026 war es soweit", "<p>27.\xa0Januar 2026 war es soweit</p>"),
        ("# kein Titel", "<p># kein Titel</p>"),
        ("![Bild](https://a.example/x.png)", '<p>!<a href="https://a.example/x.png">Bild</a> (a.example/x.png)</p>'),
        ("", ""),
        (
            "Vorab:\nEuro\t2027\nZuwendung\t180.000\n**offen**\t\nDanach.",
            '<p>Vorab:</p><div class="typed" role="group" tabindex="0" aria-label="Euro">'
            '<table><thead><tr><th scope="col">Euro</th>'
            '<th scope="col" class="num">2027</th></tr></thead><tbody>'
            '<tr><th scope="row">Zuwendung</th><td class="num">180.000</td></tr>'
            '<tr><th scope="row"><strong>offen</strong></th><td class="num">–</td></tr></tbody></table></div>'
            "<p>Danach.</p>",
        ),
        (
            "|Weg|Grund|\n|-|-|\n|<b>|x|",
            '<div class="typed" role="group" tabindex="0" aria-label="Weg">'
            '<table><thead><tr><th scope="col">Weg</th><th scope="col">Grund</th></tr></thead>'
            '<tbody><tr><th scope="row">&lt;b&gt;</th><td>x</td></tr></tbody></table></div>',
        ),
        ("ein\tTabulator allein", "<p>ein\u2003Tabulator allein</p>"),
    ],
)
def test_typed_text_becomes_what_can_be_tagged_and_nothing_else(said, printed):
    assert typed(said) == printed


def test_text_in_a_line_has_no_blocks():
    assert inline("- **a**\n\n1. b") == "- <strong>a</strong> 1. b"
    assert inline("<td colspan=9>") == "&lt;td colspan=9&gt;"


@pytest.mark.parametrize(
    "said",
    [
        "> " * 3000 + "x",
        "- " * 3000 + "x",
        "*" * 20000,
        "[" * 20000,
        "**a " * 5000,
        "a\tb\n" * 5000,
        "|a" * 5000 + "\n" + "|-" * 5000,
    ],
)
def test_nested_text_ends(said):
    assert len(typed(said)) < 500_000


HOSTILE = [
    "<script>alert(1)</script>",
    '<img src="http://127.0.0.1:1/x.png">',
    "</main></body><h1>",
    "{{ 7|add:7 }}{% include '/etc/passwd' %}",
    "<td colspan=1000000>",
    "- <li><p>\n\n- ![x](file:///etc/passwd)",
    "[a](javascript:x) **fett *schief** </p>",
    "=cmd|' /C calc'!A0",
]


def test_hostile_text_is_printed_as_text_in_every_field(make_recommendation, office, head, tmp_path):
    text = "\n\n".join(HOSTILE)
    fields = ("claim", "summary", "proposed_resolution", "rationale", "alternatives", "financial_impact")
    fields += ("impact_assessment", "participation", "effect_target")
    limits = {"claim": 160, "effect_target": 250}
    texts = {field: text[: limits.get(field)] for field in fields}
    recommendation = recommendations.submit(make_recommendation(title=HOSTILE[2] + HOSTILE[4], **texts), by=office)
    recommendations.decide(recommendation, by=head, kind="approve", reason=text)
    recommendation.refresh_from_db()
    paper = recommendations.make_paper(recommendation, by=office, paper_type="decision")
    committees.add_annex(paper, by=office, title=HOSTILE[0], body=text)
    made = [checks.set_kind(code, paper, "full")[0] for code in ("briefing", "briefing_long")]
    made += [checks.set_kind(code, recommendation, "full")[0] for code in ("statements", "evidence_chain")]
    for one in made:
        checks.readable(one)
        assert "root:" not in one.text
        assert "<script" not in one.html
        assert one.html.count("<main>") == one.html.count("</main>") == 1
    assert "add:7" in made[0].text
    checks.conforms(made, tmp_path)


def series(*values, own=True, name="Stadt"):
    points = tuple(
        Point(
            str(2020 + index),
            None if isinstance(value, str) else Decimal(str(value)),
            value if isinstance(value, str) else "",
        )
        for index, value in enumerate(values)
    )
    return Series(name, points, own)


def test_a_missing_year_keeps_its_place_with_its_sign_and_has_no_column():
    made = drawing.columns([series(20, "/", 30)], name="Anteil", unit="%", decimals=1)
    columns = [attributes for tag, attributes, _text in made.marks if tag == "rect"]
    words = [text for tag, _attributes, text in made.marks if tag == "text"]
    assert len(columns) == 2
    assert "/" in words
    assert "2021" in words
    assert columns[1]["height"] > columns[0]["height"]


def test_a_line_breaks_where_a_value_is_missing():
    made = drawing.line([series(1, 2, ".", 4)], name="Anteil", unit="%", decimals=0)
    assert sum(tag == "path" for tag, _attributes, _text in made.marks) == 2  # the axis, and one stretch


def test_two_numbers_of_a_line_never_lie_on_each_other():
    other = Series("Land", (Point("2023", Decimal("58.1")),))
    made = drawing.line([series(45, 50, 56.8), other], name="Anteil", unit="%", decimals=1)
    places = {text: float(about["y"]) for tag, about, text in made.marks if tag == "text"}
    assert abs(places["56,8"] - places["58,1"]) > 16


def test_coordinates_are_never_written_in_german():
    assert (
        "12,5" not in drawing.svg(drawing.columns([series(12.5, 13)], name="x", unit="", decimals=0)).split("<text")[0]
    )


def test_a_code_to_scan_leads_to_its_address():
    picture = qr.code("https://lindenfurt.example/verify/4f7k/")
    assert picture.startswith("<svg")
    assert "<title>" in picture
    assert "https://lindenfurt.example/verify/4f7k/" in picture


@pytest.mark.parametrize("colour", ["#ffff00", "red", "#0b4f5e;}body{display:none}", "#12345"])
def test_a_colour_that_cannot_be_read_is_refused(settings, colour):
    settings.ACCENT_COLOUR = colour
    assert house.accent() == house.ACCENT
    with pytest.raises(SystemCheckError):
        call_command("check")


def test_the_house_prints_in_its_own_colour(settings, paper, tmp_path):
    settings.ACCENT_COLOUR = "#7a1f3d"
    (made,) = checks.set_kind("briefing", paper, "public")
    assert "#7a1f3d" in made.html
    checks.conforms([made], tmp_path)


SIGNET = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 20">'
    '<script>alert(1)</script><style>*{{}}</style><image xlink:href="file:///etc/passwd"/>'
    '<g fill="#123456" onload="x"><path d="M0 0h10v20z" style="fill:url(http://x)"/></g><use href="#a"/></svg>'
)


def test_the_signet_is_taken_over_as_plain_shapes(settings, tmp_path, paper):
    path = tmp_path / "signet.svg"
    path.write_text(SIGNET)
    settings.MUNICIPALITY_LOGO = str(path)
    picture = house.signet()
    assert '<path d="M0 0h10v20z"></path>' in picture
    for word in ("script", "style", "image", "use", "onload", "passwd"):
        assert word not in picture
    (made,) = checks.set_kind("briefing", paper, "public")
    assert any(words.startswith("Signet") for words in checks.readable(made))
    checks.conforms([made], tmp_path)


def test_a_signet_of_pixels_is_set_opaque_and_sharp(settings, tmp_path, paper):
    path = tmp_path / "wappen.png"
    Image.new("RGBA", (90, 120), (160, 20, 20, 128)).save(path)
    settings.MUNICIPALITY_LOGO = str(path)
    (made,) = checks.set_kind("briefing", paper, "public")
    assert any(words.startswith("Signet") for words in checks.readable(made))
    checks.conforms([made], tmp_path)
    with made.document as document:
        (drawn,) = document.pages[0].get_images().values()
        assert (drawn.Width, drawn.Height) == (90, 120)
        assert "/SMask" not in drawn
    assert "data:image/png;base64," in page(made.html, house.picture()).content.decode()


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_bytes(b"no picture"),
        lambda path: path.write_bytes(bytes(1024 * 1024 + 1)),
        lambda path: Image.new("L", (3000, 3000)).save(path, "PNG"),
        lambda path: Image.new("L", (9, 9)).save(path, "GIF"),
    ],
)
def test_only_a_png_of_reasonable_size_is_taken(settings, tmp_path, make):
    path = tmp_path / "wappen.png"
    make(path)
    settings.MUNICIPALITY_LOGO = str(path)
    with pytest.raises(ValidationError, match=r"PNG|2000"):
        house.signet()


@pytest.mark.parametrize("content", ["no svg", "<svg/>", '<!DOCTYPE x [<!ENTITY a "b">]><svg>&a;</svg>'])
def test_a_signet_that_cannot_be_set_is_named_at_the_start(settings, tmp_path, content):
    path = tmp_path / "signet.svg"
    path.write_text(content)
    settings.MUNICIPALITY_LOGO = str(path)
    with pytest.raises(SystemCheckError):
        call_command("check")


def test_numbers_in_sentences_have_their_gender(settings):
    from django.utils import translation

    found = {"held": 1, "bodies": 1, "papers": 1, "resolved": 0}
    with translation.override("de"):
        told = prose.committees(found, 2026)
        assert "eine Sitzung von einem Gremium" in told
        assert "Eine Vorlage ist dabei entstanden." in told
        found |= {"held": 13, "bodies": 3, "papers": 2}
        assert "13 Sitzungen von drei Gremien" in prose.committees(found, 2026)


def test_only_whoever_may_read_orders(paper, office, lead, head, make_user):
    stranger = make_user("Root", is_superuser=True)
    recommendation = paper.recommendation
    for kind, subject in (
        ("briefing", paper),
        ("pack", paper.consultations.get().agenda_item.meeting),
        ("tracking", paper.consultations.get().committee),
        ("statements", recommendation),
        ("evidence_chain", recommendation),
    ):
        may = registry.get(kind).may_order
        assert may(office, subject, "full"), kind
        assert not may(stranger, subject, "full"), kind
    assert rights.can_order_statements(head, recommendation, "public")
    assert not rights.can_order_pack(head, paper.consultations.get().agenda_item.meeting, "public")
    paper.is_public, paper.non_public_reason = False, "berechtigte Interessen Einzelner"
    assert not rights.can_order_briefing(office, paper, "public")


def test_what_is_not_approved_has_no_public_edition(submitted, office):
    assert rights.can_order_statements(office, submitted, "full")
    assert not rights.can_order_statements(office, submitted, "public")


def test_everybody_gets_the_own_data_and_nobody_that_of_others(make_user, make_committee, make_member):
    from django.utils import timezone

    member = make_member(make_committee(), start_on=timezone.localdate())
    officer = make_user("Lena Fock", office=["data-protection"])
    may = registry.get("personal_data").may_order
    assert may(member, member.person, "full")
    assert may(officer, member.person, "full")
    assert not may(make_user("Jemand"), member.person, "full")


def test_what_a_kind_does_not_ask_for_makes_no_new_document(make_user, make_key_figure):
    key_figure, reader = make_key_figure(), make_user("Leserin")
    made = {
        flows.order("indicator_sheet", key_figure, by=reader, options=options).pk
        for options in ({}, {"junk": "1"}, {"junk": "2" * 100_000}, {"region": "\x00"})
    }
    assert len(made) == 1


@pytest.mark.parametrize("day", ["9999-99-99", "²", "heute"])
def test_a_day_that_is_none_limits_no_overview(office, make_committee, day):
    committee = make_committee()
    content = flows.draft(registry.get("tracking"), committee, "public", {"since": day, "until": day}).content
    assert (content["since"], content["until"]) == ("", "")


def test_a_sentence_that_leads_to_the_resolution_stands_before_it_whoever_says_it():
    def before(text, decides=False):
        return briefing._leads_in({"text": text, "decides": decides})

    assert before("Der Stadtrat beschließt", decides=True)
    assert before("Der Ausschuss empfiehlt dem Stadtrat: ")
    assert not before("Der Ausschuss nimmt den Beschluss zur Kenntnis.")
