# SPDX-License-Identifier: EUPL-1.2
"""Making protected values visible: only after the check against attack, and only as it was seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from activity.events import REFUSED
from activity.flows import logs_refusals, nothing, record
from core.errors import WrongState
from core.sentences import kept
from core.sentences import sentence as _
from indicators import events, permissions
from indicators.models import Protection, Region, Release, ReleasedValue, ReleaseState, Table
from indicators.publishable import propose
from indicators.publishable.links import REST

if TYPE_CHECKING:
    from accounts.models import User
    from indicators.publishable.links import Cell
    from indicators.publishable.proposal import Proposal

BATCH = 2000
NAMED = 50


@logs_refusals(REFUSED, about=nothing)
def release(tables: Iterable[Table], *, by: User, seen: str | None = None, flags_checked: bool = False) -> Release:
    """Release what is new in these tables. ``seen`` is the token of the proposal that was looked at.

    A release that would give a protected count away is kept as refused, with the cells named, and shows nothing.
    """
    permissions.can_release(by).enforce()
    with transaction.atomic():
        chosen = {one.pk for one in tables}
        # all of them: a release of another table at the same time would not know of this one
        everything = Table.objects.select_for_update().protected().order_by("pk")
        tables = [table for table in everything if table.pk in chosen]
        proposal = propose(tables)
        if seen is not None and proposal.token != seen:
            raise WrongState(_("The values have changed since you looked at them. Please look again."))
        if not proposal.treated:
            raise WrongState(_("There is nothing new to release."))
        if proposal.flags and proposal.is_safe and not flags_checked:
            raise WrongState(_("Please confirm that you have checked the shares of none and of all."))
        state = ReleaseState.RELEASED if proposal.is_safe else ReleaseState.REFUSED
        made = Release.objects.create(state=state, report=report_of(proposal), released_by=by)
        made.tables.set(tables)
        codes = [table.code for table in tables]
        if proposal.is_safe:
            _show(made, proposal)
            hidden = len(proposal.hidden())
            record(
                events.RELEASED,
                made,
                by=by,
                tables=codes,
                shown=len(proposal.treated) - hidden,
                hidden=hidden,
            )
        else:
            record(events.RELEASE_REFUSED, made, by=by, tables=codes)
    return made


def _show(made: Release, proposal: Proposal) -> None:
    for one in proposal.treated:
        ReleasedValue.objects.filter(
            item=one.item, region_key=one.region_key, period=one.period, is_current=True
        ).update(is_current=False)
    ReleasedValue.objects.bulk_create(
        (
            ReleasedValue(
                release=made,
                item=one.item,
                region_key=one.region_key,
                period=one.period,
                value=one.shown,
                sign=one.shown_sign if one.shown is None else "",
                quality="" if one.hidden else one.quality,
                base=one.base,
                hidden=one.hidden,
                exact=one.exact,
            )
            for one in proposal.treated
        ),
        batch_size=BATCH,
    )


def report_of(proposal: Proposal) -> dict[str, Any]:
    """What the proposal shows, hides and gives away, as the page and the archive keep it."""
    names = dict(
        Region.objects.filter(
            key__in={cell.region for cell in _cells(proposal)} | {one.region_key for one in proposal.hidden()}
        ).values_list("key", "name")
    )
    return {
        "shown": len(proposal.treated) - len(proposal.hidden()),
        "kept": proposal.kept,
        "primary": len(proposal.hidden("primary")),
        "secondary": len(proposal.hidden("secondary")),
        "unfit": len(proposal.hidden("unfit")),
        "hidden": [
            {
                "item": str(one.item),
                "region": names.get(one.region_key, one.region_key),
                "period": one.period,
                "exact": str(one.exact.normalize()) if one.exact is not None else one.sign,
                "why": one.hidden,
            }
            for one in proposal.hidden()[:NAMED]
        ],
        "exposed": [
            {
                "cell": describe(exposure.name[0], names),  # type: ignore[arg-type]
                "period": exposure.name[0].period,
                "low": exposure.low,
                "high": exposure.high,
            }
            for exposure in proposal.exposures[:NAMED]
        ],
        "flags": [
            {"cell": describe(cell, names), "period": cell.period, "kind": kind, "base": whole}
            for cell, kind, whole in proposal.flags[:NAMED]
        ],
    }


def _cells(proposal: Proposal) -> list[Cell]:
    return [exposure.name[0] for exposure in proposal.exposures] + [cell for cell, _kind, _whole in proposal.flags]


def describe(cell: Cell, names: Mapping[str, str]) -> dict[str, list[str]]:
    """A cell by measure, categories and region, kept so that it is worded when it is read."""
    categories = ", ".join(category for _variable, category in cell.dimensions)
    measure = cell.measure
    if cell.is_rest:
        total = measure.removeprefix(REST).partition(" without ")[0]
        measure = _("what is left of %(measure)s") % {"measure": total}
    return kept([part for part in (measure, categories, names.get(cell.region, cell.region)) if part])


@logs_refusals(REFUSED)
@transaction.atomic
def change_protection(table: Table, *, by: User, protection: str) -> Table:
    """Choose how a table is protected. What was released stays released."""
    permissions.can_release(by).enforce()
    table = Table.objects.select_for_update().get(pk=table.pk)
    before = Protection(table.protection)
    if before == protection:
        return table
    if protection == Protection.OPEN and ReleasedValue.objects.filter(item__table=table).exclude(hidden="").exists():
        raise WrongState(_("Values of this table were hidden in a release; opening it would show them."))
    table.protection = protection
    table.save(update_fields=["protection"])
    record(
        events.PROTECTION_CHANGED,
        table,
        by=by,
        table=table.code,
        before=before,
        after=protection,
    )
    return table
