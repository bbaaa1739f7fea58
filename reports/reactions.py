# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.jobs import ring
from reports import events, jobs, making

if TYPE_CHECKING:
    from activity.models import Event


def ring_worker(sender: type[Event], event: Event, **kwargs: Any) -> None:
    if event.kind == events.READY.code:
        ring(jobs.mail_ready, event.subject_id)
    if event.kind in (events.ORDERED.code, events.RETRIED.code):
        parts = making.waiting_parts(event.subject_id)
        for part_id in parts:
            ring(jobs.render_part, part_id)
        if not parts:
            ring(jobs.render, event.subject_id)
