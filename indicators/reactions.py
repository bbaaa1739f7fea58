# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.jobs import ring
from indicators import events, jobs

if TYPE_CHECKING:
    from activity.models import Event


def fetch_ordered_table(sender: type[Event], event: Event, **kwargs: Any) -> None:
    """An ordered table wakes a worker."""
    if event.kind == events.RETRIEVAL_ORDERED.code:
        ring(jobs.fetch_table, event.subject_id)
