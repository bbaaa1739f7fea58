# SPDX-License-Identifier: EUPL-1.2
"""What events of recommendations keep beside plain codes, days and names."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from activity.data import Value
from recommendations.models import Light, MeasureStatus
from recommendations.models.effect import target_line

if TYPE_CHECKING:
    pass


class Report(Value):
    """Where a measure stands: its state, and the traffic light while it runs."""

    def keep(self, value: Any) -> Any:
        return {"status": value.status, "light": "" if value.life.is_finished else value.light}

    def words(self, kept: Any) -> str:
        if not isinstance(kept, dict):
            return super().words(kept)
        state = str(MeasureStatus(kept["status"]).label)
        return f"{state}, {Light(kept['light']).label}" if kept["light"] else state


class Ticks(Value):
    """Steps of a measure, each with whether it is done."""

    def keep(self, value: Any) -> Any:
        return [{"step": text, "done": done} for text, done in value]

    def words(self, kept: Any) -> str:
        if not isinstance(kept, list):
            return super().words(kept)
        return "; ".join(map(self._said, kept))

    def _said(self, one: dict[str, Any]) -> str:
        return (_("%(step)s: done") if one["done"] else _("%(step)s: open")) % one


class Target(Value):
    """By which figure an effect is looked at and what it is to reach, or why no figure can show it."""

    def keep(self, value: Any) -> Any:
        if not value.key_figure_id:
            return {"no_figure_reason": value.no_figure_reason}
        target = None if value.target_value is None else format(Decimal(value.target_value), "f")
        return {
            "name": value.name,
            "region": value.region_name,
            "direction": value.direction,
            "value": target,
            "decimals": value.decimals,
            "unit": value.unit,
        }

    def words(self, kept: Any) -> str:
        if not isinstance(kept, dict):
            return super().words(kept)
        if "no_figure_reason" in kept:
            return _("no figure can show it (%(reason)s)") % {"reason": kept["no_figure_reason"]}
        reached = target_line(kept["direction"], kept["value"], kept["decimals"], kept["unit"])
        return ", ".join(part for part in (kept["name"], kept["region"], reached) if part)
