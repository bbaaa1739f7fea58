# SPDX-License-Identifier: EUPL-1.2
from core.jobs import ring
from reports import events, jobs


def ring_worker(sender, event, **kwargs):
    if event.kind in (events.ORDERED.code, events.RETRIED.code):
        ring(jobs.render_briefing, event.subject_id)
