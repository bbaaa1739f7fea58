# SPDX-License-Identifier: EUPL-1.2
"""Exact values and what they were before, for education monitoring alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indicators.models import Import, Observation, Region, Revision

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from indicators.models import Item


@dataclass(frozen=True)
class Version:
    """One value as a delivery had it; ``until`` is the delivery that replaced it."""

    period: str
    value: object
    sign: str
    quality: str
    source: Import
    until: Import | None = None


def changes_of(delivery: Import) -> _Changes:
    """The values that a delivery changed; each knows its region's name and what stands now or came next."""
    return _Changes(Revision.objects.filter(replaced_by=delivery).select_related("item").order_by("pk"), delivery)


class _Changes:
    """A sliceable list of changes that asks for names and new values only for the slice."""

    def __init__(self, revisions: QuerySet[Revision], delivery: Import) -> None:
        self.revisions, self.delivery = revisions, delivery

    def __len__(self) -> int:
        return self.revisions.count()

    def __getitem__(self, part: slice) -> list[tuple[Revision, str, Any]]:
        rows = list(self.revisions[part])
        names = dict(Region.objects.filter(key__in={row.region_key for row in rows}).values_list("key", "name"))
        return [(row, names.get(row.region_key, row.region_key), self._after(row)) for row in rows]

    def _after(self, row: Revision) -> Any:
        cell = {"item": row.item_id, "region_key": row.region_key, "period": row.period}
        later = Revision.objects.filter(**cell, source=self.delivery).first()
        return later or Observation.objects.filter(**cell).first()


def history_of(item: Item, region_key: str) -> list[Version]:
    """Every version of the item's values in a region, the newest period first, the present version first."""
    cell = {"item": item, "region_key": region_key}
    now = [
        Version(one.period, one.value, one.sign, one.quality, one.source)
        for one in Observation.objects.filter(**cell).select_related("source")
    ]
    before = [
        Version(one.period, one.value, one.sign, one.quality, one.source, one.replaced_by)
        for one in Revision.objects.filter(**cell).select_related("source", "replaced_by").order_by("-pk")
    ]
    periods = sorted({one.period for one in now + before}, reverse=True)
    return [version for period in periods for version in now + before if version.period == period]
