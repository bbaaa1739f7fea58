# SPDX-License-Identifier: EUPL-1.2
"""What grants and deputyships are at this moment, in words for a page; whether they hold the querysets say."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from accounts.models import Delegation, Department, Grant

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


def _state(one: Grant | Delegation, holding: Container[int], living: Container[int]) -> str:
    if one.pk in holding:
        return HOLDS
    if one.pk not in living:
        return OVER if getattr(one, "confirmed_at", True) else TURNED_DOWN
    if getattr(one, "is_open", False):
        return OPEN
    return TO_COME if one.has_not_begun else BARRED
