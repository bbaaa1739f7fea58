# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from activity.flows import logs_refusals, record
from recommendations import events, permissions
from recommendations.flows.locking import locked

if TYPE_CHECKING:
    from accounts.models import User
    from recommendations.models import Recommendation, StrategicGoal


@logs_refusals(events.STEP_REFUSED)
@transaction.atomic
def assign_goals(recommendation: Recommendation, *, by: User, goals: Sequence[StrategicGoal]) -> Recommendation:
    """The coordination hangs a recommendation on strategic goals; that is steering, no part of what was decided."""
    recommendation = locked(recommendation)
    permissions.can_maintain_goals(by).enforce()
    goals = list(goals)
    if {goal.pk for goal in goals} != set(recommendation.goals.values_list("pk", flat=True)):
        recommendation.goals.set(goals)
        record(events.GOALS_ASSIGNED, recommendation, by=by, goals=goals)
    return recommendation
