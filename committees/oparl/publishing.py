# SPDX-License-Identifier: EUPL-1.2
"""Keeping the interface's memory of what changed and what is gone.

Showing an object compares it anyway. What nobody asks for is compared here: at once for what the log says was touched,
and all of it every hour, because a membership also ends without anybody doing anything.
"""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from activity.models import Event
from committees.models import AgendaItem, Consultation, Meeting, Membership, PublicObject
from committees.oparl import files, objects
from committees.oparl.stamps import bury

CURSOR = "cursor"  # its row's object_id is the last entry of the log that was looked at
CHUNK = 200
# subjects of events that may change something
TOUCHING = ("committee", "membership", "person", "meeting", "paper", "legislativeterm")


def order() -> tuple[str, ...]:
    """The kinds, those that stand inside others first."""
    inner = ("Membership", "Person", "Organization", "Location", "Consultation", "AgendaItem", "Meeting")
    return ("LegislativeTerm", *inner, *(f"File:{key}" for key in files.kinds()), "Paper")


def refresh(kind: str, ids: Collection[int] | None = None) -> None:
    """Compare objects of a kind with what was shown last; whatever is not public any more is buried."""
    live = objects.kind_of(kind).public()
    among = live if ids is None else live.filter(pk__in=ids)
    last = 0
    while chunk := list(among.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        objects.render(kind, chunk)
        last = chunk[-1].pk
    bury(PublicObject.objects.filter(kind=kind, deleted_at=None).exclude(object_id__in=live.values("pk")))


def sweep() -> None:
    """Compare everything."""
    newest = _newest()
    for kind in order():
        with transaction.atomic():
            refresh(kind)
    _remember(newest)


def catch_up() -> None:
    """Compare what the log says was touched since the last look."""
    newest = _newest()
    seen = PublicObject.objects.filter(kind=CURSOR).values_list("object_id", flat=True).first() or 0
    if seen == newest:
        return
    touched = {model: set() for model in TOUCHING}
    events = Event.objects.filter(pk__gt=seen, pk__lte=newest, subject_type__model__in=TOUCHING)
    for model, pk in events.values_list("subject_type__model", "subject_id").distinct():
        touched[model].add(pk)
    if any(touched.values()):
        concerned = _concerned(**touched)
        with transaction.atomic():
            for kind in order():
                refresh(kind, concerned[kind])
    _remember(newest)


def _concerned(
    committee: set[int],
    membership: set[int],
    person: set[int],
    meeting: set[int],
    paper: set[int],
    legislativeterm: set[int],
) -> dict[str, set[int]]:
    """The rows that may read differently now, by kind."""
    seats = Membership.objects.filter(Q(pk__in=membership) | Q(committee__in=committee) | Q(person__in=person))
    meetings = meeting | _ids(Meeting.objects.filter(committee__in=committee))
    papers = paper | _ids(Consultation.objects.of_a_paper().filter(agenda_item__meeting__in=meetings), "paper")
    stops = Consultation.objects.filter(Q(paper__in=papers) | Q(agenda_item__meeting__in=meetings))
    meetings |= _ids(stops.filter(agenda_item__isnull=False), "agenda_item__meeting")
    return {
        "LegislativeTerm": legislativeterm,
        "Membership": _ids(seats),
        "Person": person | _ids(seats, "person"),
        "Organization": committee | _ids(seats, "committee"),
        "Location": meetings,
        "Consultation": _ids(stops),
        "AgendaItem": _ids(AgendaItem.objects.filter(meeting__in=meetings)),
        "Meeting": meetings,
        **{f"File:{key}": _ids(kind.public().filter(paper__in=papers)) for key, kind in files.kinds().items()},
        "Paper": papers,
    }


def _ids(rows: Any, field: str = "pk") -> set[int]:
    return set(rows.values_list(field, flat=True))


def _newest() -> int:
    return Event.objects.aggregate(last=Max("pk"))["last"] or 0


def _remember(newest: int) -> None:
    now = timezone.now().replace(microsecond=0)
    defaults = {"object_id": newest, "created_at": now, "modified_at": now, "fingerprint": ""}
    with transaction.atomic():
        PublicObject.objects.filter(kind=CURSOR).delete()
        PublicObject.objects.create(kind=CURSOR, **defaults)
