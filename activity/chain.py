# SPDX-License-Identifier: EUPL-1.2
"""The chain over the log: every entry is sealed together with the seal before it.

Sealing happens after the commit, in a short transaction of its own, so that nobody waits for anybody else's writing;
what a crash left unsealed the next sealing takes along. Whoever changes, removes or slips in an entry, past the
database's own rules, breaks the chain at that place.
"""

import hashlib
import json
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import gettext as _

from activity.models import Event, Seal

LOCK = 6_203_118  # any number, the same in every process: PostgreSQL's advisory lock for sealing
BEGINNING = "0" * 64
BATCH = 1000


@dataclass(frozen=True)
class Finding:
    """How far the chain holds: how many entries, the last seal, and the first broken entry in words, if any."""

    sealed: int
    head: str
    broken: str = ""


def digest(event, before):
    """SHA-256 over the canonical form of an entry and the seal before it; who acted counts by name, as written."""
    content = {
        "before": before,
        "id": event.pk,
        "kind": event.kind,
        "at": event.at.timestamp(),
        "by": event.by_label,
        "subject": [event.subject_type_id, event.subject_id, event.subject_label],
        "data": event.data,
    }
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


@transaction.atomic
def seal():
    """Seal every entry that is not sealed yet; how many there were. One process at a time."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    last = Seal.objects.order_by("-position").first()
    position, before = (last.position, last.sha256) if last else (0, BEGINNING)
    seals = []
    for event in Event.objects.unsealed()[:BATCH]:
        position, before = position + 1, digest(event, before)
        seals.append(Seal(position=position, event=event, sha256=before))
    Seal.objects.bulk_create(seals)
    return len(seals) + (seal() if len(seals) == BATCH else 0)


def verify():
    """Walk the chain from the beginning to the first entry that is not what was sealed."""
    before, count = BEGINNING, 0
    for count, link in enumerate(Seal.objects.select_related("event").order_by("position").iterator(), start=1):
        place = _("seal %(position)s, entry %(event)s") % {"position": link.position, "event": link.event_id}
        if link.position != count:
            return Finding(count - 1, before, _("seal %(position)s is missing") % {"position": count})
        if digest(link.event, before) != link.sha256:
            what = _("%(place)s (%(kind)s, %(subject)s): the entry is not what was sealed") % {
                "place": place,
                "kind": link.event.kind,
                "subject": link.event.subject_label,
            }
            return Finding(count - 1, before, what)
        before = link.sha256
    return Finding(count, before)
