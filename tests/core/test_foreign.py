# SPDX-License-Identifier: EUPL-1.2
"""What strangers' bytes can do to the process that reads them, and that it does nothing to us."""

import ast
import io
import resource
import socket
import threading
import time

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from core import enclosure, foreign
from core.foreign import Breach, Limits
from core.sentences import Sentence
from tests.infrastructure.test_tree import APPS, ROOT, tracked

SMALL = Limits(memory=400 << 20, seconds=2, answer=3 << 20)


def read(name, content=b"", **arguments):
    return list(foreign.parts(f"tests.strangers:{name}", content, limits=SMALL, **arguments))


def test_a_reader_gives_plain_parts_and_bytes():
    for content in (b"12345", io.BytesIO(b"12345")):
        about, data = read("echo", content, word="Größe")
        assert about == {"word": "Größe", "size": 5}
        assert data == b"B1\nJ{}\nbytes as they are"


def test_what_a_reader_refuses_is_refused_with_the_same_sentence_in_the_language_of_whoever_reads():
    given = foreign.parts("tests.strangers:refuse", b"")
    assert next(given) == {"before": 1}
    with pytest.raises(ValidationError) as refusal:
        next(given)
    assert refusal.value.code == "large"
    assert isinstance(refusal.value.message, Sentence)
    with translation.override("de"):
        assert str(refusal.value.message) == "Die Datei ist zu groß. Gelesen werden höchstens 7 MB."


@pytest.mark.parametrize(
    ("name", "code"), [("grow", "memory"), ("spin", "time"), ("flood", "bomb"), ("abort", "died"), ("stray", "died")]
)
def test_a_file_that_is_too_much_for_its_reader_is_a_sentence_and_we_do_not_notice(name, code):
    before = resource.getrusage(resource.RUSAGE_SELF)
    with pytest.raises(Breach) as breach:
        read(name)
    after = resource.getrusage(resource.RUSAGE_SELF)
    assert breach.value.code == code
    assert after.ru_utime - before.ru_utime < 1
    assert after.ru_maxrss - before.ru_maxrss < 64 << 10  # kilobytes
    with translation.override("en"):
        english = str(breach.value.message)
    with translation.override("de"):
        assert str(breach.value.message) != english


def test_a_reader_that_only_waits_is_ended(monkeypatch):
    monkeypatch.setattr(foreign, "PATIENCE", 1)
    began = time.monotonic()
    with pytest.raises(Breach) as breach:
        read("sleep")
    assert breach.value.code == "time"
    assert time.monotonic() - began < 20


def test_a_reader_has_no_network_no_secrets_and_writes_nothing():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        ((found),) = read("look", port=server.getsockname()[1])
    if enclosure.is_shut():
        assert found["reached"] is False
    assert set(found["environment"]) <= {"LANG", "LC_CTYPE", "PATH", "PWD", "TMPDIR"}
    if enclosure.wrapper()[:1] == ["bwrap"]:
        assert found["writes"] is False
    (ROOT / "written-by-a-file").unlink(missing_ok=True)


def test_a_host_without_an_enclosure_still_has_the_limits(monkeypatch):
    monkeypatch.setattr(enclosure, "wrapper", list)
    for name, code in (("grow", "memory"), ("spin", "time"), ("flood", "bomb")):
        with pytest.raises(Breach) as breach:
            read(name)
        assert breach.value.code == code


def test_a_burst_of_files_waits_for_its_turn_and_is_told_so_when_that_takes_too_long(monkeypatch):
    monkeypatch.setattr(foreign, "_turns", threading.BoundedSemaphore(1))
    monkeypatch.setattr(foreign, "PATIENCE", 0.1)
    foreign._turns.acquire()
    with pytest.raises(Breach) as breach:
        read("echo", word="x")
    assert breach.value.code == "busy"
    foreign._turns.release()
    monkeypatch.setattr(foreign, "PATIENCE", 60)
    assert read("echo", word="x")


# what takes strangers' bytes apart, and the modules that may call it: those that work inside, and those that read ours
PARSERS = {"zipfile", "python_calamine", "pikepdf", "PIL", "lxml", "defusedxml", "openpyxl", "csv", "gzip", "puremagic"}
INSIDE = ("core/documents/", "indicators/readers/", "committees/oparl/inside.py")
OF_OURS = {
    "core/sheets.py": "writes",
    "press/joining.py": "joins what the press made",
    "press/numbering.py": "numbers what the press made",
    "indicators/management/commands/export_observations.py": "writes",
    "committees/management/commands/import_oparl.py": "packs the files of a folder, and reads none",
}


def test_nothing_outside_of_the_enclosure_takes_strangers_files_apart():
    found = set()
    for path in tracked(*(f"{app}/*.py" for app in APPS if app != "demo")):
        place = str(path.relative_to(ROOT))
        tree = ast.parse(path.read_text())
        guards = [
            node for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        ]
        only_named = {
            id(inner) for guard in guards for inner in ast.walk(guard)
        }  # in signatures; Python never takes it
        for node in ast.walk(tree):
            names = []
            if id(node) in only_named:
                continue
            if isinstance(node, ast.Import):
                names = [one.name for one in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module]
            if any(name.split(".")[0] in PARSERS for name in names) and not place.startswith(INSIDE):
                found.add(place)
    assert found == set(OF_OURS)
