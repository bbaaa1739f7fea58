# SPDX-License-Identifier: EUPL-1.2
"""“Who decides what” in a department, as plain data: for the page, for the paper, and for the yearly confirmation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.incompatible import INCOMPATIBLE
from core import clock

if TYPE_CHECKING:
    from datetime import date, time

    from accounts.models import Delegation, Department, Grant

HEAD, DEPUTIES, STAFF = gettext_lazy("head"), gettext_lazy("deputies, in their order"), gettext_lazy("staff")
# what is decided in a department, and by whom
MATTERS = (
    (gettext_lazy("Approve, change, return, defer or reject recommendations in the lead"), (HEAD, DEPUTIES)),
    (gettext_lazy("Co-sign recommendations of other departments"), (HEAD, DEPUTIES)),
    (gettext_lazy("Release or take the lead"), (HEAD, DEPUTIES)),
    (gettext_lazy("Reopen what was decided; say whether it holds on a changed figure"), (HEAD, DEPUTIES)),
    (gettext_lazy("Plan measures, report on them and on their effect"), (HEAD, DEPUTIES, STAFF)),
    (gettext_lazy("Set deputies, keep the list of possible ones, confirm this sheet"), (HEAD,)),
)


def content_of(department: Department) -> dict[str, Any]:
    """Who decides in this department now, and what."""
    return {
        "department": str(department),
        "code": department.code,
        "heads": [_grant(one) for one in department.grants.in_force().for_display()],
        "deputies": [_deputyship(one) for one in department.delegations.living().in_order()],
        "listed": [one.person.name for one in department.candidates.select_related("person")],
        "matters": [[str(matter), ", ".join(str(who) for who in people)] for matter, people in MATTERS],
        "excluded": sorted({str(pair.reason) for pair in INCOMPATIBLE if pair.standing == "head"}),
    }


def this_year() -> int:
    return timezone.localdate(clock.now()).year


def _grant(one: Grant) -> dict[str, Any]:
    return {
        "name": one.person.name,
        "cause": str(one.get_cause_display()),
        "reference": one.reference,
        "from": _day(one.valid_from),
        "until": _day(one.valid_until),
        "confirmed": one.confirmed_by.name if one.confirmed_by else "",
        "confirmed_as": str(one.get_confirmed_as_display()),
        "confirmed_on": _day(timezone.localdate(one.confirmed_at)),
    }


def _deputyship(one: Delegation) -> dict[str, Any]:
    return {
        "position": one.position,
        "name": one.deputy.name,
        "in_place_of": one.set_by.name,
        "from": _moment(one.valid_from, one.from_time),
        "until": _moment(one.valid_until, one.until_time),
    }


def _day(day: date | None) -> str:
    return date_format(day, "d.m.Y") if day else ""


def _moment(day: date, time: time | None) -> str:
    return _("%(day)s, %(time)s") % {"day": _day(day), "time": time_format(time, "H:i")} if time else _day(day)
