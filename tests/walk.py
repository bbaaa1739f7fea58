# SPDX-License-Identifier: EUPL-1.2
"""The thread from a statistics file to the downloaded briefing, walked in Chromium by four people of Lindenfurt."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from demo.lindenfurt import PASSWORD
from tests.files import flat_file

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Person:
    """Somebody at the browser, logged in, in a window of their own."""

    def __init__(self, browser, base, account):
        self.base = base
        self.page = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True).new_page()
        self.complaints = []
        self.page.on(
            "console", lambda message: self.complaints.append(message.text) if message.type == "error" else None
        )
        self.go("/account/login/")
        self.page.fill("[name=login]", f"{account}@lindenfurt.example")
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("main form button")

    def go(self, path):
        self.page.goto(self.base + path)

    def send(self, selector="main form.form button.kern-btn--primary"):
        self.page.click(selector)

    def fits(self):
        """The page has no barrier that a machine finds, and fits a phone."""
        violations = (
            Axe()
            .run(self.page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
            .response["violations"]
        )
        assert not violations, [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in violations]
        self.page.set_viewport_size({"width": 360, "height": 800})
        assert self.page.evaluate("document.documentElement.scrollWidth") <= 360, self.page.url
        self.page.set_viewport_size({"width": 1280, "height": 900})


def walk(base):
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        monitoring, office, head, member, stranger = (
            Person(browser, base, account)
            for account in ("jonas.arndt", "mareike.thoelke", "tarek.haddad", "anke.ruehl", "bernd.osterkamp")
        )
        _import(monitoring, Path(folder))
        _release(monitoring, Path(folder))
        recommendation = _draft(office)
        _refused_decision(office, recommendation)
        _decide(head, recommendation)
        paper, meeting = _paper(office, recommendation)
        briefing = _briefing(office, paper)
        _download(member, meeting, briefing, Path(folder))
        stranger.go(f"/reports/{briefing}/download/")
        assert stranger.page.request.get(f"{base}/reports/{briefing}/download/").status == 404
        for person in (monitoring, office, head, member):
            # refused once, and asked once more about a date: both on purpose
            assert not [text for text in person.complaints if "403" not in text and "422" not in text]
        browser.close()


def _import(person, folder):
    file = folder / "21111-98-01-4.csv"
    file.write_bytes(flat_file((("2023", "94", "1027"), ("2024", ".", "221"))))
    person.go("/indicators/imports/create/")
    person.fits()
    person.page.set_input_files("[name=file]", file)
    person.send()
    expect(person.page.locator("[data-created]")).to_have_text("4")
    person.fits()
    person.page.click("form[action$='/confirm/'] button")
    expect(person.page.locator("[data-message=success]")).to_be_visible()


OWN = """Stadtbezirk;Schuljahr;Kinder
Altstadt;2024/25;14
Nordhang;2024/25;38
Hafenviertel;2024/25;31
Sonnberg;2024/25;2
Auental-Süd;2024/25;9
Lindenfurt;2024/25;94
"""


def _release(person, folder):
    """An own table: its columns explained, its protection chosen, its values released with two of them hidden."""
    page = person.page
    file = folder / "eigene.csv"
    file.write_text(OWN, encoding="cp1252")
    person.go("/indicators/imports/create/")
    page.set_input_files("[name=file]", file)
    person.send()
    person.fits()
    page.fill("[name=name]", "Gesundheitsamt")
    page.fill("[name=table_code]", "WEG-1")
    page.fill("[name=title]", "Eigene Erhebung")
    for index, role in enumerate(("region_name", "period", "value")):
        page.select_option(f"[name=column_{index}]", role)
    person.send()
    expect(page.locator("[data-created]")).to_have_text("6")
    page.click("form[action$='/confirm/'] button")
    person.go("/indicators/sources/")
    person.fits()
    page.click("main a:has-text('WEG-1')")
    page.select_option("[name=protection]", "suppress_3")
    person.send()
    person.fits()
    person.go("/indicators/disclosure/")
    person.fits()
    person.send("main form button.kern-btn--primary")
    expect(page.locator("[data-primary]")).to_have_text("1")
    expect(page.locator("[data-secondary]")).to_have_text("1")
    person.fits()
    person.send("main form button.kern-btn--primary")
    expect(page.locator("[data-message=success]")).to_be_visible()
    for address in ("overview/", "regions/99001/", "findings/", "imports/"):
        person.go(f"/indicators/{address}")
        person.fits()


def _draft(person):
    person.go("/indicators/")
    person.fits()
    person.page.click("main a:has-text('Betreuungsquote unter drei')")
    person.page.select_option("[name=comparison]", "99")
    person.page.click("form.filters button")
    expect(person.page.locator("svg.chart")).to_be_visible()
    person.fits()
    person.page.click("a[href*='/recommendations/create/']")
    page = person.page
    page.fill("[name=title]", "Plätze im Hafenviertel schaffen")
    page.select_option("[name=lead_department]", label="FB\xa051 Jugend und Familie")
    page.select_option("[name=responsible_level]", "municipality")
    page.fill("[name=proposed_resolution]", "Im Hafenviertel entstehen 40 Plätze.\nFB 51 berichtet jährlich.")
    page.fill("[name=rationale]", "Die Quote liegt unter der des Landes.")
    page.fill("[name=summary]", "Die Quote liegt 1,4 Prozentpunkte unter dem Land.")
    person.send()
    expect(page.locator("[data-evidence]")).to_be_visible()
    person.fits()
    page.click("form[action$='/submit/'] button")
    expect(page.locator("[data-state=submitted]").first).to_be_visible()
    return re.search(r"/recommendations/(\d+)/", page.url).group(1)


def _refused_decision(person, recommendation):
    """A coordinator's direct POST with a valid token is refused with the reason."""
    token = person.page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    address = f"{person.base}/recommendations/{recommendation}/decide/"
    form = {"csrfmiddlewaretoken": token, "kind": "approve"}
    answer = person.page.request.post(address, form=form, headers={"Referer": address})
    assert answer.status == 403
    assert "data-reason" in answer.text()
    person.go(f"/recommendations/{recommendation}/")
    expect(person.page.locator("[data-refused]").first).to_be_visible()


