# SPDX-License-Identifier: EUPL-1.2
"""Servers as they really are, replayed on this machine: each test says what one of them does wrong."""

import gzip
import json
import threading
import tracemalloc
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committees import flows
from committees.models import AgendaItem, Committee, ForeignObject, Meeting, Membership, Paper, RunState, Source
from committees.oparl import client as clients
from committees.oparl import reading
from core.errors import WrongState

SCHEMA = "https://schema.oparl.org/1.1/"


class Server:
    """Answers by path from ``routes``: JSON-able content, bytes, ``(status, content)`` or a function of the query."""

    def __init__(self):
        self.routes, self.asked = {}, []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                parts = urlsplit(self.path)
                server.asked.append(self.path)
                found = server.routes.get(parts.path, (404, {"error": "nothing"}))
                if callable(found):
                    found = found(self.path, parse_qs(parts.query))
                status, content, headers = (*found, {})[:3] if isinstance(found, tuple) else (200, found, {})
                body = content if isinstance(content, bytes) else json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_arguments):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.http.server_address[1]}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def thing(self, kind, pk, schema=SCHEMA, **fields):
        return {
            "id": f"{self.base}/{kind.lower()}/{pk}",
            "type": schema + kind,
            "created": "2026-01-01T00:00:00Z",
        } | fields

    def page(self, things, following=""):
        links = {"next": self.base + following} if following else {}
        return {"data": things, "pagination": {"elementsPerPage": 2}, "links": links}

    def council(self, **lists):
        """A system with one body whose lists are these paths."""
        body = self.thing("Body", 1, name="Stadt Lindenfurt")
        body |= {name: self.base + f"/{name}" for name in ("organization", "person", "meeting", "paper")}
        self.routes["/system"] = self.thing("System", 1, body=f"{self.base}/bodies")
        self.routes["/bodies"] = self.page([body])
        self.routes |= {f"/{name}": content for name, content in lists.items()}


@pytest.fixture
def server(settings, monkeypatch):
    made = Server()
    settings.OPARL_HOSTS, settings.OPARL_PRIVATE = [made.base.removeprefix("http://")], True
    monkeypatch.setattr(clients, "PAUSE", 0)
    yield made
    made.http.shutdown()


@pytest.fixture
def source(server, lead):
    return Source.objects.create(name="RIS", prefix="RIS", address=f"{server.base}/system", lead_department=lead)


def fetch(source, by, **options):
    run = flows.order_import(source, by=by, **options)
    while flows.advance(run.pk) is not None:
        pass
    run.refresh_from_db()
    return run


def taken(source, by):
    run = fetch(source, by)
    if run.state == RunState.READY:
        flows.confirm(run, by=by)
        while flows.advance(run.pk) is not None:
            pass
        run.refresh_from_db()
    return run


def papers(server, *numbers):
    return [server.thing("Paper", number, name=f"Vorlage {number}", date="2026-01-01") for number in numbers]


def test_all_pages_are_read_and_a_404_is_an_empty_list(server, source, office):
    server.council(paper=server.page(papers(server, 1, 2), "/paper2"))
    server.routes["/paper2"] = server.page(papers(server, 3, 4), "/paper3?page=3")
    server.routes["/paper3"] = server.page(papers(server, 5))
    server.routes["/person"] = (404, {"error": {"code": 802, "message": "Keine Daten"}})
    run = fetch(source, office)
    assert run.summary["found"]["Paper"] == 5
    assert run.complete
    assert not run.problems


def test_a_page_of_broken_json_is_reported_and_the_rest_of_the_list_is_read(server, source, office):
    server.council(paper=server.page(papers(server, 1, 2), "/paper2"))
    server.routes["/paper2"] = b'{"data": [{"id": "x" "broken"}], "links": {"next": "' + (
        f"{server.base}/paper3".replace("/", "\\/").encode() + b'"}}'
    )
    server.routes["/paper3"] = server.page(papers(server, 5))
    run = fetch(source, office)
    assert run.summary["found"]["Paper"] == 3
    assert not run.complete
    assert [one["where"] for one in run.problems] == [f"{server.base}/paper2"]
    source.refresh_from_db()
    assert source.complete_since is None  # the next import asks for everything again


