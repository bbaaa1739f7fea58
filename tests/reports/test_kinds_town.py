# SPDX-License-Identifier: EUPL-1.2
"""Every kind of document in Lindenfurt: what it says, that everybody can read it, and how long it is."""

import re

import pytest
from django.utils import timezone
from django.utils.translation import override

from accounts.models import Department, User
from activity.jobs import deliver_pending
from actors.models import Person
from committees.models import Committee, Meeting, Paper
from indicators.models import KeyFigure
from recommendations.models import Recommendation
from reports.kinds import registry
from reports.kinds.involvement import role_of
from reports.models import Document
from reports.naming import file_name
from reports.passages import ActivityReport
from tests.reports import kinds_checks as checks

pytestmark = pytest.mark.postgres  # minutes of setting and checking: once is enough


@pytest.fixture
def town(whole_town):
    """Lindenfurt."""


def subjects():
    """``(kind, subject, variant)`` of every kind in every variant."""
    language = Recommendation.objects.get(title__startswith="Sprachbildung")
    absence = Recommendation.objects.get(title__startswith="Frühwarn")
    council = Committee.objects.get(code="RAT")
    meeting = Meeting.objects.filter(committee__code="JHA", agenda_items__consultations__isnull=False).latest("start")
    report = ActivityReport.objects.get()
    found = {
        "briefing": [language.paper, Paper.objects.get(recommendation__title__startswith="Stufenplan")],
        "briefing_long": [language.paper],
        "pack": [meeting],
        "tracking": [council],
        "indicator_sheet": [KeyFigure.objects.get(code=code) for code in ("I5", "I6")],
        "evidence_chain": [language, absence],
        "statements": [language, absence],
        "activity_report": [report],
        "deciders": [Department.objects.get(code="FB 51")],
        "slides": [report],
        "personal_data": [Person.objects.get(family_name="Rühl"), Person.objects.get(family_name="Hoyer")],
    }
    assert set(found) == {kind.code for kind in registry.KINDS}
    for kind in registry.KINDS:
        for subject in found[kind.code]:
            for variant in kind.variants:
                yield kind.code, subject, variant


def test_every_kind_of_document_is_accessible_and_archivable(town, tmp_path):
    everything = [one for case in subjects() for one in checks.set_kind(*case)]
    for one in everything:
        checks.readable(one)
        assert "Demodaten" in one.page(1)
        assert "lindenfurt.example/verify/4f7k" in "".join(one.text.split())
    checks.conforms(everything, tmp_path)


def test_a_briefing_has_two_pages_and_the_non_public_annex_a_third(town):
    paper = Paper.objects.get(recommendation__title__startswith="Sprachbildung")
    (public,), (full,) = (checks.set_kind("briefing", paper, variant) for variant in ("public", "full"))
    assert (public.pages, full.pages) == (2, 3)
    for words in ("Jugendhilfeausschuss", "Entscheidung", "Tarek Haddad", "Beschlussvorschlag", "1 Dissens"):
        assert words in public.page(1), words
    for words in ("Befund", "Alternativen", "Dissens", "Maßnahmen", "Wirkungskontrolle"):
        assert words in public.page(2), words
    assert "61.200" in full.page(3)
    assert "nichtöffentlich" in full.page(3)
    assert "Fassung mit nichtöffentlicher Anlage" in full.page(1)
    assert "Aufteilung" not in public.text
    assert b"61.200" not in public.everything


def test_a_briefing_names_the_files_of_its_paper_and_prints_the_non_public_text_in_the_non_public_part(town):
    paper = Paper.objects.get(recommendation__title__startswith="Sprachbildung")
    (public,), (full,) = (checks.set_kind("briefing", paper, variant) for variant in ("public", "full"))
    for one in (public, full):
        assert "Auswahl der sechs Kitas (PDF, " in plain(one.page(2))
        for words in ("Personalkosten", "bis zur Bewilligung vertraulich"):
            assert words not in plain(one.page(1) + one.page(2)), words
    assert "1 weitere Datei ist nichtöffentlich." in plain(public.page(2))
    assert b"Personalkosten" not in public.everything
    assert paper.non_public_text not in str(public.content)
    assert "bis zur Bewilligung vertraulich" in plain(full.page(3))
    assert "Berechnung der Personalkosten (XLSX, " in plain(full.page(3))


def plain(text):
    return " ".join(text.replace("\xa0", " ").split())


def test_a_chart_says_its_released_values_to_those_who_do_not_see_it(town):
    paper = Paper.objects.get(recommendation__title__startswith="Sprachbildung")
    (briefing,) = checks.set_kind("briefing", paper, "public")
    chart = next(words for words in checks.readable(briefing) if words.startswith("Säulendiagramm"))
    for value in ("2020: 24,5", "2021: nicht sicher genug", "2024: 30,9", "Land Mittelauen (fiktiv) 2024: 27,2"):
        assert value in chart.replace("\xa0", " ")


def test_what_is_kept_secret_stands_in_no_sheet(town):
    (sheet,) = checks.set_kind("indicator_sheet", KeyFigure.objects.get(code="I5"), "public")
    assert sheet.pages == 1
    districts = next(words for words in checks.readable(sheet) if words.startswith("Balkendiagramm"))
    assert "Sonnberg gesperrt; Auental-Süd gesperrt" in districts
    rows = {row[1]: row for row in _csv("indicator_sheet", sheet) if row[0] == "Sonnberg"}
    assert rows["2022/23"][2] == "·"
    assert rows["2022/23"][5] == ""


