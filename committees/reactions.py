# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from committees import events, jobs
from core.jobs import ring

if TYPE_CHECKING:
    from activity.models import Event


def import_ordered(sender: type[Event], event: Event, **kwargs: Any) -> None:
    """An ordered or confirmed import wakes a worker."""
    if event.kind in (events.OPARL_ORDERED.code, events.OPARL_CONFIRMED.code):
        ring(jobs.import_oparl, event.subject_id)
