# SPDX-License-Identifier: EUPL-1.2
"""Lists of the interface: ordered by id, one page after the last id of the page before, filters kept in the links.

Deleted objects stand in a list where ``modified_since`` asks for changes, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive
from django.utils.translation import gettext as _

from committees.models import PublicObject
from committees.oparl import objects
from committees.oparl.stamps import bury
from core.keys import number_of

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import QueryDict

MOST = 100
COUNTED = 1000  # a longer list says nothing of its length: counting it would cost more than the page
FILTERS = {
    "created_since": "created_at__gte",
    "created_until": "created_at__lte",
    "modified_since": "modified_at__gte",
    "modified_until": "modified_at__lte",
}


class BadFilter(ValueError):
    """The address asks for something that cannot be read; the message is for whoever asked."""


@dataclass(frozen=True)
class Asked:
    """What an address asks of a list."""

    after: tuple[str, int] = ("", 0)
    limit: int = MOST
    stamps: dict[str, datetime] = field(default_factory=dict)
    omit_internal: bool = False
    kept: dict[str, str] = field(default_factory=dict)

    @property
    def with_deleted(self) -> bool:
        return "modified_at__gte" in self.stamps


def asked(query: QueryDict) -> Asked:
    """Read the parameters of a list; an unreadable one is refused rather than ignored."""
    stamps, kept = {}, {}
    for name, lookup in FILTERS.items():
        if text := query.get(name, "").strip():
            stamps[lookup] = _moment(name, text)
            kept[name] = text
    size = min(number_of(query.get("limit", "")) or MOST, MOST)
    if size != MOST:
        kept["limit"] = str(size)
    omit = query.get("omit_internal", "").lower() == "true"
    if omit:
        kept["omit_internal"] = "true"
    key, _dash, number = query.get("after", "").rpartition("-")
    if query.get("after") and not (number.isascii() and number.isdigit() and len(number) < 19):
        raise BadFilter(_("The parameter “after” is not one of ours."))
    return Asked((key, int(number or 0)), size, stamps, omit, kept)


def _moment(name: str, text: str) -> datetime:
    try:
        at = parse_datetime(text.replace(" ", "+"))  # an unescaped plus arrives as a blank
        if at and not is_naive(at):
            at = at.astimezone(UTC)  # the first and the last day of time have no other zone
    except (ValueError, OverflowError):
        at = None
    if at is None or is_naive(at):
        raise BadFilter(
            _("The parameter “%(name)s” needs a moment with time zone, such as 2026-01-01T00:00:00+01:00.")
            % {"name": name}
        )
    return at


def page(kinds: Sequence[str], asked: Asked, *, narrow: Callable[..., Any] | None = None) -> tuple[list[Any], str]:
    """``(objects, token of the next page or "")`` of a list of one or several kinds, one after the other."""
    key, after = asked.after
    names = [name for name in kinds if not key or kinds.index(name) >= kinds.index(_named(kinds, key))]
    found = []
    for name in names:
        found += [(name, *row) for row in _rows(name, asked, after, asked.limit + 1 - len(found), narrow)]
        after = 0
        if len(found) > asked.limit:
            break
    shown, more = found[: asked.limit], len(found) > asked.limit
    rendered = {}
    for name in names:
        things = [row for kind, _pk, row, gone in shown if kind == name and not gone]
        rendered.update({(name, pk): one for pk, one in objects.render(name, things).items()} if things else {})
    data = [objects.tombstone(row) if gone else rendered.get((name, pk)) for name, pk, row, gone in shown]
    internal = {key for name in names for key in objects.kind_of(name).internal} if asked.omit_internal else set()
    data = [{key: value for key, value in one.items() if key not in internal} for one in data if one]
    name, pk = shown[-1][:2] if shown else ("", 0)
    return data, (f"{name.partition(':')[2]}-{pk}" if ":" in name else str(pk)) if more else ""


def _named(kinds: Sequence[str], key: str) -> str:
    name = f"File:{key}"
    if name not in kinds:
        raise BadFilter(_("The parameter “after” is not one of ours."))
    return name


def _rows(
    kind: str, asked: Asked, after: int, most: int, narrow: Callable[..., Any] | None
) -> list[tuple[int, Any, bool]]:
    """``(pk, row, is it gone)`` of one kind in order, live and deleted ones merged."""
    stamps = PublicObject.objects.filter(kind=kind, **asked.stamps)
    rows = objects.fixed(kind)
    if rows is not None:
        allowed = set(stamps.values_list("object_id", flat=True)) if asked.stamps else {row[0] for row in rows}
        return [(row[0], row, False) for row in rows if row[0] > after and row[0] in allowed][:most]
    live = objects.kind_of(kind).public()
    if asked.stamps:
        return _filtered(live, stamps.filter(object_id__gt=after), asked, most, narrow)
    live = live.filter(pk__gt=after)
    return [(row.pk, row, False) for row in (narrow(live) if narrow else live).order_by("pk")[:most]]


def _filtered(
    live: Any, stamps: QuerySet[PublicObject], asked: Asked, most: int, narrow: Callable[..., Any] | None
) -> list[tuple[int, Any, bool]]:
    """By the rows of what was shown, in the order of their index; what turns out to be gone is buried on the way."""
    if narrow:
        stamps = stamps.filter(object_id__in=narrow(live.model.objects.all()).values("pk"))
    if not asked.with_deleted:
        stamps = stamps.filter(deleted_at=None)
    while True:
        shown = list(stamps.order_by("object_id")[:most])
        rows = live.in_bulk([one.object_id for one in shown if not one.deleted_at])
        gone = [one.pk for one in shown if not one.deleted_at and one.object_id not in rows]
        if not gone:
            return [(one.object_id, rows.get(one.object_id, one), bool(one.deleted_at)) for one in shown]
        bury(PublicObject.objects.filter(pk__in=gone))


def total(kinds: Iterable[str], asked: Asked, *, narrow: Callable[..., Any] | None = None) -> int | None:
    """How many objects a short list has, or None."""
    if asked.stamps:
        return None
    count = 0
    for kind in kinds:
        rows = objects.fixed(kind)
        if rows is None:
            live = objects.kind_of(kind).public()
            live = narrow(live) if narrow else live
            count += live.order_by("pk")[: COUNTED + 1 - count].count()
        else:
            count += len(rows)
        if count > COUNTED:
            return None
    return count


def envelope(
    address: str, data: Sequence[Mapping[str, Any]], following: str, asked: Asked, count: int | None
) -> dict[str, Any]:
    """A page as the standard wants it."""

    def link(after: str) -> str:
        query = urlencode(sorted({**asked.kept, **({"after": after} if after else {})}.items()))
        return f"{address}?{query}" if query else address

    key, after = asked.after
    links = {"first": link(""), "self": link(f"{key}-{after}" if key else str(after) if after else "")}
    if following:
        links["next"] = link(following)
    pagination = {"elementsPerPage": asked.limit}
    if count is not None:
        pagination |= {"totalElements": count, "totalPages": max(1, -(-count // asked.limit))}
    return {"data": data, "pagination": pagination, "links": links}
