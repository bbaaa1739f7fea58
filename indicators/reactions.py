# SPDX-License-Identifier: EUPL-1.2
from core.jobs import ring
from indicators import events, jobs


def fetch_ordered_table(sender, event, **kwargs):
    """An ordered table wakes a worker."""
    if event.kind == events.RETRIEVAL_ORDERED.code:
        ring(jobs.fetch_table, event.subject_id)
