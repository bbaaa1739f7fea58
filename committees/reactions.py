# SPDX-License-Identifier: EUPL-1.2
from committees import events, jobs
from core.jobs import ring


def import_ordered(sender, event, **kwargs):
    """An ordered or confirmed import wakes a worker."""
    if event.kind in (events.OPARL_ORDERED.code, events.OPARL_CONFIRMED.code):
        ring(jobs.import_oparl, event.subject_id)
