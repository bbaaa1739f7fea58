# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from activity import jobs
from core.jobs import ring

if TYPE_CHECKING:
    from activity.models import Event


def ring_delivery(sender: type[Event], event: Event, **kwargs: Any) -> None:
    """Somebody is to be told: a worker is woken."""
    if event.delivered_at is None:
        ring(jobs.deliver, event.pk)
