# SPDX-License-Identifier: EUPL-1.2
"""Whatever stands in an address or a field, the answer is a page, a refusal or a message: never an error of ours.

Every address as every role, with hostile values in every parameter that the code reads and every field that the page
shows: one at a time as somebody who may open it, all at once as everybody else.
"""

import ast
from functools import cache
from importlib import import_module
from itertools import cycle, islice

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from lxml import html

from accounts.models import User
from core.routes import routes
from tests.infrastructure.test_authorization import LEFT_OUT, parameters
from tests.infrastructure.test_tree import APPS, ROOT, tracked

HOSTILE = {
    "a NUL": "a\0b",
    "more than any number": "1" + "0" * 20,
    "four thousand digits": "9" * 4000,
    "less than nothing": "-1",
    "Arabic digits": "١٢",
    "a superscript": "²",
    "the year one": "0001-01-01",
    "a day that is not there": "2026-02-30",
    "the last year": "9999-12-31T23:59",
    "not a number": "NaN",
    "an expression": "1e400",
    "a list": '["x"]',
    "a surrogate": "\ud800",
    "an address": "//elsewhere.example/\r\nX-Y: z",
    "nothing": "",
    "much": "Ä" * 70_000,  # in one field; in all at once less, for megabytes are turned away before anything reads them
}
DOORS = ("get", "getlist", "pop", "dict", "values", "lists")
SORTS = cycle(HOSTILE.items())
EACH = 3  # of the sorts for each field; the next field takes the next ones
POSTED = cycle(["POST", "GET", "GET"])  # every role reads with hostile values; every third one writes
PLAIN = {"csrfmiddlewaretoken"}

# thousands of requests: once is enough, on the database of production, which is the stricter one
pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def built(whole_matrix):
    return whole_matrix.described


@cache
def read_by_hand():
    """The names of all parameters that some code takes out of a request itself."""
    found = set()
    for path in tracked(*(f"{app}/*.py" for app in APPS)):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("asked.") and len(node.args) > 1:
                module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
                found.add(eval(ast.unparse(node.args[1]), vars(module)))  # the name, or the constant that holds it
    return frozenset(found)


def test_nothing_but_forms_and_one_door_takes_a_value_out_of_a_request():
    for path in tracked(*(f"{app}/*.py" for app in APPS)):
        for node in ast.walk(ast.parse(path.read_text())):
            taken = isinstance(node, ast.Subscript) or (isinstance(node, ast.Attribute) and node.attr in DOORS)
            assert not (taken and ast.unparse(node.value).endswith(("request.GET", "request.POST"))), (
                path,
                node.lineno,
            )


def addresses():
    """Every address of the house by the first part of its name."""
    found = {}
    for route in routes():
        if ":" in route.name and not route.name.startswith(LEFT_OUT):
            found.setdefault(route.name.split(":")[0], []).append(route)
    return found


def clients(built):
    found = {"anonymous": Client(raise_request_exception=False)}
    for user in built["users"]:
        if user["active"]:
            found[user["role"]] = Client(raise_request_exception=False)
            found[user["role"]].force_login(User.objects.get(pk=user["id"]))
    return found


def encoded(values):
    """As a browser of ill will sends it: a list of pairs."""
    asked = QueryDict(mutable=True)
    for name, value in values:
        asked.appendlist(name, value.encode("utf-8", "replace").decode())
    return asked.urlencode()


def ask(client, method, address, values):
    """The status that an address answers; whatever it changed is undone."""
    sid = transaction.savepoint()
    if method == "GET":
        response = client.get(f"{address}?{encoded(values)}")
    else:
        response = client.post(address, encoded(values), content_type="application/x-www-form-urlencoded")
    transaction.savepoint_rollback(sid)
    return response.status_code


def fields(page):
    """What the forms of a page would send as they stand: ``[(method, address, [(name, value), …]), …]``."""
    if not page.strip():
        return []
    found = []
    for form in html.fromstring(page).forms:
        sent = [(name, value or "") for name, value in form.form_values() if name not in PLAIN]
        empty = [one.name for one in form.inputs if one.name and one.name not in {*PLAIN, *dict(sent)}]
        found.append((form.method.upper(), form.action or "", sent + [(name, "") for name in empty]))
    return found


def one_at_a_time(client, address, sent_before):
    """Each field of each form of a page with hostile values in turn, the others as they stand."""
    page = client.get(address)
    if page.status_code != 200 or "html" not in page.headers.get("Content-Type", ""):
        return
    for method, action, sent in fields(page.content.decode()):
        target = (action or address).split("?")[0]
        if not target.startswith("/") or "logout" in target:
            continue
        for name in dict(sent):
            if (method, target, name) in sent_before:
                continue
            sent_before.add((method, target, name))
            others = [(other, kept) for other, kept in sent if other != name]
            tried = {f"{sort} as {name}": [*others, (name, value)] for sort, value in islice(SORTS, EACH)}
            tried |= {f"{name} twice": [*sent, (name, "x"), (name, "y")], f"without {name}": others}
            for what, values in tried.items():
                yield what, method, target, ask(client, method, target, values)


def is_error(status):
    return status >= 500 and status != 503  # 503 is what an address says of a part that is away


@pytest.mark.parametrize("listed", addresses().values(), ids=addresses())
def test_no_value_in_any_parameter_or_field_makes_an_error(built, listed):
    people, broken, sent_before = clients(built), [], set()
    for route in listed:
        address = reverse(route.name, kwargs=parameters(route, built))
        opened = False
        for role, client in people.items():
            for method in ("GET", next(POSTED)):
                sort, value = next(SORTS)
                status = ask(client, method, address, [(name, value[:3000]) for name in read_by_hand()])
                if is_error(status):
                    broken.append((route.name, role, method, sort, status))
            if not opened and role != "anonymous" and client.get(address).status_code == 200:
                opened = True
                for what, method, target, status in one_at_a_time(client, address, sent_before):
                    if is_error(status):
                        broken.append((route.name, role, method, target, what, status))
    assert not broken, "\n".join(map(str, broken))


@pytest.mark.parametrize("value", ["1" + "0" * 20, "9" * 4000, "a%00b"])
def test_no_number_in_an_address_makes_an_error(built, value):
    client = Client(raise_request_exception=False)
    client.force_login(
        User.objects.get(pk=next(user["id"] for user in built["users"] if user["role"] == "coordination"))
    )
    for route in routes():
        if route.parameters and ":" in route.name and not route.name.startswith(LEFT_OUT):
            address = reverse(route.name, kwargs=parameters(route, built))
            for given in {str(number) for number in parameters(route, built).values()}:
                for method in (client.get, client.post):
                    assert method(address.replace(f"/{given}/", f"/{value}/")).status_code < 500, (route.name, value)
