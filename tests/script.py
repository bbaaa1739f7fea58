# SPDX-License-Identifier: EUPL-1.2
"""The demo's script on Lindenfurt, played in Chromium by the people it names: co-signing, decision by the deputy,
sequence of consultations with its deadlines, result, follow-up of resolutions.

Each step is a function of its own and takes the cast, so that a further one can be put between them.
"""

import re
from datetime import datetime, timedelta

from playwright.sync_api import expect, sync_playwright

from demo.lindenfurt import proposals
from tests.walk import ARGUMENTS, Person

CAST = {
    "coordinator": "mareike.thoelke",
    "head_of_schools": "petra.wellmann",
    "deputy": "henning.voss",
    "head_of_social_affairs": "samira.yildiz-krueger",
    "secretary": "uwe.pohlmann",
    "member": "anke.ruehl",
    "auditor": "lena.fock",
}


def play(base):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        cast = {role: Person(browser, base, account) for role, account in CAST.items()}
        draft_from_a_figure(cast)
        co_signing(cast)
        decision_by_the_deputy(cast)
        meeting = sequence_of_consultations(cast)
        conflict_of_interest(cast, meeting)
        result(cast, meeting)
        follow_up_of_resolutions(cast)
        for person in cast.values():
            assert not [text for text in person.complaints if "403" not in text], person.complaints
        browser.close()


def find(person, proposal):
    """Open a recommendation of Lindenfurt from the list, by its title; its number."""
    person.go("/recommendations/")
    person.page.click(f"main a:has-text('{proposal['title'][:40]}')")
    return re.search(r"/recommendations/(\d+)/", person.page.url).group(1)


def draft_from_a_figure(cast):
    """3: the coordinator turns I1 into a draft; the figure is pinned to it."""
    person = cast["coordinator"]
    person.go("/indicators/")
    person.page.click("main a:has-text('Betreuungsquote unter drei')")
    person.page.select_option("[name=comparison]", "99")
    person.page.click("form.filters button")
    person.page.click("a[href*='/recommendations/create/']")
    person.page.fill("[name=title]", "Plätze für Kinder unter drei im Drehbuch")
    person.send()
    expect(person.page.locator("[data-evidence]")).to_contain_text("37,0")
    expect(person.page.locator("[data-state=draft]").first).to_be_visible()


def co_signing(cast):
    """4: R2 in co-signing: who answered, dissent with its mediation, silence is no consent; the coordinator reminds."""
    person = cast["coordinator"]
    find(person, proposals.ABSENCE)
    page = person.page
    expect(page.locator("[data-statement] [data-state=agree]")).to_have_count(1)
    expect(page.locator("[data-statement] [data-state=remarks]")).to_have_count(1)
    expect(page.locator("[data-statement] [data-state=disagree]")).to_have_count(1)
    person.fits()
    page.click("[data-statement] form[action$='/remind/'] button")
    expect(page.locator("[data-message=success]")).to_contain_text("FB 12")


def decision_by_the_deputy(cast):
    """5: the coordinator's attempt at R4 is refused and logged; the deputy decides, and it says "i. V."."""
    coordinator, deputy = cast["coordinator"], cast["deputy"]
    number = find(coordinator, proposals.CONTACT_POINT)
    address = f"{coordinator.base}/recommendations/{number}/decide/"
    token = coordinator.page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    form = {"csrfmiddlewaretoken": token, "kind": "approve"}
    answer = coordinator.page.request.post(address, form=form, headers={"Referer": address})
    assert answer.status == 403
    assert "data-reason" in answer.text()
    coordinator.go(f"/recommendations/{number}/")
    expect(coordinator.page.locator("[data-refused]").first).to_contain_text("Mareike Thölke")
    cast["auditor"].go("/activity/log/")
    expect(cast["auditor"].page.locator("main")).to_contain_text("Mareike Thölke wollte")

    deputy.go("/recommendations/decide/")
    deputy.page.click(f"main a[href='/recommendations/{number}/decide/']")
    expect(deputy.page.locator("main")).to_contain_text("i.\xa0V.")
    deputy.fits()
    deputy.page.check("[value=approve]")
    deputy.send()
    decision = deputy.page.locator("[data-decision=approve]")
    expect(decision).to_contain_text("Henning Voss, i.\xa0V.")

    second = cast["head_of_social_affairs"]
    second.go(f"/recommendations/{number}/decide/")
    expect(second.page.locator("[data-message]")).to_contain_text("Henning Voss")


