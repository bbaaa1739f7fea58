# SPDX-License-Identifier: EUPL-1.2
from activity import jobs
from core.jobs import ring


def ring_delivery(sender, event, **kwargs):
    """Somebody is to be told: a worker is woken."""
    if event.delivered_at is None:
        ring(jobs.deliver, event.pk)
