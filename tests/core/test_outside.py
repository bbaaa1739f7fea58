# SPDX-License-Identifier: EUPL-1.2
"""Foreign servers, live on this machine, that answer slowly, endlessly or from where no server should be."""

import contextlib
import socket
import threading
import time

import httpx
import pytest

from core import outside

WAIT = 0.5


class Dribbling:
    """A server that sends what it is given, a piece every twentieth of a second, for as long as anybody listens."""

    def __init__(self, beginning, piece):
        self.beginning, self.piece = beginning, piece
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.socket.getsockname()[1]}/"
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        with contextlib.suppress(OSError):
            while True:
                link, _address = self.socket.accept()
                threading.Thread(target=self.dribble, args=[link], daemon=True).start()

    def dribble(self, link):
        with contextlib.suppress(OSError), link:
            link.recv(4096)
            link.sendall(self.beginning)
            for _time in range(400):
                link.sendall(self.piece)
                time.sleep(0.05)


@pytest.mark.parametrize(
    ("beginning", "piece"),
    [
        (b"", b"H"),
        (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    ],
    ids=["status line", "headers", "body", "chunks"],
)
def test_an_answer_that_dribbles_is_not_listened_to_for_ever(beginning, piece):
    server, patience = Dribbling(beginning, piece), outside.Patience()
    patience.begin(WAIT, 10**6)
    begun = time.monotonic()
    with outside.client(patience, httpx.Timeout(60)) as client, pytest.raises(httpx.HTTPError):
        client.get(server.address)
    assert time.monotonic() - begun < 10  # the server would go on for twenty


def test_headers_and_body_together_are_no_larger_than_we_read():
    server = Dribbling(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", b"x" * 1000)
    patience = outside.Patience()
    patience.begin(60, 3000)
    with outside.client(patience, httpx.Timeout(60)) as client, pytest.raises(httpx.HTTPError):
        client.get(server.address)


def test_patience_begins_anew_with_each_question():
    server, patience = (
        Dribbling(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok", b""),
        outside.Patience(),
    )
    with outside.client(patience, httpx.Timeout(60)) as client:
        for _question in range(3):
            patience.begin(5, 400)
            assert client.get(server.address).text == "ok"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.8",
        "192.88.99.1",
        "224.0.0.1",
        "0.0.0.0",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::7f00:1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "2001:db8::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff0e::1",
    ],
)
def test_what_is_no_host_of_the_open_internet_is_not_public(address):
    assert not outside.is_public(address)


@pytest.mark.parametrize("address", ["193.99.144.80", "2a02:2e0:3fe:1001::7777"])
def test_a_host_of_the_open_internet_is_public(address):
    assert outside.is_public(address)
