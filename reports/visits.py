# SPDX-License-Identifier: EUPL-1.2
"""Since when documents are new to a person: since the visit before this one."""

from datetime import timedelta

from django.utils import timezone

from reports.models import Visit

SAME_VISIT = timedelta(minutes=20)  # looking twice does not make the new old


def since(user, *, now=None):
    """The end of the visit before this one, or None on the first; this visit is noted."""
    now = now or timezone.now()
    visit, created = Visit.objects.get_or_create(user=user, defaults={"at": now})
    if not created:
        if now - visit.at > SAME_VISIT:
            visit.before = visit.at
        visit.at = now
        visit.save(update_fields=["at", "before"])
    return visit.before


def last(user):
    """When this person last looked at the list of documents, or None; looking elsewhere is no visit."""
    return Visit.objects.filter(user=user).values_list("at", flat=True).first()
