# SPDX-License-Identifier: EUPL-1.2
"""Taking over deliveries: read, compare, store all or nothing."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from activity.flows import record
from indicators import events, permissions
from indicators.comparison import Comparison, compare
from indicators.models import Import, ImportState, Observation, Region, Table
from indicators.readers import read
from indicators.readers.remarks import remarks

BATCH = 2000


def examine(data, file_name, *, table_code=""):
    """What a file says and what taking it over would change; nothing is stored. Raises ``ValidationError``."""
    delivery = read(data, file_name, table_code=table_code)
    comparison = compare(delivery)
    return delivery, comparison, summary_of(delivery, comparison)


def summary_of(delivery, comparison):
    """The delivery in numbers, as ``import_statistics --json`` prints it."""
    return {
        "layout": delivery.layout,
        "table_code": delivery.table_code,
        "title": delivery.title,
        "periods": len(delivery.periods),
        "regions": len(delivery.regions),
        "measures": len(delivery.measures),
        "cells": len(delivery.cells),
        "numeric": delivery.numeric,
        "signs": delivery.signs,
        "rejected": [{"line": row.line, "reason": row.reason} for row in delivery.rejected],
        "created": len(comparison.created),
        "changed": len(comparison.changed),
        "unchanged": comparison.unchanged,
        "warnings": remarks(delivery),
    }


@transaction.atomic
def upload(data, file_name, *, by):
    """Keep an uploaded file for its preview. Raises ``ValidationError``, keeping nothing, where it cannot be read."""
    permissions.can_import(by).enforce()
    delivery, _comparison, summary = examine(data, file_name)
    kept = _new_import(delivery, data, file_name, summary, by=by)
    kept.file.save(f"{kept.sha256}.csv", ContentFile(data), save=True)
    record(events.IMPORT_READ, kept, by=by, table=kept.table_code)
    return kept


@transaction.atomic
def confirm(kept, *, by):
    """Take an uploaded file over; what it would change is worked out anew, for others may have imported since."""
    kept = Import.objects.select_for_update(of=("self",)).get(pk=kept.pk)
    permissions.can_store(by, kept).enforce()
    with kept.file.open("rb") as file:
        delivery = read(file.read(), kept.file_name)
    return _store(delivery, kept, by=by)


@transaction.atomic
def discard(kept, *, by):
    """Give an uploaded file up; nothing of it was stored."""
    kept = Import.objects.select_for_update(of=("self",)).get(pk=kept.pk)
    permissions.can_store(by, kept).enforce()
    kept.state = ImportState.DISCARDED
    kept.save(update_fields=["state"])
    record(events.IMPORT_DISCARDED, kept, by=by, table=kept.table_code)
    transaction.on_commit(lambda: kept.file.delete(save=False))
    return kept


@transaction.atomic
def import_file(data, file_name, *, by=None, table_code="", dry_run=False):
    """Read and store in one go, as the command does; a dry run only says what would happen."""
    permissions.can_import(by).enforce()
    delivery, _comparison, summary = examine(data, file_name, table_code=table_code)
    if not dry_run:
        kept = _new_import(delivery, data, file_name, summary, by=by)
        kept.save()
        _store(delivery, kept, by=by)
    return summary


def _new_import(delivery, data, file_name, summary, *, by):
    return Import(
        file_name=file_name[-200:],
        sha256=hashlib.sha256(data).hexdigest(),
        layout=delivery.layout,
        table_code=delivery.table_code,
        title=delivery.title[:500],
        as_of=delivery.as_of,
        footnotes=delivery.footnotes,
        summary=summary,
        created_by=by,
    )


def _store(delivery, kept, *, by):
    table, _created = Table.objects.select_for_update().get_or_create(
        code=delivery.table_code,
        defaults={
            "title": delivery.title[:500],
            "statistic": delivery.statistic[:300],
            "licence": delivery.licence[:300],
            "period_kind": delivery.period_kind,
        },
    )
    comparison = compare(delivery)
    _create_regions(delivery)
    Observation.objects.bulk_create((_observation(cell, table, kept) for cell in comparison.created), batch_size=BATCH)
    _update(comparison, kept)
    kept.state, kept.stored_at = ImportState.STORED, timezone.now()
    kept.summary = summary_of(delivery, comparison)
    kept.save()
    record(
        events.IMPORT_STORED,
        kept,
        by=by,
        table=table.code,
        created=len(comparison.created),
        changed=len(comparison.changed),
        unchanged=comparison.unchanged,
    )
    return kept


def _observation(cell, table, kept):
    return Observation(
        table=table,
        period=cell.key.period,
        region_key=cell.key.region,
        region_name=cell.region_name[:200],
        dimensions=cell.key.dimensions,
        measure=cell.key.measure,
        unit=cell.key.unit,
        value=cell.value,
        sign=cell.sign,
        quality=cell.quality,
        source=kept,
    )


def _update(comparison: Comparison, kept):
    changed = []
    for observation, cell in comparison.changed:
        observation.value, observation.sign, observation.quality = cell.value, cell.sign, cell.quality
        observation.source = kept
        changed.append(observation)
    Observation.objects.bulk_update(changed, ["value", "sign", "quality", "source"], batch_size=BATCH)


def _create_regions(delivery):
    regions = delivery.regions
    known = (
        set(Region.objects.filter(key__in=regions).values_list("key", flat=True))
        if len(regions) < 900
        else set(Region.objects.values_list("key", flat=True))
    )
    new = sorted((key for key in regions if key not in known), key=lambda key: (len(key), key))
    for key in new:
        cell = regions[key]
        parent = next((key[:length] for length in (5, 3, 2) if length < len(key) and key[:length] in known), None)
        Region.objects.create(key=key, name=cell.region_name[:200], level=cell.level, parent_id=parent)
        known.add(key)
