# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from indicators.models import Observation, ReleasedValue

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from indicators.models import Item, Table


class Value(NamedTuple):
    """A value as it may be shown, or the sign in its place."""

    value: Decimal | None
    sign: str
    quality: str


def published(items: Sequence[Item], region_keys: Iterable[str]) -> dict[tuple[int, str, str], Value]:
    """``{(item id, region key, period): Value}`` for the items, as everybody may see them.

    What a protected table has not released is absent, like a period that was never delivered.
    """
    found = {}
    for rows in (
        Observation.objects.filter(item__in=[item.pk for item in items if item.table.is_open]),
        ReleasedValue.objects.filter(item__in=[item.pk for item in items if not item.table.is_open], is_current=True),
    ):
        values = rows.filter(region_key__in=region_keys).values_list(
            "item_id", "region_key", "period", "value", "sign", "quality"
        )
        for item, region, period, value, sign, quality in values:
            found[item, region, period] = Value(value, sign, quality)
    return found


def published_rows(
    table: Table, *, region: str | None = None, period: str | None = None
) -> Iterator[tuple[Item, str, str, Decimal | None, str, str]]:
    """``(item, period, region key, value, sign, quality)`` of a table as everybody may see it, in a fixed order."""
    rows = _rows(table)
    if region:
        rows = rows.filter(region_key=region)
    if period:
        rows = rows.filter(period=period)
    items = {item.pk: item for item in table.items.all()}
    ordered = rows.order_by("period", "region_key", "item__dimensions", "item__measure", "item__unit")
    for pk, *rest in ordered.values_list("item_id", "period", "region_key", "value", "sign", "quality").iterator():
        yield items[pk], *rest


def _rows(table: Table) -> QuerySet[Model]:
    if table.is_open:
        return Observation.objects.filter(item__table=table)
    return ReleasedValue.objects.filter(item__table=table, is_current=True)
