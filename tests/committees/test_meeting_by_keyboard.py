# SPDX-License-Identifier: EUPL-1.2
"""The secretary runs a meeting in Chromium with the keyboard alone; every page fits a phone and has no barrier."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from committees import flows
from committees.models import Consultation, Meeting
from committees.voting import quorum_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESK = {"width": 360, "height": 800}, {"width": 1280, "height": 900}
FOCUSED = """() => {
  const one = document.activeElement;
  if (one === document.body) return "";
  const label = one.labels && one.labels[0] ? one.labels[0].textContent : "";
  return [one.getAttribute("aria-label") || "", one.textContent, label, one.id].join(" ").replace(/\\s+/g, " ");
}"""


class Secretary:
    """Somebody with a keyboard and no pointer."""

    def __init__(self, page, base):
        self.page, self.base = page, base

    def open(self, address):
        self.page.goto(self.base + address)

    def reach(self, *words):
        """Press Tab until the focus is on what bears these words."""
        for _press in range(250):
            self.page.keyboard.press("Tab")
            focused = self.page.evaluate(FOCUSED)
            if all(word in focused for word in words):
                return focused
        raise AssertionError(f"the keyboard does not reach {words} on {self.page.url}")

    def go(self, *words):
        self.reach(*words)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def type(self, text, *words):
        self.reach(*words)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, text, *words):
        self.reach(*words)
        self.page.keyboard.type(text)

    def open_up(self, *words):
        self.reach(*words)
        self.page.keyboard.press("Enter")

    def fits(self):
        """No barrier that a machine finds, and nothing wider than a phone."""
        from axe_playwright_python.sync_playwright import Axe

        options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
        found = Axe().run(self.page, options=options).response["violations"]
        assert not found, [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found]
        for size in (PHONE, DESK):
            self.page.set_viewport_size(size)
            assert self.page.evaluate("document.documentElement.scrollWidth") <= size["width"], self.page.url


@pytest.fixture
def jha(paper):
    return paper.consultations.get().committee


@pytest.fixture
def meeting(paper, members, secretary):
    meeting = paper.consultations.get().agenda_item.meeting
    for number in ("5", "6", "7"):
        flows.add_agenda_item(meeting, by=secretary, number=number, title=f"Punkt {number}")
    return meeting


@pytest.fixture
def at_the_keyboard(client, live_server, secretary, settings):
    """The secretary's browser, logged in; closed before the test asks the database again."""
    from playwright.sync_api import sync_playwright

    client.force_login(secretary)
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}

    def run(steps):
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
            )
            context = browser.new_context(viewport=DESK, locale="de-DE")
            context.add_cookies([cookie])
            steps(Secretary(context.new_page(), live_server.url))
            browser.close()

    return run


def test_the_secretary_runs_a_meeting_by_keyboard_alone(at_the_keyboard, meeting, members, paper):
    Meeting.objects.filter(pk=meeting.pk).update(start=timezone.now() - timedelta(minutes=5))
    with override("de"):
        agenda = reverse("committees:agenda_edit", args=[meeting.pk])

    def steps(secretary):
        page = secretary.page
        secretary.open(agenda)
        secretary.fits()
        secretary.go("Nach oben: Punkt 7")
        assert "Nach oben: Punkt 7" in page.evaluate(FOCUSED)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert [title.text_content() for title in page.locator("h3").all()][1] == "Punkt 7"
        secretary.choose("4", "auf Platz: Punkt 7")
        secretary.go("Verschieben: Punkt 7")
        assert "auf Platz: Punkt 7" in page.evaluate(FOCUSED)
        secretary.go("Zurück zur Sitzung")
        secretary.fits()
        secretary.go("Einladen")
        secretary.go("Anwesenheit")
        secretary.fits()
        secretary.choose("entschuldigt", f"id_member-{members['Brandt'].pk}-status")
        secretary.open_up("Später gekommen", "Aksoy")
        secretary.choose("4", "until_item")
        secretary.fits()
        secretary.choose("Rühl", "id_chair")
        secretary.go("Anwesenheit speichern")
        secretary.go("Die Sitzung hat stattgefunden")
        secretary.go("Ergebnisse eintragen")
        secretary.fits()
        secretary.choose("unge", "id_result-", "Ergebnis")
        secretary.type("9", "Ja")
        secretary.go("Ergebnisse eintragen")
        assert "Zeile ist nicht eingetragen" in page.evaluate(FOCUSED)
        secretary.fits()
        secretary.type("2", "id_result-", "Ja")
        secretary.type("0", "id_result-", "Nein")
        secretary.go("Ergebnisse eintragen")
        assert "JHA" in page.locator("main").text_content()
        secretary.open_up("Ergebnis festhalten", "Punkt 5")
        secretary.choose("unge", "id_item-", "Ergebnis")
        secretary.type("2", "id_item-", "Ja")
        secretary.type("Der Ausschuss bittet um einen Bericht.", "id_item-", "Wortlaut")
        secretary.fits()
        secretary.go("Ergebnisse eintragen")
        assert "bittet um einen Bericht" in page.locator("main").text_content()
        secretary.go("Zurück zur Sitzung")
        secretary.go("Niederschrift schreiben")
        secretary.fits()
        secretary.go("Speichern und zur Genehmigung vorlegen")
        secretary.fits()

    at_the_keyboard(steps)
    stop = Consultation.objects.get(paper=paper)
    assert (stop.result, stop.votes_yes, stop.votes_no, stop.decision_number[:4]) == ("unchanged", 2, 0, "JHA ")
    resolved = Consultation.objects.get(paper=None)
    assert (resolved.agenda_item.title, resolved.votes_yes, resolved.result) == ("Punkt 5", 2, "unchanged")
    held = Meeting.objects.get(pk=meeting.pk)
    assert (held.state, quorum_of(held).present, held.minutes.state) == ("held", 2, "submitted")
    assert held.attendances.get(until_item__isnull=False).membership == members["Aksoy"]
    assert held.attendances.get(role="chair").membership == members["Rühl"]
    assert list(held.agenda_items.order_by("position").values_list("title", flat=True))[3] == "Punkt 7"
