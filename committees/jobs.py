# SPDX-License-Identifier: EUPL-1.2
from celery import shared_task
from django.conf import settings

from committees import flows
from committees.oparl import publishing


@shared_task
def import_oparl(run_id: int) -> None:
    """One step of an import; an unfinished one wakes itself again, so that no job runs for hours."""
    if flows.advance(run_id) is not None:
        import_oparl.apply_async((run_id,), countdown=1, retry=False)


@shared_task
def sweep_imports() -> None:
    for pk in flows.waiting_imports():
        import_oparl.apply_async((pk,), retry=False)


@shared_task
def publish_changes() -> None:
    if settings.PUBLIC_OPARL:
        publishing.catch_up()


@shared_task
def publish_all() -> None:
    if settings.PUBLIC_OPARL:
        publishing.sweep()
