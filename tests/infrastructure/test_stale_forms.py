# SPDX-License-Identifier: EUPL-1.2
"""No form that edits a thing overwrites what its person has not seen. The forms are found by the addresses."""

import pytest
from django.urls import reverse
from lxml import html

from core.routes import routes
from tests.infrastructure.test_authorization import LEFT_OUT, parameters
from tests.infrastructure.test_hostile_input import clients

# what makes a new thing may begin with suggestions
MAKES = ("create", "_add", "core:feedback")
MARKS = {"seen", "seen_version", "saw"}  # the last covers all that a decision rests on: recommendations.sight

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]  # hundreds of pages: once is enough


def forms_of(page):
    """The forms of a page with fields a person types in: ``(form, what it would send, the fields)``."""
    for form in html.fromstring(page).forms:
        typed = form.xpath(".//textarea | .//input[@type='text' or @type='date' or @type='number' or not(@type)]")
        if form.method == "POST" and typed:
            sent = {name: value or "" for name, value in form.form_values()}
            yield form, sent, [one for one in typed if one.name in sent]


def is_marked(sent):
    """Whether a form says what its person has seen, for itself or for each row of it (``m1-seen_version``)."""
    return any(name.rpartition("-")[2] in MARKS for name in sent)


def other_words(fields, sent):
    """Something else in the first field for words, or in the first for a day or a number."""
    first = next((one for one in fields if one.tag == "textarea" or one.get("type") == "text"), fields[0])
    other = {"date": "2031-05-05", "number": "7"}.get(first.get("type"), f"{sent[first.name]} neu")
    return {first.name: other}


def test_every_form_that_edits_a_thing_refuses_what_is_stale(whole_matrix):
    built = whole_matrix.described
    people = clients(built)
    unmarked, refused = set(), set()
    for route in routes():
        if ":" not in route.name or route.name.startswith(LEFT_OUT) or set(route.methods) != {"GET", "POST"}:
            continue
        address = reverse(route.name, kwargs=parameters(route, built))
        for client in people.values():
            page = client.get(address)
            if page.status_code != 200 or "html" not in page.headers.get("Content-Type", ""):
                continue
            for form, sent, fields in forms_of(page.content.decode()):
                if any(sent[one.name].strip() for one in fields) and not is_marked(sent) and not form.action:
                    unmarked.add(route.name)
                if "seen" in sent and route.name not in refused:
                    answer = client.post(address, {**sent, **other_words(fields, sent), "seen": "0" * 24})
                    assert answer.status_code == 409, (route.name, sent)
                    assert "data-stale" in answer.content.decode(), route.name
                    refused.add(route.name)
            break
    assert [name for name in sorted(unmarked) if not name.endswith(MAKES)] == []
    assert len(refused) > 15, sorted(refused)