def test_control_characters_and_a_byte_order_mark_are_read_over(server, source, office):
    text = json.dumps(server.page(papers(server, 1))).replace("Vorlage 1", "Vorlage\x0b eins\x01")
    server.council(paper=b"\xef\xbb\xbf" + text.encode())
    run = fetch(source, office)
    assert run.summary["found"]["Paper"] == 1
    assert ForeignObject.objects.get(kind="Paper").data["name"] == "Vorlage  eins"


def test_a_list_without_end_is_noticed(server, source, office):
    def endless(_path, query):
        number = int(query.get("page", ["1"])[0])
        return server.page(papers(server, 1, 2), f"/paper?page={number + 1}")

    server.council(paper=endless, person=server.page([], "/person"))
    run = fetch(source, office)
    assert run.summary["found"]["Paper"] == 2
    assert len(server.asked) < 12
    assert len(run.problems) == 2


def test_a_page_that_fails_for_a_moment_is_asked_again(server, source, office):
    answers = iter([(500, {}), (503, {})])
    server.council(paper=lambda _path, _query: next(answers, server.page(papers(server, 1))))
    run = fetch(source, office)
    assert run.summary["found"]["Paper"] == 1
    assert run.complete


def test_a_page_that_stays_broken_is_reported_and_the_next_number_is_read(server, source, office):
    first = server.page(papers(server, 1), "/paper?page=2")
    first["pagination"]["totalPages"] = 3

    def pages(_path, query):
        number = query.get("page", ["1"])[0]
        return {"1": first, "2": (500, {}), "3": server.page(papers(server, 3))}[number]

    server.council(paper=pages)
    run = fetch(source, office)
    assert run.summary["found"]["Paper"] == 2
    assert not run.complete


def test_shapes_of_version_one_are_understood(server, source, office):
    """No types, one body in place of a list, bare arrays, one object for a list, “N/A”, no zones, inner objects."""
    old = "https://oparl.org/schema/1.0/"
    committee = server.thing("Organization", 7, old, name="Ausschuss für Bildung", organizationType="Gremium")
    committee["membership"] = [f"{server.base}/membership/9"]
    body = server.thing("Body", 1, old, name="Gemeinde", organization=f"{server.base}/orgs", ags="5315000")
    body |= {"meeting": f"{server.base}/meetings", "paper": f"{server.base}/papers", "person": f"{server.base}/persons"}
    meeting = server.thing("Meeting", 1, old, name="N/A", start="2026-03-01 17:00", end="2026-03-01T00:00:00")
    meeting |= {
        "organization": f"{server.base}/organization/7/",
        "location": {"id": f"{server.base}/l/1", "room": "Saal"},
    }
    meeting["agendaItem"] = [{"id": f"{server.base}/item/1", "name": "Haushalt", "number": "", "public": True}]
    paper = server.thing("Paper", 1, old, name="Haushalt", date="01.02.2026", reference="1/26")
    paper["auxiliaryFile"] = {"id": f"{server.base}/file/1", "accessUrl": f"{server.base}/f.pdf"}
    del paper["type"]
    person = server.thing("Person", 3, old, name="Anke Rühl")
    seat = {"id": f"{server.base}/membership/9", "person": person["id"], "organization": committee["id"]}
    server.routes |= {
        "/system": server.thing("System", 1, old, body=f"{server.base}/body"),
        "/body": body,
        "/orgs": [committee],
        "/meetings": server.page([meeting]),
        "/papers": server.page([paper]),
        "/persons": server.page([person]),
        "/membership/9": seat | {"startDate": "2026-01-01", "role": "stv. Vorsitzender"},
    }
    run = taken(source, office)
    assert run.problems == []
    assert run.state == RunState.DONE
    found = Meeting.objects.get()
    assert (found.committee, found.location) == (Committee.objects.get(), "Saal")
    assert AgendaItem.objects.get().title == "Haushalt"
    assert Paper.objects.get().date.isoformat() == "2026-02-01"
    assert Membership.objects.get().role == "deputy_chair"
    assert ForeignObject.objects.filter(kind="File").count() == 1


