# SPDX-License-Identifier: EUPL-1.2
"""Keeping the catalogue: key figures, regions, comparison groups and the calendar of deliveries."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction

from activity.events import REFUSED
from activity.flows import locked_form, logs_refusals, nothing, of_form, record, without
from core.sentences import sentence as _
from indicators import events, permissions
from indicators.expressions import terms_of
from indicators.flows.releasing import change_protection
from indicators.intake import register_of
from indicators.models import Indicator, KeyFigure, Region, RegionLevel, Table
from indicators.staging import BATCH

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from accounts.models import User
    from indicators.forms import GroupForm, KeyFigureForm, TableForm
    from indicators.models import ComparisonGroup

HERE = Path(__file__).resolve().parent.parent
CATALOGUE = HERE / "catalogue.toml"
REGISTER = HERE / "registry" / "regions.csv"
REGISTER_COLUMNS = ["key", "name", "level", "parent", "territory_on", "is_current"]


@logs_refusals(REFUSED, about=nothing)
@without(lock="what is there is left or corrected by set, whoever comes first")
@transaction.atomic
def load_catalogue(*, by: User | None = None, path: Path = CATALOGUE) -> int:
    """Add the key figures of the catalogue that are missing; what the office changed stays. Gives their number."""
    permissions.can_change_catalogue(by).enforce()
    known = set(KeyFigure.objects.values_list("code", flat=True))
    made = []
    for entry in tomllib.loads(Path(path).read_text(encoding="utf-8"))["key_figure"]:
        if entry["code"] in known:
            continue
        table, _created = Table.objects.get_or_create(
            code=entry.pop("table"),
            defaults={
                "title": entry.pop("table_title"),
                "holder": entry.get("holder", ""),
                "protection": entry.get("protection"),
                "period_kind": entry.get("period_kind"),
            },
        )
        indicator, _created = Indicator.objects.get_or_create(
            name=entry.pop("indicator"), defaults={"topic": entry.pop("topic")}
        )
        for name in ("topic", "table_title", "holder", "protection", "period_kind"):
            entry.pop(name, None)
        made.append(KeyFigure.objects.create(table=table, indicator=indicator, **entry))
    if made:
        record(events.CATALOGUE_LOADED, made[0], by=by, count=len(made))
    return len(made)


@logs_refusals(REFUSED, about=nothing)
@without(lock="what is there is left or corrected by set, whoever comes first")
@transaction.atomic
def load_regions(file: BinaryIO | UploadedFile | None = None, *, by: User | None = None) -> tuple[int, int]:
    """Add and correct regions from a register with the columns of ``registry/regions.csv``; nothing is removed.

    Gives ``(created, changed)``. Raises ``ValidationError`` naming the line that cannot be read.
    """
    permissions.can_change_catalogue(by).enforce()
    rows = _register(*register_of(file if file else REGISTER.read_bytes()))
    known = {region.key: region for region in Region.objects.filter(key__in=rows)}
    if missing := {row["parent_id"] for row in rows.values()} - {None, *rows}:
        missing -= set(Region.objects.filter(key__in=missing).values_list("key", flat=True))
        if missing:
            raise ValidationError(
                _("The regions above are missing: %(keys)s") % {"keys": ", ".join(sorted(missing)[:10])}
            )
    created = [Region(key=key, **row) for key, row in rows.items() if key not in known]
    changed = []
    for key, region in known.items():
        if any(getattr(region, name) != value for name, value in rows[key].items()):
            for name, value in rows[key].items():
                setattr(region, name, value)
            changed.append(region)
    Region.objects.bulk_create(
        sorted(created, key=lambda region: (region.key != "DG", len(region.key))), batch_size=BATCH
    )
    Region.objects.bulk_update(changed, ["name", "level", "parent", "territory_on", "is_current"], batch_size=500)
    if by and (created or changed):
        record(events.REGIONS_LOADED, by, by=by, created=len(created), changed=len(changed))
    return len(created), len(changed)


def _register(columns: Sequence[str], lines: Iterable[tuple[int, dict[str, str]]]) -> dict[str, dict[str, Any]]:
    if not {"key", "name", "level"} <= set(columns):
        raise ValidationError(
            _("A register of regions needs the columns %(columns)s, separated by semicolons.")
            % {"columns": ", ".join(REGISTER_COLUMNS)}
        )
    rows = {}
    for line, row in lines:
        key, level = row.get("key", "").strip(), row.get("level", "").strip()
        day = row.get("territory_on", "").strip()
        try:
            territory_on = date.fromisoformat(day) if day else None
        except ValueError:
            territory_on = level = None  # type: ignore[assignment]
        if not key or len(key) > 14 or not row.get("name", "").strip() or level not in RegionLevel.values:
            raise ValidationError(
                _("Line %(line)s of the register cannot be read: key, name, level or date is missing or not known.")
                % {"line": line}
            )
        rows[key] = {
            "name": row["name"].strip()[:200],
            "level": level,
            "parent_id": row.get("parent", "").strip() or None,
            "territory_on": territory_on,
            "is_current": (row.get("is_current") or "1").strip() != "0",
        }
    return rows


@logs_refusals(REFUSED, about=of_form)
@transaction.atomic
def save_table(form: TableForm, *, by: User) -> Table:
    """Keep a data source as its form has it; another protection is an event of its own."""
    permissions.can_change_catalogue(by).enforce()
    table = form.save(commit=False)
    chosen, before = table.protection, Table.objects.select_for_update().get(pk=table.pk).protection
    table.protection = before
    table.save()
    change_protection(table, by=by, protection=chosen)
    return table


@logs_refusals(REFUSED, about=of_form)
@transaction.atomic
def save_group(form: GroupForm, *, by: User) -> ComparisonGroup:
    """Keep a comparison group as its form has it."""
    form = locked_form(form)
    permissions.can_change_catalogue(by).enforce()
    group = form.save()
    record(events.GROUP_CHANGED, group, by=by)
    return group


@logs_refusals(REFUSED, about=of_form)
@transaction.atomic
def save_key_figure(form: KeyFigureForm, *, by: User) -> KeyFigure:
    """Keep a key figure as its form has it; its expressions must name something."""
    form = locked_form(form)
    permissions.can_change_catalogue(by).enforce()
    key_figure = form.save(commit=False)
    if not terms_of(key_figure.numerator):
        raise ValidationError(_("A key figure needs a numerator."))
    key_figure.save()
    record(events.KEY_FIGURE_CHANGED, key_figure, by=by)
    return key_figure


@transaction.atomic
def remind_deliveries(today: date) -> list[Table]:
    """Tell education monitoring of every delivery that is due, once for each date."""
    due = list(Table.objects.select_for_update().due(today))
    for table in due:
        table.reminded_for = table.next_delivery_on
        table.save(update_fields=["reminded_for"])
        record(events.DELIVERY_DUE, table, by=None, table=table.code, holder=table.holder or table.publisher or "–")
    return due
