# SPDX-License-Identifier: EUPL-1.2
"""Documents on the screen: every kind, as narrow as a telephone."""

import pytest

from press import preview
from press.assets import FONTS
from reports import flows, making
from reports.kinds import house, registry
from tests.reports.test_kinds_town import subjects

pytestmark = pytest.mark.browser
TOO_WIDE = """width => [...document.querySelectorAll('main *')].filter(one => {
  for (let box = one.parentElement; box !== document.body; box = box.parentElement)
    if (getComputedStyle(box).overflowX !== 'visible') return false;
  return one.getBoundingClientRect().right > width + .5;
}).map(one => one.outerHTML.slice(0, 80))"""


@pytest.fixture
def pages(whole_town):
    """Every kind in every variant as it stands in the browser before it is ordered: ``(name, HTML)``."""
    made = []
    for code, subject, variant in subjects():
        draft = flows.draft(registry.get(code), subject, variant, {})
        made.append(
            (
                f"{code}, {variant}",
                preview.page(making.html_of(draft, is_preview=True), house.picture()).content.decode(),
            )
        )
    return made


def test_every_kind_of_document_fits_a_telephone_and_a_desk(pages):
    from playwright.sync_api import sync_playwright

    def answer(route):
        if route.request.url.endswith(".woff2"):
            route.fulfill(path=FONTS / route.request.url.rpartition("/")[2])
        else:
            route.fulfill(body=shown[route.request.url], content_type="text/html; charset=utf-8")

    shown = {f"http://house.example/{number}/": html for number, (_name, html) in enumerate(pages)}
    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        page.route("**/*", answer)
        for (name, _html), address in zip(pages, shown, strict=True):
            page.goto(address)
            for width in (320, 360, 1280):
                page.set_viewport_size({"width": width, "height": 800})
                found += [(name, width, one) for one in page.evaluate(TOO_WIDE, width)]
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    found.append((name, width, "the page"))
        browser.close()
    assert not found
