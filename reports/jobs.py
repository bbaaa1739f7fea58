# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from celery import shared_task
from celery.signals import worker_process_init, worker_process_shutdown

from core.jobs import ring
from press import pdf
from reports import mail, making


@shared_task(soft_time_limit=120, time_limit=150)
def render(document_id: int) -> None:
    making.make_document(document_id)


@shared_task(soft_time_limit=120, time_limit=150)
def render_part(part_id: int) -> None:
    for document_id in making.make_part(part_id):
        ring(render, document_id)


@shared_task
def mail_ready(document_id: int) -> None:
    mail.send_ready(document_id)


@shared_task
def send_mail(due_id: int) -> None:
    mail.send(due_id)


@shared_task
def mail_digests() -> None:
    mail.send_digests()


@shared_task
def sweep() -> None:
    parts, documents = making.sweep()
    for document_id in making.unmailed():
        ring(mail_ready, document_id)
    for due_id in mail.waiting():
        ring(send_mail, due_id)
    for part_id in parts:
        ring(render_part, part_id)
    for document_id in documents:
        ring(render, document_id)


@worker_process_init.connect(dispatch_uid="reports.jobs.warm_up")
def warm_up(**kwargs: Any) -> None:
    pdf.press()


@worker_process_shutdown.connect(dispatch_uid="reports.jobs.cool_down")
def cool_down(**kwargs: Any) -> None:
    pdf.end_press()