def sequence_of_consultations(cast):
    """6: R1 goes to the JHA for decision and to the ASB for information, with days to keep; the meeting's address."""
    coordinator, member = cast["coordinator"], cast["member"]
    number = find(coordinator, proposals.LANGUAGE)
    page = coordinator.page
    expect(page.locator("main")).to_contain_text("180.000 Euro")
    page.click("aside a[href^='/committees/papers/']")
    expect(page.locator("[data-consultation]")).to_have_count(2)
    coordinator.fits()
    page.click("[data-consultation]:has-text('Jugendhilfeausschuss') a[href^='/committees/meetings/']")
    deadlines = page.locator("aside .kern-card", has=page.locator("h2", has_text="Fristen"))
    for name in ("Datenstand", "Mitzeichnung", "Einreichung", "Versand", "Sitzung"):
        expect(deadlines).to_contain_text(name)
    meeting = re.search(r"/committees/meetings/\d+/", page.url).group(0)
    member.go(meeting)
    expect(member.page.locator("main")).to_contain_text(proposals.LANGUAGE["title"][:40])
    coordinator.go(f"/recommendations/{number}/chain/")
    expect(page.locator("[data-consultation]")).to_have_count(2)
    return meeting


def conflict_of_interest(cast, meeting):
    """6: the secretary notes that the provider which would get the money takes no part; only who notes it reads why."""
    secretary, member = cast["secretary"], cast["member"]
    page = secretary.page
    secretary.go(meeting)
    item = page.locator(f"li[id^=item-]:has-text('{proposals.LANGUAGE['title'][:40]}')")
    expect(item).to_contain_text("Elif Aksoy")
    item.locator("a[href$='/withdraw/']").click()
    page.fill("[name=reason]", "Zur Vorführung neu erklärt")
    secretary.send()
    expect(item).not_to_contain_text("Elif Aksoy")
    item.locator("a[href*='/conflict/']").click()
    expect(page.locator("[name=membership]")).to_be_visible()
    secretary.fits()
    page.select_option("[name=membership]", label="Elif Aksoy")
    page.fill("[name=reason]", "Der Kita-Verbund Linde gGmbH würde Mittel erhalten.")
    secretary.send()
    expect(item).to_contain_text("Elif Aksoy")
    member.go(meeting)
    expect(member.page.locator("main")).not_to_contain_text("Befangen: Elif Aksoy")
    expect(member.page.locator("main")).not_to_contain_text("Mittel erhalten")


def result(cast, meeting):
    """8: once the meeting was held the secretary records what it resolved; nobody else may, and it binds the paper."""
    secretary, coordinator = cast["secretary"], cast["coordinator"]
    page = secretary.page
    secretary.go(f"{meeting}edit/")
    page.fill("[name=start]", (datetime.now() - timedelta(days=2)).strftime("%Y-%m-%dT17:00"))
    secretary.send()
    page.click("form[action$='/hold/'] button")
    secretary.go("/committees/papers/")
    page.click(f"main a:has-text('{proposals.LANGUAGE['title'][:40]}')")
    page.click("[data-consultation]:has-text('Jugendhilfeausschuss') a[href$='/result/']")
    secretary.fits()
    page.select_option("[name=result]", "unchanged")
    page.fill("[name=votes_yes]", "2")  # two members may vote, the third is biased
    page.fill("[name=votes_no]", "0")
    page.fill("[name=votes_abstain]", "0")
    secretary.send()
    recorded = page.locator("[data-consultation]:has-text('Jugendhilfeausschuss')")
    expect(recorded.locator("[data-state=unchanged]")).to_be_visible()
    expect(recorded).to_contain_text("Befangen: 1")
    number = find(coordinator, proposals.LANGUAGE)
    coordinator.go(f"/recommendations/{number}/")
    expect(coordinator.page.locator("[data-state=resolved]").first).to_be_visible()


def follow_up_of_resolutions(cast):
    """9: what the council resolved of R3, with light, reason and former day; the department reports, and it shows."""
    head, secretary = cast["head_of_schools"], cast["secretary"]
    page = secretary.page
    secretary.go("/recommendations/tracking/")
    option = page.locator("[name=committee] option", has_text="Stadtrat").first.get_attribute("value")
    page.select_option("[name=committee]", option)
    page.click("form.filters button")
    expect(page.locator("main tbody tr")).to_have_count(4)
    expect(page.locator("main [data-state=red]")).to_be_visible()
    expect(page.locator("main [data-former]").first).to_be_visible()
    secretary.fits()

    head.go("/recommendations/measures/?mine=1")
    row = head.page.locator("[data-measure]:has-text('Rahmenvereinbarung')")
    row.locator("summary").click()
    head.fits()
    row.locator("select[name$=-status]").select_option("done")
    row.locator("input[name$=-note]").fill("Alle Träger haben unterschrieben.")
    row.locator("button").click()
    expect(head.page.locator("[data-message=success]")).to_be_visible()
    secretary.go(f"/recommendations/tracking/?committee={option}")
    expect(page.locator("main")).to_contain_text("Alle Träger haben unterschrieben.")
    page.click("form[action$='/report/'] button")
    expect(page.locator("main tbody tr")).to_have_count(2)
