# SPDX-License-Identifier: EUPL-1.2
"""The web service, replayed by a server on this machine with the answers it once gave."""

import http.server
import json
import logging
import threading
import urllib.parse

import pytest
from django.urls import reverse

from indicators import flows
from indicators.genesis import Client, ServiceError, offered
from indicators.models import Import, Observation, Retrieval, RetrievalState

pytestmark = pytest.mark.django_db

SECRET = "geheim-nur-im-kopf"


class Replay(http.server.ThreadingHTTPServer):
    """Answers in the order given for each method; remembers what it was asked."""

    def __init__(self, answers):
        self.answers, self.asked = answers, []
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def address(self):
        return f"http://user:{SECRET}@127.0.0.1:{self.server_port}/rest/2020"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        method = self.path.removeprefix("/rest/2020/")
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        fields = dict(urllib.parse.parse_qsl(body, keep_blank_values=True))
        self.server.asked.append((method, fields, dict(self.headers)))
        queue = self.server.answers[method]
        status, kind, content = queue.pop(0) if len(queue) > 1 else queue[0]
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if status in (301, 307):
            self.send_header("Location", "http://127.0.0.1:9/else")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def replay(settings):
    servers = []

    def start(**answers):
        server = Replay({name.replace("__", "/"): queue for name, queue in answers.items()})
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        settings.GENESIS = {"regio": ("Regionaldatenbank", _parsed(server.address))}
        return server

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def _parsed(address):
    return urllib.parse.urlparse(address)


def saved(shared_data, name):
    path = shared_data / "genesis/api_json" / name
    return 200, "application/zip" if name.endswith("zip") else "application/json;charset=UTF-8", path.read_bytes()


def said(code, content="x", status=200):
    return status, "application/json", json.dumps({"Status": {"Code": code, "Content": content}}).encode()


@pytest.fixture
def monitor(make_user):
    return make_user("Jonas Arndt", office=["monitoring"])


def order(monitor, code="12411-01-01-4"):
    return flows.order_retrieval(by=monitor, instance="regio", table_code=code)


def work(retrieval):
    """Take steps until none is left, without waiting for their time."""
    steps = 0
    while flows.advance(retrieval.pk) is not None:
        steps += 1
        Retrieval.objects.filter(pk=retrieval.pk).update(leased_until=None)
        assert steps < 200
    retrieval.refresh_from_db()
    return retrieval


def test_a_table_is_fetched_into_a_preview(replay, shared_data, monitor):
    server = replay(data__tablefile=[saved(shared_data, "12411-01-01-4_tablefile_response.zip")])
    retrieval = work(order(monitor))
    assert retrieval.state == RetrievalState.READY
    assert (retrieval.delivery.table_code, retrieval.delivery.summary["cells"]) == ("12411-01-01-4", 1467)
    assert not Observation.objects.exists()
    ((_method, fields, headers),) = server.asked
    assert fields["name"] == "12411-01-01-4"
    assert (headers["username"], headers["password"]) == ("user", SECRET)
    assert SECRET not in json.dumps(fields)


def test_a_table_too_large_becomes_a_job_that_is_waited_for(replay, shared_data, monitor):
    job = shared_data / "genesis/ffcsv_new_long/46181-0001_de.csv"
    server = replay(
        data__tablefile=[
            saved(shared_data, "job_1_data_tablefile_code98.json"),
            saved(shared_data, "job_2_data_tablefile_code99.json"),
        ],
        catalogue__results=[
            saved(shared_data, "job_3_catalogue_results_code104.json"),
            saved(shared_data, "job_3_catalogue_results_code104.json"),
            saved(shared_data, "job_4_catalogue_results_code0.json"),
        ],
        data__resultfile=[(200, "text/csv", job.read_bytes())],
    )
    retrieval = work(order(monitor, "12531-0043"))
    assert (retrieval.state, retrieval.job_name, retrieval.polls) == ("ready", "12531-0043_175879554", 3)
    assert [method for method, _fields, _headers in server.asked] == [
        *["data/tablefile"] * 2,
        *["catalogue/results"] * 3,
        "data/resultfile",
    ]
    assert server.asked[1][1]["job"] == "true"


