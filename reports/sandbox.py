# SPDX-License-Identifier: EUPL-1.2
"""A place for a program that must not reach anything: no network, no environment, nothing this installation wrote.

Where the host allows it with bubblewrap, else with ``unshare``; where neither works the program still runs without our
environment, and the log and ``/readyz`` say so.
"""

import logging
import shlex
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from django.conf import settings

logger = logging.getLogger(__name__)

ENVIRONMENT = {"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"}
SHUT = "import socket, sys; sys.exit(0 if [name for _index, name in socket.if_nameindex()] in ([], ['lo']) else 1)"


def _bubblewrap(base, hidden):
    """The whole disk read-only, with the homes, /tmp, /run and our own folder replaced by empty ones.

    The first of what is hidden becomes the place for temporary files, gone with the process.
    """
    shown = [base, Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve()]
    command = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--clearenv"]
    for name, value in {**ENVIRONMENT, "TMPDIR": hidden[0]}.items():
        command += ["--setenv", name, value]
    command += ["--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"]
    for place in ("/home", "/root", "/tmp", "/run", "/mnt", "/media"):  # noqa: S108 (hidden, not used)
        if Path(place).is_dir():
            command += ["--tmpfs", place]
    for place in shown:
        command += ["--ro-bind", place, place]
    for place in hidden:
        command += ["--tmpfs", place] if place.is_dir() else ["--ro-bind", "/dev/null", place]
    return [*map(str, command), "--chdir", str(base)]


def _unshare(base, hidden):
    """Own network, processes and mounts; our folder and the file of secrets are covered."""
    cover = "".join(
        'mount -t tmpfs tmpfs "$1" && shift && ' if place.is_dir() else 'mount --bind /dev/null "$1" && shift && '
        for place in hidden
    )
    command = ["setpriv", "--pdeathsig", "KILL", "unshare", "--map-root-user", "--net", "--ipc", "--pid", "--fork"]
    command += ["--kill-child", "--mount-proc"]
    return [*command, "sh", "-c", f'{cover}TMPDIR={shlex.quote(str(hidden[0]))} exec "$@"', "sh", *map(str, hidden)]


@cache
def wrapper():
    """The beginning of a command line that shuts a program in, tried out once; empty where the host forbids it."""
    base, var = Path(settings.BASE_DIR), Path(settings.VAR_DIR)
    var.mkdir(parents=True, exist_ok=True)
    hidden = [place.resolve() for place in (var, base / ".env") if place.exists()]
    for program, build in (("bwrap", _bubblewrap), ("unshare", _unshare)):
        if not shutil.which(program):
            continue
        command = build(base, hidden)
        tried = subprocess.run(  # noqa: S603 (our own command line)
            [*command, sys.executable, "-c", SHUT],
            env=ENVIRONMENT,
            cwd=base,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        if tried.returncode == 0:
            return command
    logger.warning(
        "this host allows neither bubblewrap nor unshare: documents are set in a plain process, without our secrets "
        "but with its network. docs/operations.md says what to install."
    )
    return []


def note():
    """For ``/readyz``: whether documents are set in a place of their own."""
    return {"sandbox": "ok" if is_shut() else "missing"}


def is_shut():
    """Whether documents are set without network on this host."""
    return bool(wrapper())
