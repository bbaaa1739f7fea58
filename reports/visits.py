# SPDX-License-Identifier: EUPL-1.2
"""Since when documents are new to a person: since the visit before this one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from reports.models import Visit

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User

SAME_VISIT = timedelta(minutes=20)  # looking twice does not make the new old


def since(user: User, *, now: datetime | None = None) -> datetime | None:
    """The end of the visit before this one, or None on the first; this visit is noted."""
    now = now or timezone.now()
    visit, created = Visit.objects.get_or_create(user=user, defaults={"at": now})
    if not created:
        if now - visit.at > SAME_VISIT:
            visit.before = visit.at
        visit.at = now
        visit.save(update_fields=["at", "before"])
    return visit.before


def last(user: User) -> datetime | None:
    """When this person last looked at the list of documents, or None; looking elsewhere is no visit."""
    return Visit.objects.filter(user=user).values_list("at", flat=True).first()
