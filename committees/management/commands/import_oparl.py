# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
import re
import tempfile
import zipfile
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.management import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Department, User
from accounts.roles import COORDINATION
from committees import flows
from committees.models import RunState, Source
from core.errors import DomainError
from core.sentences import words

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

    from committees.models import ImportRun


class Command(BaseCommand):
    help = (
        "Import from an OParl system: its address, the name of a connected system, or a JSON file, folder or ZIP. New "
        "objects are made; whatever touches something of ours waits in the preview. --json prints state, found by "
        "kind, proposed by proposal, created, changed, kept, left_aside, complete and problems with where and problem."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--json", action="store_true", dest="as_json")
        parser.add_argument("--by", default="", help="e-mail address of the coordination in whose name it happens")
        parser.add_argument("--name", default="", help="name of the system that files come from")

    def handle(self, source: str, dry_run: bool, as_json: bool, by: User, name: str, **options: Any) -> None:
        try:
            with transaction.atomic() if dry_run else nullcontext():
                summary = self._import(source, self._person(by), name)
                if dry_run:
                    transaction.set_rollback(True)
        except (DomainError, ValidationError) as error:
            text = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            if as_json:
                self.stdout.write(json.dumps({"state": "failed", "error": text}, ensure_ascii=False))
            raise CommandError(text) from error
        if as_json:
            self.stdout.write(json.dumps(summary, ensure_ascii=False))
        else:
            self._say(summary)
        if summary["state"] == RunState.FAILED:
            raise CommandError(summary["error"])

    def _person(self, email: Any) -> User:
        people = User.objects.holding(COORDINATION).order_by("pk")
        found = people.filter(email__iexact=email).first() if email else people.first()
        if found is None:
            raise CommandError(_("An import needs somebody of the coordination in whose name it happens."))
        return found

    def _import(self, text: str, by: User, name: str) -> dict[str, Any]:
        path = Path(text)
        if not path.exists():
            run = flows.import_now(self._source(text, name, address=text), by=by)
            return _summary(run)
        with tempfile.TemporaryFile() as packed:
            if path.is_dir():
                with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
                    for one in sorted(path.rglob("*.json")):
                        archive.write(one, one.relative_to(path))
                file, file_name = File(packed), f"{path.name}.zip"
            else:
                packed.write(path.read_bytes())
                file, file_name = File(packed), path.name
            packed.seek(0)
            source = self._source(name or path.resolve().stem, name)
            return _summary(flows.import_now(source, by=by, file=file, file_name=file_name))

    def _source(self, text: str, name: str, *, address: str = "") -> Source:
        known = Source.objects.filter(Q(name=name or text) | Q(prefix=text) | ~Q(address="") & Q(address=text)).first()
        if known:
            return known
        department = Department.objects.order_by("pk").first()
        if department is None:
            raise CommandError(_("There is no department yet that could stand for papers from there."))
        if address and not urlsplit(address).netloc:
            raise CommandError(_("There is no such file, address or connected system: %(text)s") % {"text": text})
        title = name or (urlsplit(address).hostname if address else text)
        letters = re.sub(r"[^A-Z]", "", title.upper())[:4] or "RIS"  # type: ignore[union-attr]
        taken = set(Source.objects.values_list("prefix", flat=True))
        prefix = next(p for p in (letters, *(f"{letters}{n}" for n in range(2, 100))) if p not in taken)
        return Source.objects.create(name=title[:80], prefix=prefix, address=address, lead_department=department)  # type: ignore[index]

    def _say(self, summary: Mapping[str, Any]) -> None:
        for kind, count in summary["found"].items():
            self.stdout.write(f"  {kind:<18} {count}")
        text = _("%(created)s new, %(changed)s changed, %(kept)s kept, %(open)s to decide, %(problems)s remarks.")
        counts = {**summary, "open": sum(summary["proposed"].values()), "problems": len(summary["problems"])}
        self.stdout.write(text % counts)


def _summary(run: ImportRun) -> dict[str, Any]:
    return {
        "state": run.state,
        "error": str(run.error),
        "complete": run.complete,
        "pages": run.pages,
        "found": run.summary.get("found", {}),
        "proposed": run.summary.get("proposed", {}),
        **{name: run.summary.get(name, 0) for name in ("created", "changed", "kept", "left_aside")},
        "problems": [{**one, "problem": words(one["problem"])} for one in run.problems],
    }
