# SPDX-License-Identifier: EUPL-1.2
"""When an object of the interface came to be and changed, as the public sees it.

No row of the domain knows this: an item becomes public because its meeting is invited to, and changes because its
result is recorded elsewhere. So the object itself is compared, under its fingerprint, whenever it is shown.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from committees.models import PublicObject

if TYPE_CHECKING:
    from django.db.models import QuerySet


def fingerprint(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def stamp(kind: str, bodies: Mapping[int, dict[str, object]]) -> dict[int, PublicObject]:
    """``{pk: row}`` for objects as they are now; new, changed and returned ones are written down."""
    now = timezone.now().replace(microsecond=0)
    known = {row.object_id: row for row in PublicObject.objects.filter(kind=kind, object_id__in=list(bodies))}
    new, changed = [], []
    for pk, body in bodies.items():
        mark = fingerprint(body)
        row = known.get(pk)
        if row is None:
            row = known[pk] = PublicObject(kind=kind, object_id=pk, fingerprint=mark, created_at=now, modified_at=now)
            new.append(row)
        elif row.fingerprint != mark or row.deleted_at:
            row.fingerprint, row.modified_at, row.deleted_at = mark, now, None
            changed.append(row)
    if new:
        PublicObject.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    if changed:
        PublicObject.objects.bulk_update(changed, ["fingerprint", "modified_at", "deleted_at"], batch_size=500)
    return known


def bury(rows: QuerySet[PublicObject]) -> None:
    """What was public and is not any more: it keeps its id and says that it is deleted."""
    now = timezone.now().replace(microsecond=0)
    rows.filter(deleted_at=None).update(deleted_at=now, modified_at=now)
