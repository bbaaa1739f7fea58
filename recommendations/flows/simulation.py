# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from activity.flows import logs_refusals, record, without
from recommendations import events, permissions

if TYPE_CHECKING:
    from accounts.models import User
    from recommendations.models import Recommendation


@without(lock="nothing is changed")
@logs_refusals(events.STEP_REFUSED)
@transaction.atomic
def note_simulation(person: User, *, by: User, recommendation: Recommendation | None = None) -> None:
    """Write down that somebody looked up what another person sees and may do."""
    permissions.can_simulate(by).enforce()
    record(events.SIMULATED, person, by=by, recommendation=recommendation.label if recommendation else "–")
