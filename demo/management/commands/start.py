# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import io
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.utils.translation import gettext as _

from core.models import Heartbeat
from demo import lindenfurt
from reports.models import Document, State

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

LOOPBACK = ("127.0.0.1", "localhost", "::1")
AS_ROOT = "ignore:You're running the worker"  # in a container, or where somebody only looks around, that is no news
PATIENCE = 120  # seconds until web and worker must be up, and briefings ready


class Command(BaseCommand):
    help = "Serve the application on this machine: web server and Celery worker under one command. Ctrl-C ends both."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--bind", default="127.0.0.1:8000")
        parser.add_argument("--demo", action="store_true", help="build Lindenfurt and wait for its briefings")

    def handle(self, bind: str, demo: bool, **options: Any) -> None:
        host, _colon, port = bind.rpartition(":")
        if not settings.HTTPS and host not in LOOPBACK:
            raise CommandError(_("Without HTTPS this is only served on this machine: bind to 127.0.0.1."))
        self._refuse_taken(host, int(port))
        call_command("migrate", interactive=False, verbosity=0)
        said = io.StringIO()  # what is set up before the first page is worth no line
        call_command("sync_roles", stdout=said)
        call_command("load_regions", if_none=True, stdout=said)
        if not demo:
            call_command("load_catalogue", stdout=said)
        call_command("collectstatic", interactive=False, verbosity=0)
        if demo:
            call_command("seed_demo", stdout=self.stdout)
        Heartbeat.objects.all().delete()
        processes = Processes(bind, self.stderr)
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, processes.stop)
        try:
            processes.start()
            self._wait(processes, lambda: Heartbeat.objects.alive("worker"), _("The worker does not start."))
            if demo:
                self._wait_for_briefings(processes)
            self._say_ready(bind, demo)
            processes.supervise()
        finally:
            processes.end()

    def _refuse_taken(self, host: str, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise CommandError(
                    _("Port %(port)s is taken. Choose another: make demo PORT=8001") % {"port": port}
                ) from error

    def _wait(self, processes: Processes, happened: Callable[[], bool], otherwise: str) -> None:
        until = time.monotonic() + PATIENCE
        while not happened():
            if processes.stopping:
                return
            if time.monotonic() > until:
                raise CommandError(otherwise)
            processes.revive()
            time.sleep(0.3)

    def _wait_for_briefings(self, processes: Processes) -> None:
        self.stdout.write(_("The worker renders the briefings …"))
        # the other documents of the town are made while people look around
        waiting = Document.objects.filter(kind="briefing", state__in=(State.QUEUED, State.RUNNING))
        self._wait(processes, lambda: not waiting.exists(), _("The briefings were not made in time."))
        failed = Document.objects.filter(state=State.FAILED).first()
        if failed:
            raise CommandError(failed.error)

    def _say_ready(self, bind: str, demo: bool) -> None:
        lines = []
        if demo:
            for role, name, email, password in lindenfurt.logins():
                lines.append(f"  {role:<42} {name:<24} {email:<44} {password}")
            briefing = Document.objects.filter(state=State.READY).order_by("requested_at").first()
            lines += ["", _("Briefing: %(path)s") % {"path": Path(settings.PRIVATE_DIR) / briefing.file.name}]  # type: ignore[operator]
        lines += [_("Ready: http://%(bind)s/  (Ctrl-C ends everything)") % {"bind": bind}]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


class Processes:
    """Web server and worker as children, each in a process group of its own so that nothing is left behind."""

    def __init__(self, bind: str, stderr: Any) -> None:
        self.stderr = stderr
        self.stopping = False
        self.running = {}
        worker = [sys.executable, "-m", "celery", "--quiet", "-A", "bildungsbuero", "worker", "-B", "-s"]
        worker += [
            str(Path(settings.VAR_DIR) / "beat"),
            "-l",
            "warning",
            "-c",
            "1",
            "--without-gossip",
            "--without-mingle",
        ]
        web = [sys.executable, "-m", "gunicorn", "bildungsbuero.wsgi", "-b", bind, "-k", "gthread", "-w", "1"]
        web += ["--threads", "8", "--log-level", "warning"]
        self.commands = {"worker": worker, "web": web}

    def start(self) -> None:
        for name in self.commands:
            self._spawn(name)

    def _spawn(self, name: str) -> None:
        environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": AS_ROOT}
        # start_new_session: Ctrl-C in the terminal reaches us alone, and we end the children in order
        child = subprocess.Popen(self.commands[name], env=environment, start_new_session=True, cwd=settings.BASE_DIR)  # noqa: S603
        self.running[name] = child, time.monotonic()

    def stop(self, *_signal: Any) -> None:
        self.stopping = True

    def revive(self) -> None:
        """Start again what ended by itself; what ends at once is given time."""
        for name, (child, started) in list(self.running.items()):
            if child.poll() is not None and not self.stopping:
                self.stderr.write(
                    _("%(name)s ended (%(code)s) and is started again.") % {"name": name, "code": child.returncode}
                )
                time.sleep(1 if time.monotonic() - started > 5 else 5)
                self._spawn(name)

    def supervise(self) -> None:
        while not self.stopping:
            time.sleep(0.3)
            self.revive()

    def end(self) -> None:
        for child, _started in self.running.values():
            if child.poll() is None:
                child.terminate()
        for child, _started in self.running.values():
            try:
                child.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
