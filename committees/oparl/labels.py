# SPDX-License-Identifier: EUPL-1.2
"""Words for foreign objects and what differs in them, for the preview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from committees.models import AgendaItem, Choice, ForeignObject, Proposal
from committees.oparl import mapping, reading

if TYPE_CHECKING:
    from django.db.models import Model

    from core.sentences import Text

KINDS = {
    "System": gettext_lazy("system"),
    "Body": gettext_lazy("municipality"),
    "LegislativeTerm": gettext_lazy("legislative terms"),
    "Organization": gettext_lazy("organisations"),
    "Person": gettext_lazy("persons"),
    "Membership": gettext_lazy("memberships"),
    "Meeting": gettext_lazy("meetings"),
    "AgendaItem": gettext_lazy("agenda items"),
    "Paper": pgettext_lazy("council", "papers"),
    "Consultation": gettext_lazy("consultations"),
    "File": gettext_lazy("files, only named"),
    "Location": gettext_lazy("places"),
}


def kind(name: str) -> Text:
    return KINDS.get(name, name)


def about(row: ForeignObject) -> dict[str, Any]:
    """``{title, kind, ours, differences}`` of an object that waits for a decision."""
    ours = None
    model = mapping.MODELS[row.kind]
    if row.object_id or row.candidate_id:
        ours = model.objects.filter(pk=row.object_id or row.candidate_id).first()
    return {
        "kind": kind(row.kind),
        "title": _title(row),
        "ours": ours,
        "differences": [
            (
                model._meta.get_field(entry["field"].removesuffix("_id")).verbose_name,
                _value(model, entry["field"], entry["ours"]),
                _value(model, entry["field"], entry["theirs"]),
            )
            for entry in row.differences
        ],
    }


def choices(row: ForeignObject, decisions: tuple[Choice, Choice]) -> list[tuple[str, Text]]:
    """The decisions as words; where there is nothing of ours yet, keeping it means leaving theirs."""
    leave = pgettext("import", "leave it")
    nothing_ours = row.proposal in (Proposal.NEW, Proposal.GRANT)
    return [(str(one), leave if nothing_ours and one == Choice.OURS else one.label) for one in decisions]


def _named(row: ForeignObject, kind: str, content: str | list[str]) -> str:
    """What the other system calls the object that this one points to."""
    keys = [reading.key_of(url) for url in reading.addresses(content)]
    found = ForeignObject.objects.filter(source=row.source, kind=kind, external_id__in=keys).first()
    return found.label if found else ""


def _title(row: ForeignObject) -> str:
    if row.kind in ("Membership", "Consultation"):
        whose = "Person" if row.kind == "Membership" else "Paper"
        parts = [_named(row, kind, row.data.get(kind.lower())) for kind in (whose, "Organization")]
        return ", ".join(part for part in (*parts, row.data.get("role")) if part) or row.external_id
    if row.kind == "Paper" and row.data.get("reference"):
        return f"{row.data['reference']} {row.data.get('name', '')}"
    if row.kind == "Meeting" and (start := reading.moment(row.data.get("start"))):
        return f"{row.data.get('name', '')} {date_format(timezone.localtime(start), 'd.m.Y H:i')}"
    return row.label


def _value(model: type[Model], name: str, value: Any) -> Any:
    if value in (None, ""):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    field = model._meta.get_field(name.removesuffix("_id"))
    if field.is_relation:
        found = AgendaItem.objects.filter(pk=value).first() if name == "agenda_item_id" else None
        return str(found or "–")
    if field.choices:
        return dict(field.flatchoices).get(value, value)
    if at := (reading.moment(value) if field.get_internal_type() == "DateTimeField" else None):
        return date_format(timezone.localtime(at), "d.m.Y H:i")
    if on := (reading.day(value) if field.get_internal_type() == "DateField" else None):
        return date_format(on, "d.m.Y")
    return value
