# SPDX-License-Identifier: EUPL-1.2
from celery import shared_task

from recommendations import flows


@shared_task
def check_evidence() -> None:
    flows.check_evidence()


@shared_task
def sweep() -> None:
    """What comes by itself with the days: deferred matters, reminders, and changes of figures whose bell was lost."""
    flows.resubmit_due()
    flows.remind_due()
    flows.remind_measures()
    flows.remind_effects()
    flows.check_evidence()
