# SPDX-License-Identifier: EUPL-1.2
"""The log vouches for rows that must stay as they are: their checksum stands in the entry that tells of them.

Whoever changes, removes or slips in such a row past the database's own rules is named by ``verify_log``. An app says
which tables these are with ``KEPT.hang(Kept(…))`` and names the rows to ``record(…, keeps=[row])``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from core.hooks import Hook

if TYPE_CHECKING:
    from activity.models import Event


@dataclass(frozen=True)
class Kept:
    """A table whose rows the log vouches for.

    ``fields`` count; ``due`` gives the rows that some entry must stand behind. Rows from before the first one that an
    entry stands behind are taken as they are. Rows that are not ``lasting`` may be deleted.
    """

    model: type[Model]
    fields: tuple[str, ...]
    due: Callable[[], QuerySet]
    lasting: bool = True


KEPT: Hook[Kept] = Hook("activity.keeping.KEPT", "tables whose rows the log vouches for")


def voucher(row: Model) -> dict[str, Any]:
    """What an entry says of a row: which it is, and its checksum over the fields that count."""
    kept = next(kept for kept in KEPT if kept.model is type(row))
    return {
        "row": kept.model._meta.label_lower,
        "id": row.pk,
        "fields": kept.fields,
        "sha256": _digest(row, kept.fields),
    }


def _digest(row: Model, fields: tuple[str, ...]) -> str:
    content = {}
    for name in fields:
        field: Any = row._meta.get_field(name)
        content[name] = _plain(field.to_python(getattr(row, field.attname)))
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """A value as both databases give it back."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value if isinstance(value, (str, int, bool, list, dict, type(None))) else str(value)


class Register:
    """The witness of kept rows: what the last entry about each said, against the row as it is."""

    def __init__(self) -> None:
        self.said: dict[str, dict[Any, tuple[dict[str, Any], int]]] = {}

    def hear(self, event: Event) -> None:
        for said in event.data.get("kept", ()):
            self.said.setdefault(said["row"], {})[said["id"]] = said, event.pk

    def doubts(self) -> Iterator[str]:
        for kept in KEPT:
            if said := self.said.get(kept.model._meta.label_lower):
                yield from self._of(kept, said)

    def _of(self, kept: Kept, said: Mapping[int, Any]) -> Iterator[str]:
        names = {field.name for field in kept.model._meta.concrete_fields}
        name = kept.model._meta.verbose_name
        gone = set(said)
        for row in kept.model._base_manager.filter(pk__gte=min(said)).iterator():
            if row.pk not in said:
                continue
            gone.discard(row.pk)
            words, entry = said[row.pk]
            if names.issuperset(words["fields"]) and _digest(row, words["fields"]) != words["sha256"]:
                yield _("%(thing)s %(id)s is not what entry %(entry)s tells") % {
                    "thing": name,
                    "id": row.pk,
                    "entry": entry,
                }
        for pk in sorted(gone) if kept.lasting else ():
            yield _("%(thing)s %(id)s is gone, entry %(entry)s tells of it") % {
                "thing": name,
                "id": pk,
                "entry": said[pk][1],
            }
        for pk in kept.due().filter(pk__gt=min(said)).values_list("pk", flat=True).order_by("pk"):
            if pk not in said:
                yield _("no entry tells of %(thing)s %(id)s") % {"thing": name, "id": pk}
