# SPDX-License-Identifier: EUPL-1.2
from activity import jobs
from core.jobs import ring


def ring_delivery(sender, event, **kwargs):
    ring(jobs.deliver, event.pk)
