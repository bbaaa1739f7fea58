# SPDX-License-Identifier: EUPL-1.2
from celery import shared_task
from django.utils import timezone

from indicators import flows


@shared_task
def fetch_table(retrieval_id: int) -> None:
    wait = flows.advance(retrieval_id)
    if wait is not None:
        fetch_table.apply_async((retrieval_id,), countdown=wait + 1, retry=False)


@shared_task
def sweep_retrievals() -> None:
    for pk in flows.waiting_retrievals():
        fetch_table.apply_async((pk,), retry=False)


@shared_task
def remind_deliveries() -> None:
    flows.remind_deliveries(timezone.localdate())
