# SPDX-License-Identifier: EUPL-1.2
from decimal import Decimal
from typing import NamedTuple

from indicators.models import Observation, ReleasedValue


class Value(NamedTuple):
    """A value as it may be shown, or the sign in its place."""

    value: Decimal | None
    sign: str
    quality: str


def published(items, region_keys):
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


def published_rows(table, *, region=None, period=None):
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


def _rows(table):
    if table.is_open:
        return Observation.objects.filter(item__table=table)
    return ReleasedValue.objects.filter(item__table=table, is_current=True)
