# SPDX-License-Identifier: EUPL-1.2
"""A coordinator plans the path of R1 through two bodies in Chromium, by keyboard where an order changes."""

import re

from playwright.sync_api import expect, sync_playwright

from tests.walk import ARGUMENTS, Person


def plan(base):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        person = Person(browser, base, "mareike.thoelke")
        page = person.page
        person.go("/committees/papers/?q=Sprachbildung")
        person.fits()
        page.click("main table a:has-text('Sprachbildung')")
        person.fits()
        _off_the_agendas(page)
        _in_another_order_and_back(page)
        _path(person)
        _file(page)
        for address in ("planner/", "calendar/"):
            person.go(f"/committees/{address}")
            person.fits()
        assert not person.complaints, person.complaints
        browser.close()


def _off_the_agendas(page):
    for _body in range(2):
        page.click("form[action$='/release/'] button >> nth=0")
        expect(page.locator("[data-message=success]")).to_be_visible()
    expect(page.locator("[data-state=planned]")).to_have_count(2)


ORDER = ["Jugendhilfeausschuss", "Ausschuss für Schule und Bildung"]


def _in_another_order_and_back(page):
    names = page.locator(".stops h3")
    expect(names).to_have_text(ORDER)
    for button, order in (("down", ORDER[::-1]), ("up", ORDER)):
        page.locator(".stops > li", has_text=ORDER[0]).locator(f"button[name={button}]").focus()
        page.keyboard.press("Enter")
        expect(names).to_have_text(order)


def _path(person):
    """The nearer meeting is refused with its reason; the path of two meetings is taken with one button."""
    page = person.page
    page.click(".next a.kern-btn--primary")
    page.click("summary >> nth=1")
    person.fits()
    steps = page.locator(".path > li")
    expect(steps).to_have_count(2)
    expect(steps.nth(0)).to_contain_text("Jugendhilfeausschuss")
    expect(steps.nth(0)).to_contain_text("Frist war")
    chosen = [steps.nth(index).get_attribute("data-meeting") for index in range(2)]
    assert all(chosen)
    page.click("main form button.kern-btn--primary")
    expect(page.locator("[data-message=success]")).to_be_visible()
    expect(page.locator(".stops [data-state=scheduled]")).to_have_count(2)
    for index in range(2):
        link = page.locator(".stops__day a").nth(index).get_attribute("href")
        assert re.search(rf"/meetings/{chosen[index]}/", link)
    person.fits()


def _file(page):
    """The small PDF of the paper arrives as a file with a name made of number and title."""
    with page.expect_download() as download:
        page.click("[data-attachment] a.dl >> nth=0")
    assert download.value.suggested_filename.endswith("-1-auswahl-der-sechs-kitas.pdf")
