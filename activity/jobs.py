# SPDX-License-Identifier: EUPL-1.2
from celery import shared_task

from activity import chain, flows
from activity.models import Event


@shared_task
def deliver(event_id: int) -> None:
    flows.deliver(event_id)


@shared_task
def deliver_pending() -> None:
    for event_id in Event.objects.pending().values_list("pk", flat=True)[:500]:
        flows.deliver(event_id)


@shared_task
def seal_log() -> None:
    chain.seal(everything=True)
