# SPDX-License-Identifier: EUPL-1.2
"""What a program in the enclosure sees of this host: it looks for itself."""

import json
import logging
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from core import enclosure

LOOK = """
import json, os, pathlib, socket, sys
port, var, secret = int(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
reached = []
for address in (("127.0.0.1", port), ("1.1.1.1", 53)):
    try:
        with socket.socket() as link:
            link.settimeout(2)
            link.connect(address)
        reached.append(address[0])
    except OSError:
        pass
others = []
for place in pathlib.Path("/proc").glob("[0-9]*/environ"):
    try:
        others += [str(place)] if b"SECRET_KEY" in place.read_bytes() else []
    except OSError:
        pass
def read(path):
    try:
        return pathlib.Path(path).read_text()
    except OSError:
        return ""
try:
    pathlib.Path("/usr/written").write_text("x")
    writes = True
except OSError:
    writes = False
print(json.dumps({
    "reached": reached,
    "environment": sorted(os.environ),
    "others": others,
    "ours": [str(path) for path in var.rglob("*") if path.name != "weasyprint"],
    "secret": read(secret),
    "passwd": read("/etc/passwd")[:9],
    "root": sorted(os.listdir("/")),
    "writes": writes,
    "processes": len(list(pathlib.Path("/proc").glob("[0-9]*"))),
}))
"""


@pytest.fixture(params=enclosure.WAYS)
def shut(request):
    """Both ways, whichever of them the host allows."""
    found = enclosure.way(request.param)
    if not found:
        pytest.skip(f"this host does not allow {request.param}")
    return request.param, found


@pytest.fixture
def seen(shut, tmp_path):
    """What a program sees that looks for a server of this machine, for secrets and for files."""
    program, command = shut
    var = Path(settings.VAR_DIR)
    (var / "private").mkdir(parents=True, exist_ok=True)
    (var / "private" / "enclosure").write_text("what the installation wrote")
    (tmp_path / "secret").write_text("what somebody else wrote")
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        arguments = [str(server.getsockname()[1]), str(var), str(tmp_path / "secret")]
        looked = subprocess.run(
            [*command, sys.executable, "-c", LOOK, *arguments],
            env=enclosure.ENVIRONMENT,
            capture_output=True,
            text=True,
            check=True,
        )
    return program, json.loads(looked.stdout)


def test_the_enclosure_has_no_network_no_secrets_and_nothing_that_the_installation_wrote(seen):
    _program, found = seen
    assert found["reached"] == []
    assert found["ours"] == []
    assert found["others"] == []
    assert not [name for name in found["environment"] if "SECRET" in name or "DATABASE" in name or "REDIS" in name]
    assert found["processes"] < 5, "it sees other processes"


def test_bubblewrap_shows_programs_and_our_code_and_no_other_file(seen):
    program, found = seen
    if program != "bwrap":
        pytest.skip("unshare covers our folder, the rest of the disk stays readable")
    assert found["secret"] == ""
    assert found["passwd"] == ""
    assert found["writes"] is False
    assert not {"home", "srv", "mnt", "media", "boot", "opt"} & set(found["root"])
    assert set(found["environment"]) <= {"LANG", "LC_CTYPE", "PATH", "PWD", "TMPDIR"}


def test_bubblewrap_is_taken_where_it_works():
    if not (shut := enclosure.way("bwrap")):
        pytest.skip("this host does not allow bubblewrap")
    enclosure.wrapper.cache_clear()
    assert enclosure.wrapper() == shut


def test_a_host_that_allows_nothing_is_told_loudly_and_readyz_says_so(monkeypatch, caplog):
    monkeypatch.setattr(enclosure.shutil, "which", lambda program: None)
    enclosure.wrapper.cache_clear()
    try:
        with caplog.at_level(logging.WARNING):
            assert enclosure.wrapper() == []
        assert "neither bubblewrap nor unshare" in caplog.text
        assert enclosure.note() == {"sandbox": "missing"}
    finally:
        enclosure.wrapper.cache_clear()
