# SPDX-License-Identifier: EUPL-1.2
"""A release worked out: what each value will be in public, and what an attacker could still conclude."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from indicators.models import Hiding, Item, Observation, Protection, ReleasedValue
from indicators.publishable.attacker import Exposure, exposures
from indicators.publishable.treatment import Treated, is_count
from indicators.publishable.world import World

if TYPE_CHECKING:
    from decimal import Decimal

    from indicators.models import Table

MOST_CELLS = 20_000
VISIBLE_REVISION = 3  # a correction smaller than this would show the exact difference: the old value stays
ROUNDS = 12


@dataclass
class Proposal:
    """What a release would show, hide and give away. ``is_safe`` says whether it may be released."""

    treated: list[Treated]
    exposures: list[Exposure] = field(default_factory=list)
    flags: list[tuple] = field(default_factory=list)
    kept: int = 0

    @property
    def is_safe(self) -> bool:
        return not self.exposures

    @property
    def token(self) -> str:
        """Changes whenever anything that would be shown changes: what was seen is what is released."""
        lines = sorted(
            f"{one.item.pk} {one.region_key} {one.period} {one.exact} {one.sign} {one.hidden} {one.base}"
            for one in self.treated
        )
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:24]

    def hidden(self, kind: str | None = None) -> list[Treated]:
        return [one for one in self.treated if one.hidden and kind in (None, one.hidden)]


def propose(tables: Sequence[Table], *, secondary: bool = True) -> Proposal:
    """Work out the release of everything in these protected tables that is new or was corrected."""
    treated, kept = _fresh(tables)
    if len(treated) > MOST_CELLS:
        raise ValidationError(
            _("These are %(count)s values. Please release at most %(most)s at once, table by table.")
            % {"count": len(treated), "most": MOST_CELLS}
        )
    for one in treated:
        if one.exact is None:
            continue
        if not is_count(one.item, one.exact):
            one.hidden = Hiding.UNFIT
        elif one.base == 0 and 0 < one.exact < one.protection.threshold:
            one.hidden = Hiding.PRIMARY
    world = World([one for one in treated if one.hidden != Hiding.UNFIT])
    found = exposures(world.knowledge(), world.protected)
    for _round in range(ROUNDS if secondary else 0):
        if not found or not world.hide_more(found):
            break
        found = exposures(world.knowledge(), world.protected)
    return Proposal(treated, found, world.flags, kept)


def waiting_in(table: Table) -> int:
    """How many values of a protected table were never released, or were corrected since."""
    released = ReleasedValue.objects.filter(
        item=OuterRef("item"), region_key=OuterRef("region_key"), period=OuterRef("period"), is_current=True
    ).filter(Q(exact=OuterRef("value")) | Q(exact=None, value=None, sign=OuterRef("sign")))
    return Observation.objects.filter(item__table=table).exclude(Exists(released)).count()


def _fresh(tables: Sequence[Table]) -> tuple[list[Treated], int]:
    """``(treated, how many stay as they were)`` of the tables."""
    protection = {table.pk: Protection(table.protection) for table in tables}
    items = {item.pk: item for item in Item.objects.filter(table__in=tables).select_related("table")}
    released = {
        (one.item_id, one.region_key, one.period): one
        for one in ReleasedValue.objects.filter(item__in=items, is_current=True).select_related("item")
    }
    treated, kept = [], 0
    for item, region, period, value, sign, quality in Observation.objects.filter(item__in=items).values_list(
        "item_id", "region_key", "period", "value", "sign", "quality"
    ):
        before = released.get((item, region, period))
        if before and _stays(before, value, sign):
            kept += 1
            continue
        its = items[item]
        chosen = protection[its.table_id]
        treated.append(Treated(its, region, period, value, sign, quality, chosen, chosen.base))
    return treated, kept


def _stays(before: ReleasedValue, value: Decimal | None, sign: str) -> bool:
    if before.exact is None or value is None:
        return before.exact is None and value is None and before.sign == sign
    if before.exact == value:
        return True
    return before.value is not None and abs(before.exact - value) < VISIBLE_REVISION