def test_only_what_changed_is_asked_for_after_a_complete_import(server, source, office):
    server.council(paper=server.page(papers(server, 1)))
    taken(source, office)
    server.asked.clear()
    server.routes["/paper"] = lambda _path, query: (
        server.page([server.thing("Paper", 1, deleted=True)]) if "modified_since" in query else (500, {})
    )
    run = fetch(source, office)
    assert run.since
    assert [path for path in server.asked if path.startswith("/paper?modified_since=")]
    assert ForeignObject.objects.get(kind="Paper").proposal == "deleted"
    assert run.state == RunState.READY


def test_a_server_that_wants_its_filter_without_escapes_gets_it(server, source, office):
    server.council(paper=server.page(papers(server, 1)))
    taken(source, office)
    server.routes["/paper"] = lambda path, _query: (500, {}) if "%3A" in path else server.page(papers(server, 2))
    run = fetch(source, office)
    assert run.complete
    assert run.summary["found"]["Paper"] == 1


def test_deleted_objects_in_a_plain_list_are_no_new_ones(server, source, office):
    gone = server.thing("Paper", 9, deleted=True, name="", reference="")
    server.council(paper=server.page([*papers(server, 1), gone]))
    run = fetch(source, office)
    assert run.summary["found"]["Paper"] == 2
    assert run.summary["proposed"] == {"new": 1}


def test_objects_that_name_no_type_or_a_wrong_one_are_told_by_their_list_or_left_out(server, source, office):
    nameless, strange = papers(server, 1, 2)
    del nameless["type"]
    strange["type"] = "https://example.org/Sonstiges"
    server.council(paper=server.page([nameless, strange, {"type": SCHEMA + "Paper"}, "text", 5]))
    run = fetch(source, office)
    assert run.summary["found"]["Paper"] == 1
    assert len(run.problems) == 3
    assert run.complete


@pytest.mark.parametrize("target", ["http://127.0.0.1:9/paper", "http://localhost/paper", "file:///etc/passwd"])
def test_nothing_but_the_allowed_host_is_ever_asked(server, source, office, target):
    server.council(paper=(302, b"", {"Location": target}), person={"data": [], "links": {"next": target}})
    run = fetch(source, office)
    assert len(run.problems) == 2
    assert not run.complete


def test_a_host_that_the_settings_do_not_name_is_not_offered_and_not_asked(server, source, office, settings):
    settings.OPARL_HOSTS = ["ris.lindenfurt.example"]
    with pytest.raises(WrongState):
        flows.order_import(source, by=office)
    assert not clients.configured("http://ris.lindenfurt.example:8080/")
    assert not clients.configured("ftp://ris.lindenfurt.example/")
    assert not clients.configured("https://user:secret@ris.lindenfurt.example/")
    assert clients.configured("https://ris.lindenfurt.example/oparl")


def test_an_address_of_the_internal_network_is_refused_unless_allowed(server, source, office, settings):
    settings.OPARL_PRIVATE = False
    server.council()
    run = fetch(source, office)
    assert run.state == RunState.FAILED
    assert not server.asked


def test_an_answer_that_is_too_large_is_not_read_to_its_end(server, source, office, monkeypatch):
    monkeypatch.setattr(clients, "MAX_BYTES", 2000)
    server.council(paper=server.page(papers(server, *range(50))))
    run = fetch(source, office)
    assert [one["where"] for one in run.problems] == [f"{server.base}/paper"]


def test_a_server_that_is_not_there_ends_in_a_state_with_a_reason(server, source, office):
    server.routes.clear()
    run = fetch(source, office)
    assert run.state == RunState.FAILED
    assert run.error


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-01T17:00:00+01:00", "2026-03-01T17:00:00+01:00"),
        ("2026-07-01T17:00:00", "2026-07-01T17:00:00+02:00"),
        ("2026-03-01 17:00", "2026-03-01T17:00:00+01:00"),
        ("2026-03-01", "2026-03-01T00:00:00+01:00"),
        ("01.03.2026", "2026-03-01T00:00:00+01:00"),
        ("N/A", None),
        ("0001-01-01T00:00:00", None),
        (20260301, None),
    ],
)
def test_moments_without_a_zone_are_those_of_berlin(text, expected):
    found = reading.moment(text)
    assert (found.isoformat() if found else None) == expected