def _decide(person, recommendation):
    person.go("/")
    person.page.click(f"main a[href='/recommendations/{recommendation}/decide/']")
    person.fits()
    person.page.check("[value=approve]")
    person.send()
    expect(person.page.locator("[data-decision=approve]")).to_be_visible()


def _paper(person, recommendation):
    page = person.page
    person.go(f"/recommendations/{recommendation}/paper/")
    person.send()
    option = page.locator("[name=meeting] option", has_text="Jugendhilfeausschuss").first.get_attribute("value")
    page.select_option("[name=meeting]", option)
    page.select_option("[name=role]", "decision")
    page.fill("[name=urgent_requested_by]", "FB 51")  # the committee is invited already
    page.fill("[name=urgent_reason]", "Die Mittel verfallen zum Jahresende.")
    person.send()
    expect(page.locator("[data-errors]")).to_contain_text("Frist war")  # the nearest meeting is too near: look twice
    person.fits()
    page.check("[name=confirm]")
    person.send()
    expect(page.locator("[data-consultation]")).to_have_count(1)
    person.fits()
    return re.search(r"/papers/(\d+)/", page.url).group(1), option


def _briefing(person, paper):
    person.go(f"/reports/papers/{paper}/")
    person.page.click("form[action$='/order/'] button >> nth=0")
    expect(person.page.locator("#progress[data-state=ready]")).to_be_visible(timeout=60_000)
    person.fits()
    return re.search(r"/reports/(\d+)/", person.page.url).group(1)


def _download(person, meeting, briefing, folder):
    person.go("/")
    person.page.click(f"main h2 a[href='/committees/meetings/{meeting}/']")
    link = person.page.locator(f"a[href='/reports/{briefing}/download/']")
    expect(link).to_be_visible()
    person.fits()
    with person.page.expect_download() as download:
        link.click()
    download.value.save_as(folder / "briefing.pdf")
    assert (folder / "briefing.pdf").read_bytes().startswith(b"%PDF-")
