# SPDX-License-Identifier: EUPL-1.2
"""The register of resolutions: what a body resolved, number by number, as a page and as a table to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.sheets import Sheet

if TYPE_CHECKING:
    from committees.models import Committee, Consultation
    from committees.querysets import ConsultationQuerySet


def sheet(resolutions: ConsultationQuerySet, committee: Committee | None = None) -> Sheet:
    """Resolutions a reader may see, of one body or of all."""
    title = _("Register of resolutions")
    if committee:
        title = _("Register of resolutions: %(committee)s") % {"committee": committee}
    return Sheet(
        name="-".join(part for part in (_("resolutions"), committee and committee.code) if part),
        title=title,
        header=[
            _("Number"),
            _("Body"),
            _("Resolved on"),
            _("Item"),
            _("Paper"),
            _("Subject"),
            _("Role"),
            _("Result"),
            _("Yes"),
            _("No"),
            _("Abstentions"),
            _("Biased"),
            _("Resolved text"),
            _("Note"),
            _("Publicity"),
        ],
        rows=[_cells(one) for one in resolutions],
        notes=[
            _("As of %(day)s. %(town)s.")
            % {"day": date_format(timezone.localdate(), "d.m.Y"), "town": settings.MUNICIPALITY_NAME}
        ],
    )


def _cells(one: Consultation) -> list[Any]:
    note = one.result_note if one.result_note != one.resolved_text else ""
    return [
        one.decision_number,
        one.committee.name,
        one.resolved_on,
        one.agenda_item.number if one.agenda_item else "",
        one.paper.reference if one.paper else "",
        one.title,
        str(one.get_role_display()),
        str(one.get_result_display()),
        one.votes_yes,
        one.votes_no,
        one.votes_abstain,
        one.votes_biased,
        one.resolved_text,
        "\n".join(text for text in (note, one.votes_reason) if text),
        _("public") if one.is_public else _("non-public"),
    ]