@pytest.mark.parametrize("name", ["error_104_no_object_63121-0001.json", "error_minus1_no_cube_61111-0021.json"])
def test_an_error_of_the_service_ends_the_order_with_its_meaning(replay, shared_data, monitor, name):
    replay(data__tablefile=[saved(shared_data, name)])
    retrieval = work(order(monitor))
    assert retrieval.state == RetrievalState.FAILED
    assert len(str(retrieval.error)) > 30
    assert not Import.objects.exists()


def test_a_wrong_password_is_not_tried_again(replay, monitor):
    body = json.dumps({"Code": "2", "Content": "Ungültige Anmeldung", "Type": "ERROR"}).encode()
    server = replay(data__tablefile=[(404, "application/json", body)])
    retrieval = work(order(monitor))
    assert (retrieval.state, len(server.asked)) == ("failed", 1)


def test_a_service_in_trouble_is_asked_three_times(replay, monitor):
    server = replay(data__tablefile=[(500, "text/html", b"<html>oops</html>")])
    retrieval = work(order(monitor))
    assert (retrieval.state, len(server.asked)) == ("failed", 3)


def test_a_failed_order_is_started_again(client, replay, shared_data, monitor):
    server = replay(data__tablefile=[said(104)])
    retrieval = work(order(monitor))
    server.answers["data/tablefile"] = [saved(shared_data, "12411-01-01-4_tablefile_response.zip")]
    client.force_login(monitor)
    client.post(reverse("indicators:retrieval_retry", args=[retrieval.pk]))
    assert work(retrieval).state == RetrievalState.READY


def test_redirects_do_not_carry_the_password_away(replay, monitor):
    replay(data__tablefile=[(307, "text/plain", b"")])
    retrieval = work(order(monitor))
    assert retrieval.state == RetrievalState.FAILED


def test_a_login_is_checked(replay):
    replay(
        helloworld__logincheck=[(200, "application/json", b'{"Status": "Sie wurden erfolgreich an- und abgemeldet!"}')]
    )
    with Client("regio") as client:
        assert client.check_login()


def test_a_dead_service_is_a_sentence(settings):
    settings.GENESIS = {"regio": ("x", _parsed("http://u:p@127.0.0.1:9/rest"))}
    with Client("regio") as client, pytest.raises(ServiceError) as error:
        client.check_login()
    assert len(str(error.value)) > 20


def test_the_password_is_in_no_log(replay, shared_data, monitor, caplog):
    caplog.set_level(logging.DEBUG)
    replay(data__tablefile=[saved(shared_data, "12411-01-01-4_tablefile_response.zip")])
    work(order(monitor))
    assert SECRET not in caplog.text


def test_two_workers_never_take_the_same_step(replay, shared_data, monitor):
    server = replay(data__tablefile=[saved(shared_data, "12411-01-01-4_tablefile_response.zip")])
    retrieval = order(monitor)
    Retrieval.objects.update(state="running", leased_until="2999-01-01T00:00Z")
    assert flows.advance(retrieval.pk) is None
    assert server.asked == []
    assert order(monitor) == retrieval


def test_the_page_of_an_order_shows_its_state(client, replay, monitor, office):
    replay(data__tablefile=[said(104)])
    client.force_login(monitor)
    assert [key for key, _label in offered()] == ["regio"]
    answer = client.post(
        reverse("indicators:retrieval_create"), {"instance": "regio", "table_code": "12411-01-01-4", "region_keys": ""}
    )
    page = client.get(answer.url).content.decode()
    assert "hx-get" in page
    work(Retrieval.objects.get())
    assert "hx-get" not in client.get(answer.url).content.decode()
    client.force_login(office)
    assert client.get(answer.url).status_code == 403


def test_an_order_whose_worker_dies_three_times_ends(replay, monitor):
    server = replay(data__tablefile=[said(104)])
    retrieval = order(monitor)
    for _lost in range(3):
        assert Retrieval.objects.claim(retrieval.pk)
        Retrieval.objects.update(leased_until=None)
    assert flows.advance(retrieval.pk) is None
    assert flows.waiting_retrievals() == []
    retrieval.refresh_from_db()
    assert (retrieval.state, server.asked) == ("failed", [])
