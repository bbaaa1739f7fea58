# SPDX-License-Identifier: EUPL-1.2
"""Taking over deliveries: read, compare, store all or nothing, undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from activity.events import REFUSED
from activity.flows import logs_refusals, nothing, record, without
from core.dates import months_later
from core.sentences import kept
from core.sentences import sentence as _
from indicators import events, permissions
from indicators.intake import Upload
from indicators.lifecycle import DELIVERY
from indicators.models import (
    Finding,
    Import,
    ImportState,
    Mapping,
    Observation,
    Protection,
    Region,
    ReleasedValue,
    Revision,
    Table,
)
from indicators.readers import Mapping as Columns
from indicators.readers import UnknownLayoutError
from indicators.remarks import remarks
from indicators.staging import Staging

if TYPE_CHECKING:
    from accounts.models import User
    from indicators.readers.delivery import Delivery

SHOWN_CHANGES = 100
SUMMARY = (
    *("layout", "table_code", "title", "periods", "regions", "measures", "cells", "numeric", "signs", "rejected"),
    *("created", "changed", "unchanged", "warnings"),
)


def summary_of(staged: Staging) -> dict[str, Any]:
    """The delivery in numbers, as ``import_statistics --json`` prints it."""
    delivery = staged.delivery
    created, changed, unchanged = staged.count()
    signs = dict(staged.signs())
    numbers = signs.pop("", 0)
    return {
        "layout": delivery.layout,
        "table_code": delivery.table_code,
        "title": delivery.title,
        "periods": len(staged.periods),
        "regions": len(delivery.regions),
        "measures": len(staged.measures()),
        "cells": numbers + sum(signs.values()),
        "numeric": numbers,
        "signs": signs,
        "rejected": [{"line": row.line, "reason": kept(row.reason)} for row in delivery.rejected],
        "created": created,
        "changed": changed,
        "unchanged": unchanged,
        "warnings": [kept(remark) for remark in remarks(staged)],
    }


def _details_of(staged: Staging) -> dict[str, Any]:
    """What the preview shows beyond the numbers."""
    return {
        "period_names": staged.periods,
        "levels": sorted({label.level for label in staged.delivery.regions.values()}),
        "measure_names": staged.measures()[:30],
        "missing": staged.missing(),
        "lost_zeros": dict(list(staged.delivery.lost_zeros.items())[:10]),
        "changes": [
            {
                "item": one.item,
                "region": one.region_key,
                "period": one.period,
                "before": [None if one.before[0] is None else str(one.before[0]), *one.before[1:]],
                "after": [None if one.after[0] is None else str(one.after[0]), *one.after[1:]],
            }
            for one in staged.changes(SHOWN_CHANGES)
        ],
    }


def columns_of(mapping: Any) -> Any:
    """A saved mapping as the reader wants it, with the keys of all regions that have a name of their own."""
    names = [name for name, role in mapping.definition["roles"].items() if role == "region_name"]
    region_keys = {}
    if names:
        for name, key in Region.objects.filter(is_current=True).order_by("-level", "-key").values_list("name", "key"):
            region_keys[name] = key
    return Columns(**mapping.definition, region_keys=region_keys)


@logs_refusals(REFUSED, about=nothing)
@without(lock="the delivery is made here")
@transaction.atomic
def upload(file: Any, file_name: str, *, by: User) -> Import:
    """Keep an uploaded file for its preview. Raises ``ValidationError``, keeping nothing, where it cannot be read.

    A table in no known layout is read with the saved mapping that has its columns; where there is none, the delivery
    waits for its columns to be explained.
    """
    permissions.can_import(by).enforce()
    source = Upload(file, file_name)
    kept = Import(file_name=file_name[-200:], sha256=source.sha256, created_by=by, layout="", table_code="")
    try:
        _preview(kept, source)
    except UnknownLayoutError as error:
        if not error.columns:
            raise
        kept.mapping = next((one for one in Mapping.objects.all() if one.columns == error.columns), None)
        if kept.mapping:
            _preview(kept, source)
        else:
            kept.layout, kept.state = "own-table", ImportState.MAPPING
            kept.summary = {"columns": error.columns, "samples": error.samples}
    source.file.seek(0)
    kept.file.save(f"{kept.sha256}.table", source.file, save=True)
    record(events.IMPORT_READ, kept, by=by, table=kept.table_code or kept.file_name)
    return kept


@logs_refusals(REFUSED)
@without(record="nothing is taken over yet; that is recorded when it is")
@transaction.atomic
def explain(kept: Import, *, by: User, name: str, definition: Any) -> Import:
    """Say what the columns of an own table mean; the answer is kept under the name of the source."""
    kept = locked(kept)
    permissions.can_explain(by, kept).enforce()
    columns = kept.summary.get("columns") or kept.mapping.columns  # type: ignore[union-attr]
    if Mapping.objects.filter(name=name).exclude(columns=columns).exists():
        raise ValidationError(_("A source of this name has other columns. Please choose another name."))
    mapping, _created = Mapping.objects.update_or_create(
        name=name, defaults={"columns": columns, "definition": definition, "created_by": by}
    )
    kept.mapping = mapping
    with kept.file.open("rb") as file:
        _preview(kept, Upload(file, kept.file_name))
    DELIVERY.take("explain", kept)
    kept.save()
    return kept


@logs_refusals(REFUSED)
@without(record="nothing is taken over yet; that is recorded when it is")
@transaction.atomic
def repair_keys(kept: Import, *, by: User) -> Import:
    """Have lost leading zeros of region keys put back; the preview is made anew."""
    kept = locked(kept)
    permissions.can_store(by, kept).enforce()
    kept.options = {**kept.options, "repair": True}
    with kept.file.open("rb") as file:
        _preview(kept, Upload(file, kept.file_name))
    kept.save()
    return kept


@logs_refusals(REFUSED)
@transaction.atomic
def confirm(kept: Import, *, by: User) -> Import:
    """Take an uploaded file over; what it would change is worked out anew, for others may have imported since."""
    kept = locked(kept)
    permissions.can_store(by, kept).enforce()
    with kept.file.open("rb") as file, Staging(_read(kept, Upload(file, kept.file_name))) as staged:
        return _store(staged, kept, by=by)


@logs_refusals(REFUSED)
@transaction.atomic
def discard(kept: Import, *, by: User) -> Import:
    """Give an uploaded file up; nothing of it was stored."""
    kept = locked(kept)
    permissions.can_discard(by, kept).enforce()
    DELIVERY.take("discard", kept)
    kept.save(update_fields=["state"])
    record(events.IMPORT_DISCARDED, kept, by=by, table=kept.table_code or kept.file_name)
    transaction.on_commit(lambda: kept.file.delete(save=False))
    return kept


@logs_refusals(REFUSED, about=nothing)
@transaction.atomic
def import_file(
    file: bytes | BinaryIO,
    file_name: str,
    *,
    by: User | None = None,
    table_code: str = "",
    dry_run: bool = False,
    repair: bool = False,
    mapping: Any = None,
    limit: int | None = None,
) -> dict[str, Any]:
    """Read and store in one go, as the command does; a dry run only says what would happen."""
    permissions.can_import(by).enforce()
    source = Upload(file, file_name, limit=limit)
    kept = Import(file_name=file_name[-200:], sha256=source.sha256, created_by=by, mapping=mapping)
    kept.options = {"repair": repair, "table_code": table_code}
    with Staging(_read(kept, source)) as staged:
        if dry_run:
            return summary_of(staged)
        _describe(kept, staged.delivery)
        kept.save()
        summary = _store(staged, kept, by=by).summary
    return {name: summary[name] for name in SUMMARY}


@logs_refusals(REFUSED)
@transaction.atomic
def undo(kept: Import, *, by: User) -> Import:
    """Take a delivery back: its new values go, those it changed are again what they were before."""
    kept = locked(kept)
    permissions.can_undo(by, kept, standing=what_stands_on(kept)).enforce()
    revisions = list(Revision.objects.filter(replaced_by=kept))
    for old in revisions:
        Observation.objects.filter(item=old.item_id, region_key=old.region_key, period=old.period).update(
            value=old.value, sign=old.sign, quality=old.quality, source=old.source_id
        )
    Revision.objects.filter(replaced_by=kept).delete()
    removed, _rows = Observation.objects.filter(source=kept).delete()
    DELIVERY.take("undo", kept)
    kept.save(update_fields=["state"])
    record(events.IMPORT_UNDONE, kept, by=by, table=kept.table_code, removed=removed, restored=len(revisions))
    return kept


def what_stands_on(kept: Import) -> str:
    """Why a delivery can no longer be undone: ``later`` deliveries, ``findings`` or ``released`` values; else ''."""
    if Revision.objects.filter(source=kept).exists():
        return "later"
    if Finding.objects.filter(imports=kept).exists():
        return "findings"
    own = Observation.objects.filter(
        source=kept, item=OuterRef("item"), region_key=OuterRef("region_key"), period=OuterRef("period")
    )
    return "released" if ReleasedValue.objects.filter(Exists(own), item__table__code=kept.table_code).exists() else ""


def locked(kept: Import) -> Import:
    return Import.objects.select_for_update(of=("self",)).select_related("mapping").get(pk=kept.pk)


def _read(kept: Import, source: Upload) -> Delivery:
    return source.read(
        table_code=kept.options.get("table_code", ""),
        mapping=columns_of(kept.mapping) if kept.mapping else None,
        repair=kept.options.get("repair", False),
    )


def _preview(kept: Import, source: Upload) -> None:
    with Staging(_read(kept, source)) as staged:
        _describe(kept, staged.delivery)
        kept.summary = {**summary_of(staged), **_details_of(staged)}


def _describe(kept: Import, delivery: Delivery) -> None:
    if len(delivery.table_code) > Import._meta.get_field("table_code").max_length:  # type: ignore[operator]
        raise ValidationError(_("The table code “%(code)s” is too long.") % {"code": delivery.table_code[:60]})
    kept.layout = delivery.layout
    kept.table_code = delivery.table_code
    kept.title = delivery.title[:500]
    kept.as_of = delivery.as_of
    kept.footnotes = delivery.footnotes


def _store(staged: Staging, kept: Import, *, by: User | None) -> Import:
    table = _table_for(staged.delivery)
    staged.settle(table)
    kept.summary = {**summary_of(staged), **_details_of(staged)}
    created, changed, unchanged = staged.store(kept)
    DELIVERY.take("store", kept)
    kept.stored_at = timezone.now()
    _describe(kept, staged.delivery)
    kept.save()
    record(events.IMPORT_STORED, kept, by=by, table=table.code, created=created, changed=changed, unchanged=unchanged)
    return kept


def _is_official(table: Table) -> bool:
    return Import.objects.filter(table_code=table.code, state=ImportState.STORED).exclude(layout="own-table").exists()


def _table_for(delivery: Delivery) -> Table:
    """The delivery's table, locked, so that deliveries of one table are stored one after the other."""
    table, _created = Table.objects.select_for_update().get_or_create(
        code=delivery.table_code,
        defaults={
            "protection": Protection.OPEN if delivery.official else Protection.ROUND_5,
            "period_kind": delivery.period_kind,
        },
    )
    if not delivery.official and table.is_open and _is_official(table):
        raise ValidationError(
            _("Table %(code)s belongs to an official source. Please choose another code for your own table.")
            % {"code": table.code}
        )
    if not table.items.exists():
        table.period_kind = delivery.period_kind
    for name, longest in (("title", 500), ("statistic", 300), ("publisher", 200), ("licence", 300)):
        setattr(table, name, getattr(table, name) or getattr(delivery, name)[:longest])
    if table.next_delivery_on and table.delivery_every:
        while table.next_delivery_on <= timezone.localdate():
            table.next_delivery_on = months_later(table.next_delivery_on, table.delivery_every)
    table.save()
    return table
