# SPDX-License-Identifier: EUPL-1.2
from core.jobs import ring
from reports import events, jobs, making


def ring_worker(sender, event, **kwargs):
    if event.kind == events.READY.code:
        ring(jobs.mail_ready, event.subject_id)
    if event.kind in (events.ORDERED.code, events.RETRIED.code):
        parts = making.waiting_parts(event.subject_id)
        for part_id in parts:
            ring(jobs.render_part, part_id)
        if not parts:
            ring(jobs.render, event.subject_id)
