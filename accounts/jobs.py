# SPDX-License-Identifier: EUPL-1.2
from celery import shared_task

from accounts import flows


@shared_task
def remind_sheets() -> None:
    flows.remind_sheets()
