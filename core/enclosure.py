# SPDX-License-Identifier: EUPL-1.2
"""A place for a program that must not reach anything: no network, no environment, no files but the program itself.

Where the host allows it with bubblewrap, else with ``unshare``; where neither works the program still runs without our
environment, and the log and ``/readyz`` say so.
"""

import logging
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from django.conf import settings

logger = logging.getLogger(__name__)

# SECURITY: callers start it with this environment: that of the first process inside can be read inside
ENVIRONMENT = {"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"}
SHUT = "import socket, sys; sys.exit(0 if [name for _index, name in socket.if_nameindex()] in ([], ['lo']) else 1)"
PROGRAMS = ("/usr", "/bin", "/sbin", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/fonts", "/var/cache/fontconfig")


def _bubblewrap(base: Path, hidden: Sequence[Path]) -> list[str]:
    """Programs, fonts and our own code, read-only; of what the installation wrote not even the names.

    The first of what is hidden becomes the place for temporary files, gone with the process.
    """
    command: list[str | Path] = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--clearenv"]
    for name, value in {**ENVIRONMENT, "TMPDIR": str(hidden[0])}.items():
        command += ["--setenv", name, value]
    for place in map(Path, PROGRAMS):
        if place.is_symlink():
            command += ["--symlink", place.readlink(), place]
        elif place.exists():
            command += ["--ro-bind", place, place]
    for place in (base, Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve()):
        command += ["--ro-bind", place, place]
    for place in hidden:
        command += ["--tmpfs", place] if place.is_dir() else ["--ro-bind", "/dev/null", place]
    return [*map(str, command), "--dev", "/dev", "--proc", "/proc", "--chdir", str(base)]


def _unshare(base: Path, hidden: Sequence[Path]) -> list[str]:
    """Own network, processes and mounts; our folder and the file of secrets are covered."""
    cover = "".join(
        'mount -t tmpfs tmpfs "$1" && shift && ' if place.is_dir() else 'mount --bind /dev/null "$1" && shift && '
        for place in hidden
    )
    command = ["setpriv", "--pdeathsig", "KILL", "unshare", "--map-root-user", "--net", "--ipc", "--pid", "--fork"]
    command += ["--kill-child", "--mount-proc"]
    return [*command, "sh", "-c", f'{cover}TMPDIR={shlex.quote(str(hidden[0]))} exec "$@"', "sh", *map(str, hidden)]


WAYS = {"bwrap": _bubblewrap, "unshare": _unshare}


def way(program: str) -> list[str]:
    """The beginning of a command line that shuts a program in this way, tried out; empty where the host forbids it."""
    base, var = Path(settings.BASE_DIR), Path(settings.VAR_DIR)
    var.mkdir(parents=True, exist_ok=True)
    hidden = [place.resolve() for place in (var, base / ".env") if place.exists()]
    if not shutil.which(program):
        return []
    command = WAYS[program](base, hidden)
    tried = subprocess.run(  # noqa: S603 (our own command line)
        [*command, sys.executable, "-c", SHUT],
        env=ENVIRONMENT,
        cwd=base,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return command if tried.returncode == 0 else []


@cache
def wrapper() -> list[str]:
    """The best way that this host allows, tried out once per process."""
    for program in WAYS:
        if command := way(program):
            return command
    logger.warning(
        "this host allows neither bubblewrap nor unshare: documents are set, and uploaded files are examined, in a "
        "plain process, without our secrets but with its network. docs/operations.md says what to install."
    )
    return []


def note() -> dict[str, str]:
    """For ``/readyz``: whether documents are set and files examined in a place of their own."""
    return {"sandbox": "ok" if is_shut() else "missing"}


def is_shut() -> bool:
    """Whether documents are set and files examined without network on this host."""
    return bool(wrapper())
