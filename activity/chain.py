# SPDX-License-Identifier: EUPL-1.2
"""The chain over the log: every entry is sealed together with the seal before it.

Sealing happens after the commit, once for each transaction, in a short transaction of its own, so that nobody waits for
anybody else's writing. It goes on from the last seal and looks back over the last entries only, however long the log
is; what a crash left unsealed further back, the hourly sealing of everything takes along. Whoever changes, removes or
slips in an entry, past the database's own rules, breaks the chain at that place.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.hooks import WITNESSES
from activity.models import Event, Seal

if TYPE_CHECKING:
    from datetime import datetime

LOCK = 6_203_118  # any number, the same in every process: PostgreSQL's advisory lock for sealing
BEGINNING = "0" * 64
BATCH = 1000
REACH = 1000  # how many entries before the last sealed one may still be under way in other transactions
SLACK = timedelta(minutes=10)  # how long a transaction may take, and how far the clocks of two machines differ


@dataclass(frozen=True)
class Finding:
    """How far the chain holds, the first broken entry in words, if any, and what else is not as the log tells it."""

    sealed: int
    head: str
    broken: str = ""
    doubts: list[str] = field(default_factory=list)


def digest(event: Event, before: str, at: datetime | None = None) -> str:
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
    if at:
        content["sealed"] = at.timestamp()
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def seal_after_commit() -> None:
    """Let the entries of this transaction be sealed once it is committed, however many it writes."""
    if not any(call is seal for _savepoints, call, *_robust in connection.run_on_commit):
        transaction.on_commit(seal, robust=True)


@transaction.atomic
def seal(*, everything: bool = False) -> int:
    """Seal the entries that are not sealed yet, in the order of their moments; how many. One process at a time."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    last = Seal.objects.order_by("-position").first()
    position, before = (last.position, last.sha256) if last else (0, BEGINNING)
    waiting = Event.objects.unsealed()
    if last and not everything:
        waiting = waiting.filter(pk__gt=Seal.objects.aggregate(last=Max("event"))["last"] - REACH)
    at, count, keys = timezone.now(), 0, iter(list(waiting.values_list("pk", flat=True)))
    while batch := list(islice(keys, BATCH)):
        events, seals = Event.objects.in_bulk(batch), []
        for key in batch:
            position, before = position + 1, digest(events[key], before, at)
            seals.append(Seal(position=position, event=events[key], sha256=before, at=at))
        Seal.objects.bulk_create(seals)
        count += len(seals)
    return count


def verify(*, expect: str = "") -> Finding:
    """Walk the chain from the beginning to the first entry that is not what was sealed, and hear all witnesses.

    ``expect`` is a seal that was noted elsewhere and has to be in the chain, so that its end cannot be cut off.
    """
    before, count, seen = BEGINNING, 0, expect in ("", BEGINNING)
    times, witnesses = Times(), [witness() for witness in WITNESSES]
    for count, link in enumerate(Seal.objects.select_related("event").order_by("position").iterator(), start=1):
        place = _("seal %(position)s, entry %(event)s") % {"position": link.position, "event": link.event_id}
        if link.position != count:
            return Finding(count - 1, before, _("seal %(position)s is missing") % {"position": count})
        about = {"place": place, "kind": link.event.kind, "subject": link.event.subject_label}
        if digest(link.event, before, link.at) != link.sha256:
            what = _("%(place)s (%(kind)s, %(subject)s): the entry is not what was sealed") % about
            return Finding(count - 1, before, what)
        if wrong := times.hear(link):
            return Finding(count - 1, before, f"{place} ({link.event.kind}, {link.event.subject_label}): {wrong}")
        for witness in witnesses:
            witness.hear(link.event)
        before = link.sha256
        seen = seen or before == expect
    if not seen:
        return Finding(count, before, _("the seal %(seal)s is not in it: its end was cut off") % {"seal": expect})
    return Finding(count, before, doubts=[doubt for witness in witnesses for doubt in witness.doubts()])


class Times:
    """Whether the moments in the chain only grow; seals of earlier releases kept none and are taken as they are."""

    def __init__(self) -> None:
        self.entry: datetime | None = None
        self.sealed: datetime | None = None

    def hear(self, link: Seal) -> str:
        """What is wrong with the moment of this entry; nothing where it may be true."""
        if link.event.at > (link.at or timezone.now()) + SLACK:
            return _("the entry is dated ahead")
        if link.at is None:
            return ""
        if self.sealed and link.at < self.sealed - SLACK:
            return _("it was sealed before the entry that it follows")
        if self.entry and link.event.at < self.entry - SLACK:
            return _("the entry is dated back")
        self.sealed, self.entry = link.at, max(link.event.at, self.entry or link.event.at)
        return ""
