# SPDX-License-Identifier: EUPL-1.2
"""“Who decides what” in a department: on one sheet, as its head confirms it once a year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.sheets import content_of, this_year
from reports.kinds import Kind, parts, rights, setting
from reports.kinds.house import house

if TYPE_CHECKING:
    from accounts.models import Department
    from reports.content import Content


def build(department: Department, variant: str, options: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The sheet as it stands, and whether exactly this was confirmed for the year."""
    sheet, year = content_of(department), this_year()
    confirmed = department.sheets.filter(year=year).select_related("confirmed_by").first()
    return {
        **house(variant),
        "year": year,
        "sheet": sheet,
        "confirmed": {
            "by": confirmed.confirmed_by.name,
            "on": parts.day(confirmed.confirmed_at),
            "sha256": confirmed.content_sha256,
            "same": confirmed.content == sheet,
        }
        if confirmed
        else None,
    }


def context(content: Content) -> dict[str, Any]:
    sheet = content["sheet"]
    words = {"department": sheet["code"], "year": content["year"]}
    made = setting.frame(
        content,
        title=_("Who decides what in %(department)s") % words,
        kind=_("Who decides what"),
        head=_("Who decides what, %(year)s") % words,
        rule=_("Whoever prepares, examines or administers does not decide."),
        facts=[
            (_("Status"), setting.status(True)),
            (_("Department"), sheet["department"]),
            (_("Year"), str(content["year"])),
        ],
        closed=True,
    )
    return {"frame": made, "standing": _standing(content)}


def _standing(content: Content) -> str:
    """What a reader has to know first: whether the head has confirmed it."""
    confirmed = content["confirmed"]
    if confirmed is None:
        return _("Not confirmed for %(year)s yet.") % {"year": content["year"]}
    words = {"name": confirmed["by"], "day": confirmed["on"]}
    if not confirmed["same"]:
        return _("Changed since %(name)s confirmed it on %(day)s.") % words
    return _("Confirmed by %(name)s on %(day)s.") % words


KIND = Kind(
    code="deciders",
    label=gettext_lazy("Who decides what"),
    subject="accounts.Department",
    template="print/kinds/deciders.html",
    variants=("full",),
    build=build,
    context=context,
    may_order=rights.can_order_deciders,
)
