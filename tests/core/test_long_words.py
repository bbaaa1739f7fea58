# SPDX-License-Identifier: EUPL-1.2
"""Words of 64 letters and titles of 300 characters break no page at 320 px."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from actors.models import Actor
from committees.models import Committee, Meeting
from recommendations.models import Recommendation
from tasks.models import Task

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenfabrik"
TITLE = f"{WORD} und {'die Zusammenarbeit der Ämter ' * 9}"[:300]


@pytest.fixture
def wordy(paper, office, make_recommendation):
    """One thing of each sort, named as long as its column allows."""
    for model, field in ((Committee, "name"), (Actor, "name"), (Meeting, "location"), (Task, "title")):
        longest = model._meta.get_field(field).max_length
        model.objects.update(**{field: TITLE[:longest]})
    office.name = WORD
    office.save()
    longest = Recommendation._meta.get_field("title").max_length
    return make_recommendation(title=TITLE[:longest], proposed_resolution=f"{WORD} entsteht.")


def test_long_words_and_titles_break_no_page_on_a_narrow_phone(client, live_server, settings, office, wordy, paper):
    from playwright.sync_api import sync_playwright

    client.force_login(office)
    name = settings.SESSION_COOKIE_NAME
    with override("de"):
        pages = [wordy.get_absolute_url(), paper.get_absolute_url(), Meeting.objects.first().get_absolute_url()]
        names = ["recommendations:list", "recommendations:board", "committees:list", "committees:meeting_list"]
        pages += [reverse(one) for one in (*names, "actors:list", "tasks:week", "recommendations:create")]
        pages += [reverse("recommendations:edit", args=[wordy.pk])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 320, "height": 800}, locale="de-DE")
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        page = context.new_page()
        found = {}
        for address in pages:
            assert page.goto(live_server.url + address).status == 200
            found[address] = page.evaluate("document.documentElement.scrollWidth")
        browser.close()
    assert {address: width for address, width in found.items() if width > 320} == {}
