# SPDX-License-Identifier: EUPL-1.2
from celery import shared_task
from celery.signals import worker_process_init

from reports import flows, pdf


@shared_task(soft_time_limit=60, time_limit=90)
def render_briefing(briefing_id):
    flows.render_briefing(briefing_id)


@shared_task
def sweep():
    for briefing_id in flows.sweep():
        render_briefing.apply_async((briefing_id,), retry=False)


@worker_process_init.connect(dispatch_uid="reports.jobs.warm_up")
def warm_up(**kwargs):
    pdf.press()
