# SPDX-License-Identifier: EUPL-1.2
from celery import shared_task

from recommendations import flows


@shared_task
def resubmit_due():
    flows.resubmit_due()


@shared_task
def remind_due():
    flows.remind_due()
