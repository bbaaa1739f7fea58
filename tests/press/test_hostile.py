# SPDX-License-Identifier: EUPL-1.2
"""What a document must not do to the house, whatever stands in it: here the markup itself is hostile."""

import http.server
import subprocess
import sys
import threading
import time
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings

from core import enclosure
from press import pdf, program

PAGE = '<html lang="de"><head><title>T</title>{head}</head><body><main><h1>Titel</h1>{body}</main></body></html>'


@pytest.fixture(scope="module")
def canary():
    """A server on this machine that remembers who asked, and answers with redirects to a file."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()


def render(head="", body="", **more):
    return pdf.render(PAGE.format(head=head, body=body), "", **more)


REACHING = {
    "image": ("", '<img src="{url}/a.png" alt="a">'),
    "image of a file": ("", '<img src="file:///etc/passwd" alt="a">'),
    "image set": ("", '<img srcset="{url}/a.png 2x" src="{url}/b.png" alt="a">'),
    "picture": ("", '<picture><source srcset="{url}/a.png"><img src="{url}/b.png" alt="a"></picture>'),
    "background": ("", '<p style="background:url({url}/a.png)">x</p>'),
    "import": ("<style>@import url({url}/a.css);</style>", ""),
    "import of a file": ("<style>@import url(file:///etc/passwd);</style>", ""),
    "stylesheet": ('<link rel="stylesheet" href="{url}/a.css">', ""),
    "font": ("<style>@font-face{{font-family:X;src:url({url}/a.woff2)}} p{{font-family:X}}</style>", "<p>x</p>"),
    "list mark": ("<style>li{{list-style-image:url({url}/a.png)}}</style>", "<ul><li>x</li></ul>"),
    "generated content": ("<style>p::before{{content:url({url}/a.png)}}</style>", "<p>x</p>"),
    "page border": ("<style>@page{{background:url({url}/a.png)}}</style>", ""),
    "attachment": ('<link rel="attachment" href="{url}/a.bin">', ""),
    "attachment of a file": ('<link rel="attachment" href="file:///etc/passwd">', ""),
    "attachment in the text": ("", '<a rel="attachment" href="file:///etc/passwd">x</a>'),
    "drawing with image": ("", '<svg><title>t</title><image href="{url}/a.png" width="9" height="9"/></svg>'),
    "drawing with use": ("", '<svg><title>t</title><use href="{url}/a.svg#x"/></svg>'),
    "drawing with style": ("", '<svg><title>t</title><style>@import url({url}/a.css);</style><rect width="9"/></svg>'),
    "drawing in a drawing": (
        "",
        "<img alt='a' src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'>"
        "<image href='{url}/a.png' width='9' height='9'/></svg>\">",
    ),
    "object": ("", '<object data="{url}/a.pdf">x</object><embed src="{url}/b.pdf">'),
    "base": ('<base href="{url}/">', '<img src="a.png" alt="a">'),
    "meta refresh": ('<meta http-equiv="refresh" content="0;url={url}/">', ""),
    "script": ("<script src='{url}/a.js'></script>", ""),
}


@pytest.mark.parametrize("name", REACHING)
def test_no_markup_reaches_the_network_or_a_file(name, canary, tmp_path):
    url, asked = canary
    head, body = (text.format(url=url) for text in REACHING[name])
    made, _pages = render(head, body)
    assert asked == []
    (tmp_path / "made.pdf").write_bytes(made)
    with pikepdf.open(tmp_path / "made.pdf") as document:
        assert not list(document.attachments)
        streams = [one for one in document.objects if isinstance(one, pikepdf.Stream)]
        assert not any(b"root:x:" in one.read_bytes() for one in streams)


BOMBS = {
    "a cell over a million columns": ("", "<table><tr><td colspan=1000000>x</td></tr></table>", "span"),
    "a cell over a million rows": ("", "<table><tr><td rowspan=1000000>x</td></tr></table>", "span"),
    "columns by the million": ("", "<table><colgroup><col span=1000000></colgroup><tr><td>x</td></tr></table>", "span"),
    "5,000 nested blocks": ("", "<div>" * 5000 + "x" + "</div>" * 5000, "nesting"),
    "5,000 nested lists": ("", "<ul><li>" * 5000 + "x", ""),
    "a table of 40,000 rows": ("", "<table>" + "<tr><td>x</td></tr>" * 40_000 + "</table>", "elements"),
    "a hundred pages": ("", "<p style='break-before:page'>x</p>" * 100, "pages"),
    "letters of a billion pixels": ("<style>p{font-size:1e9px}</style>", "<p>x</p>", None),
    "a page of a billion pixels": ("<style>@page{size:1e9px 1e9px}</style>", "<p>x</p>", None),
    "words without an end": ("", "<p>" + "x" * 3_000_000 + "</p>", None),
    "a drawing that uses itself": ("", '<svg id="a"><title>t</title><use href="#a"/></svg>', None),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_within_the_limits_with_a_reason_and_the_next_document_succeeds(name, monkeypatch):
    monkeypatch.setattr(pdf, "MAX_SECONDS", 5)
    head, body, reason = BOMBS[name]
    begun = time.monotonic()
    try:
        render(head, body)
    except pdf.Unprintable as error:
        ended = str(error)
    else:
        ended = ""  # harmless after all
    assert time.monotonic() - begun < 15
    if reason == "":
        assert ended
    elif reason:
        # on a host that is busy the time may end it before its own limit does
        said = [str(pdf._unprintable(one, {"most": 0})).split(" ")[0] for one in (reason, "time")]
        assert ended.split(" ")[0] in said
    made, pages = render(body="<p>danach</p>")
    assert (made[:5], pages) == (b"%PDF-", 1)


def test_the_press_cannot_take_more_memory_than_its_limit():
    take = f"from press import program; program.limit(); bytearray({program.MAX_MEMORY})"
    command = [sys.executable, "-c", take]
    taken = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert "MemoryError" in taken.stderr


@pytest.mark.parametrize("program", enclosure.WAYS)
def test_the_press_works_in_every_enclosure_and_what_it_sets_is_the_same(program, monkeypatch):
    plain = render(body="<p>gleich</p>", created="2026-01-02")
    if not (shut := enclosure.way(program)):
        pytest.skip(f"this host does not allow {program}")
    monkeypatch.setattr(enclosure, "wrapper", lambda: shut)
    pdf.end_press()
    try:
        assert render(body="<p>gleich</p>", created="2026-01-02") == plain
        process = pdf.press().process
        assert process.args[: len(shut)] == shut
        # SECURITY: inside, the first process is the enclosure's own, and its environment can be read there
        assert b"SECRET" not in Path(f"/proc/{process.pid}/environ").read_bytes()
    finally:
        pdf.end_press()


def test_a_press_that_is_killed_is_replaced():
    killed = pdf.press().process
    killed.kill()
    killed.wait()
    assert render(body="<p>danach</p>")[1] == 1


def test_the_same_document_is_the_same_file_byte_for_byte():
    first = render(body="<p>gleich</p>", created="2026-01-02")
    pdf.end_press()
    assert render(body="<p>gleich</p>", created="2026-01-02") == first
