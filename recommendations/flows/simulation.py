# SPDX-License-Identifier: EUPL-1.2
from django.db import transaction

from activity.flows import logs_refusals, record, without
from recommendations import events, permissions


@without(lock="nothing is changed")
@logs_refusals(events.STEP_REFUSED)
@transaction.atomic
def note_simulation(person, *, by, recommendation=None):
    """Write down that somebody looked up what another person sees and may do."""
    permissions.can_simulate(by).enforce()
    record(events.SIMULATED, person, by=by, recommendation=recommendation.label if recommendation else "–")
