# SPDX-License-Identifier: EUPL-1.2
"""What grants and deputyships are at this moment, in words for a page; whether they hold the querysets say."""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hooks import STANDINGS
from accounts.models import Delegation, Grant, User

if TYPE_CHECKING:
    from accounts.models import Department
    from core.sentences import Text

HOLDS, OPEN, TO_COME, OVER, TURNED_DOWN, BARRED = (
    "holds",
    "open",
    "to_come",
    "over",
    "turned_down",
    "barred",
)
WORDS = {
    HOLDS: pgettext_lazy("right to decide", "holds"),
    OPEN: pgettext_lazy("right to decide", "proposed, waits for confirmation"),
    TO_COME: pgettext_lazy("right to decide", "begins later"),
    OVER: pgettext_lazy("right to decide", "over"),
    TURNED_DOWN: pgettext_lazy("right to decide", "not confirmed"),
    BARRED: _("does not hold: another role of this person excludes it, or what it rests on is gone"),
}


def with_state(rows: Any) -> list[Any]:
    """Give each of these grants or deputyships its ``state`` with words for it, and whether it ``is_over``."""
    everything = rows.model.objects.filter(pk__in=rows.values("pk"))
    holding, living = (
        set(found.values_list("pk", flat=True)) for found in (everything.in_force(), everything.living())
    )
    rows = list(rows)
    for one in rows:
        one.state = _state(one, holding, living)
        one.state_label, one.is_over = WORDS[one.state], one.state in (OVER, TURNED_DOWN)
    return rows


def of_grants(department: Department) -> list[Any]:
    return with_state(department.grants.for_display())


def of_deputies(department: Department) -> list[Any]:
    return with_state(department.delegations.in_order())


def of_accounts(people: Collection[User], labels: Mapping[str, Text]) -> dict[int, list[Text]]:
    """What each of these people is today: roles by their ``labels``, heads, deputies, and what the apps above know."""
    found: dict[int, list[Text]] = {
        person.pk: [labels.get(group.name, group.name) for group in person.groups.all()] for person in people
    }
    for grant in Grant.objects.in_force().filter(person__in=people).select_related("department"):
        found[grant.person_id].append(_("head of %(department)s") % {"department": grant.department})
    for one in Delegation.objects.in_force().filter(deputy__in=people).select_related("department"):
        words = {"department": one.department, "day": date_format(one.valid_until, "d.m.Y")}
        found[one.deputy_id].append(_("deputy for %(department)s until %(day)s") % words)
    for above in User.objects.superior().filter(pk__in=found):
        found[above.pk].append(_("above the departments"))
    for standings in STANDINGS:
        for person, words_of in standings(people).items():
            found[person] += words_of
    return found


def _state(one: Grant | Delegation, holding: Container[int], living: Container[int]) -> str:
    if one.pk in holding:
        return HOLDS
    if one.pk not in living:
        return OVER if getattr(one, "confirmed_at", True) else TURNED_DOWN
    if getattr(one, "is_open", False):
        return OPEN
    return TO_COME if one.has_not_begun else BARRED
