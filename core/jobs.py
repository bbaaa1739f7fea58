# SPDX-License-Identifier: EUPL-1.2
"""Background work: how a worker is woken, and how we know that one is alive."""

import logging
import time
from typing import Any

from celery import shared_task
from celery.signals import worker_ready
from django.db import transaction
from kombu.exceptions import OperationalError

from core import sending
from core.models import Heartbeat

logger = logging.getLogger(__name__)

PAUSE = 10  # seconds until a broker that did not answer is asked again
_silent = {"until": 0.0}


def ring(job: Any, *ids: int) -> None:
    """Wake a worker once the change is committed. A dead broker is logged, never shown: the sweep rings again.

    Waiting for a broker that does not answer is done once, not for each of ten bells of one page.
    """

    def wake() -> None:  # a def, not a partial: Django logs the name of what failed
        if time.monotonic() < _silent["until"]:
            return
        try:
            job.apply_async(ids, retry=False)
        except Exception as error:
            if isinstance(error, OperationalError):
                _silent["until"] = time.monotonic() + PAUSE
            logger.warning("could not wake a worker for %s%s; the sweep will", job.name, ids, exc_info=True)

    transaction.on_commit(wake, robust=True)


@shared_task
def beat() -> None:
    Heartbeat.objects.beat("worker")


@shared_task
def sweep() -> None:
    sending.sweep()


@worker_ready.connect(dispatch_uid="core.jobs.announce_worker")
def announce_worker(**kwargs: Any) -> None:
    Heartbeat.objects.beat("worker")
