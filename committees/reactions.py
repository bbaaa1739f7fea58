# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from committees import events, jobs
from committees.models import Membership
from core.jobs import ring

if TYPE_CHECKING:
    from accounts.models import User
    from activity.models import Event


def import_ordered(sender: type[Event], event: Event, **kwargs: Any) -> None:
    """An ordered or confirmed import wakes a worker."""
    if event.kind in (events.OPARL_ORDERED.code, events.OPARL_CONFIRMED.code):
        ring(jobs.import_oparl, event.subject_id)


def seats(people: Collection[User]) -> dict[int, list[str]]:
    """Who of these people sits in a body today."""
    sitting = Membership.objects.current().filter(person__user__in=people)
    return {user: [_("member of a body")] for user in sitting.values_list("person__user", flat=True)}