def _csv(code, one):
    ((_name, _mime, body),) = registry.get(code).attachments(one.content)
    return [line.split(";") for line in body.decode("utf-8-sig").splitlines()]


def test_the_follow_up_puts_what_is_late_on_top_and_what_is_done_last(town):
    (tracking,) = checks.set_kind("tracking", Committee.objects.get(code="RAT"), "public")
    rows = tracking.content["rows"]
    assert [row["urgency"] for row in rows] == ["late", "late", "late", "done"]
    assert rows[0]["reason"] in tracking.text.replace("\n", " ") or "Ausschreibung" in tracking.text
    assert len(_csv("tracking", tracking)) == 1 + len(rows)
    moved = [row for row in rows if row["formerly"]]
    assert moved
    for row in moved:
        assert f"zuvor {row['formerly']}" in plain(tracking.text)


def test_the_pack_holds_the_cover_and_every_paper_of_the_agenda(town, tmp_path):
    meeting = Meeting.objects.filter(committee__code="JHA", agenda_items__consultations__isnull=False).latest("start")
    cover, *papers = checks.set_kind("pack", meeting, "full")
    assert cover.kind == "pack"
    assert "Sprachbildung" in cover.text
    for one in papers:
        assert one.content["paper"]["reference"].split()[0] in cover.text
    references = [one.content["paper"]["reference"] for one in papers]
    assert references == sorted(references)  # a supplement follows its paper
    joined = checks.joined("pack", cover.content, [cover, *papers], tmp_path)
    with joined.document as document, document.open_outline() as outline:
        first, *items = outline.root
        assert first.title.startswith("Jugendhilfeausschuss")
        assert [one.title for one in items] == [
            f"TOP {one['number']}: {one['title']}" for one in cover.content["agenda"]
        ]
        on_agenda = [paper.title for item in items for paper in item.children]
        assert on_agenda == [one.content["paper"]["title"] for one in papers]
        headings = [heading.title for item in items for paper in item.children for heading in paper.children]
        assert "Beschlussvorschlag" in headings
    assert f"Mappe: Seite {joined.pages} von {joined.pages}" in plain(joined.page(joined.pages))
    checks.conforms([joined], tmp_path)
    public = checks.build("pack", meeting, "public")
    assert not any(annex["body"] for paper in public["papers"] for annex in paper["annexes"] if not annex["is_public"])


def test_the_yearly_report_counts_and_lets_people_speak(town):
    report = ActivityReport.objects.get()
    (public,), (inner,) = (checks.set_kind("activity_report", report, variant) for variant in ("public", "full"))
    assert "sieben Empfehlungen" in public.text
    assert "2,5 Stellen" in public.text
    draft = Recommendation.objects.get(status="draft").title
    assert draft not in str(public.content)
    assert draft in str(inner.content)
    for name in ("Thölke", "Haddad", "Wellmann", "Rühl"):
        assert name not in public.text


def test_personal_data_names_every_place_and_hands_out_no_password(town):
    deliver_pending()
    person = Person.objects.get(family_name="Rühl")
    (paper,) = checks.set_kind("personal_data", person, "full")
    headings = [place["heading"] for place in paper.content["places"]]
    assert headings[:2] == ["Person im Verzeichnis", "Konto"]
    assert "Mitgliedschaften" in headings
    assert "Personen" not in headings, "the own row stands at the beginning"
    notices = next(place for place in paper.content["places"] if place["heading"] == "Mitteilungen")
    assert notices["role"] == "Konto"
    assert all(day.count(".") == 2 and not entry.startswith("Anke Rühl") for day, entry in notices["rows"])
    attended = next(place for place in paper.content["places"] if place["heading"] == "Anwesenheiten")
    assert all(day and "Sitzung: " in entry for day, entry in attended["rows"])
    assert person.user.password not in str(paper.content)
    assert person.user.email in str(paper.content)
    ((name, media_type, body),) = registry.get("personal_data").attachments(paper.content)
    assert (name, media_type) == ("auskunft.json", "application/json")
    assert person.user.email in body.decode()


@pytest.mark.parametrize("model", [Person, User])
def test_every_row_that_names_a_person_says_in_which_role_in_german(model, db):
    with override("de"):
        for relation in model._meta.get_fields(include_hidden=True):
            if relation.auto_created and not relation.concrete and not relation.related_model._meta.auto_created:
                raw = relation.field.name.replace("_", " ")
                assert role_of(relation.field) != raw or raw in ("person",), relation.related_model


def test_slides_are_wide_and_say_one_thing_each(town):
    (slides,) = checks.set_kind("slides", ActivityReport.objects.get(), "public")
    assert slides.pages == 5
    with slides.document as document:
        left, bottom, right, top = document.pages[0].mediabox
        assert round(float((right - left) / (top - bottom)), 2) == 1.78


def test_a_file_is_named_by_what_it_is_about_its_day_kind_variant_and_version(town):
    pack = Document.objects.filter(kind="pack", variant="full").order_by("pk").first()
    day = timezone.localdate(pack.subject.start).isoformat()
    assert file_name(pack) == f"{pack.subject.committee.code}_{day}_Sitzungsmappe_nichtoeffentlich_v{pack.version}.pdf"
    with override("en"):
        names = [file_name(document) for document in Document.objects.all()]
    assert len(set(names)) == len(names)
    for document, name in zip(Document.objects.all(), names, strict=True):
        assert re.fullmatch(r"[A-Za-z0-9-]+_\d{4}-\d\d-\d\d_[A-Za-z0-9-]+_(nicht)?oeffentlich_v\d+\.pdf", name), name
        assert ("nicht" in name) == (document.variant == "full")
        assert str(document.subject) not in name