def test_an_id_is_the_same_with_http_and_https_and_a_slash_at_the_end():
    assert reading.key_of("http://RIS.example/body/1/") == reading.key_of("https://ris.example/body/1")
    assert reading.key_of("https://ris.example/body/1") != reading.key_of("https://ris.example/body/2")


NAMES = ["id", "type", "data", "links", "next", "pagination", "totalPages", "membership", "agendaItem", "location", "x"]
LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from([SCHEMA + "Paper", "N/A"])
ANY_JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=25,
)


@given(ANY_JSON)
def test_whatever_json_a_server_sends_is_read_or_said_to_be_unreadable(value):
    page = reading.read(value, expected="Paper")
    assert all(one.kind in reading.KINDS and one.data["id"] for one in page.found)


def test_what_no_database_stores_is_cleaned_away(server, source, office):
    text = json.dumps(server.page(papers(server, 1))).replace("Vorlage 1", "Vorlage \\u0000\\ud800")
    server.council(paper=text.replace('"date"', '"x\\u0000y": NaN, "z": Infinity, "date"').encode())
    run = fetch(source, office)
    assert run.complete
    assert ForeignObject.objects.get(kind="Paper").data["name"] == "Vorlage  ?"


def test_an_object_nested_without_end_is_left_out(server, source, office):
    server.council(paper=b'{"data": [{"id": "a", "type": "Paper", "x": ' + b"[" * 900 + b"]" * 900 + b"}]}")
    run = fetch(source, office)
    assert run.problems
    assert run.state in (RunState.DONE, RunState.READY)


@pytest.mark.parametrize(
    ("headers", "rounds"),
    [({"Content-Encoding": "gzip"}, 1), ({"Content-Encoding": "gzip, gzip"}, 2), ({"Content-Encoding": "br"}, 0)],
)
def test_an_answer_that_unpacks_to_more_than_we_read_is_not_unpacked(server, monkeypatch, headers, rounds):
    monkeypatch.setattr(clients, "MAX_BYTES", 1 << 20)
    packed = b" " * (64 << 20)
    for _round in range(rounds):
        packed = gzip.compress(packed, 9)
    server.routes["/system"] = (200, packed if rounds else b"{}", headers)
    tracemalloc.start()
    with clients.Client(server.base) as client, pytest.raises(clients.ServerError):
        client.get(f"{server.base}/system")
    assert tracemalloc.get_traced_memory()[1] < 16 << 20
    tracemalloc.stop()


def test_a_packed_answer_is_read(server):
    server.routes["/system"] = (200, gzip.compress(b'{"id": 1}'), {"Content-Encoding": "gzip"})
    with clients.Client(server.base) as client:
        assert client.get(f"{server.base}/system").content == b'{"id": 1}'


@pytest.mark.parametrize(
    "answer",
    [(302, b""), (304, b""), (302, b"", {"Location": "http://[::1"}), (302, b"", {"Location": "file:///etc/passwd"})],
)
def test_a_redirect_to_nowhere_is_an_error_of_the_server_and_not_of_ours(server, answer):
    server.routes["/system"] = answer
    with clients.Client(server.base) as client, pytest.raises(clients.ServerError):
        client.get(f"{server.base}/system")


@pytest.mark.parametrize("following", ["http://[::1", "http://\x01/", "//[", "/\x7f"])
def test_a_next_page_that_is_no_address_ends_the_list_and_not_the_import(server, source, office, following):
    page = server.page(papers(server, 1))
    page["links"] = {"next": following}
    server.council(paper=page)
    run = fetch(source, office)
    assert run.state == RunState.READY
    assert not run.complete
    assert run.problems
    assert ForeignObject.objects.filter(kind="Paper").count() == 1
