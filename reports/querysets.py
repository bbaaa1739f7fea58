# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q
from django.utils import timezone

from committees.models import Paper
from committees.querysets import in_the_house

MOST_ATTEMPTS = 3


class BriefingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever may read the paper reads its public briefing, whoever may read all of it the full one.

        A briefing that is not ready yet is seen by the house and by those who keep the committees.
        """
        readable = Q(variant="public", paper__in=Paper.objects.visible_to(user).values("pk")) | Q(
            variant="full", paper__in=Paper.objects.fully_visible_to(user).values("pk")
        )
        visible = self.filter(readable)
        return visible if in_the_house(user) else visible.filter(Q(state="ready") | Q(requested_by=user))

    def newest(self):
        """Of each paper and variant the newest ready version."""
        newer = self.model.objects.filter(
            paper=models.OuterRef("paper"),
            variant=models.OuterRef("variant"),
            state="ready",
            version__gt=models.OuterRef("version"),
        )
        return self.filter(~models.Exists(newer), state="ready")

    def claimable(self, *, now=None):
        """Ordered and free: never begun, or begun by a worker that did not come back in time."""
        now = now or timezone.now()
        return self.filter(Q(state="queued") | Q(state="running", leased_until__lt=now), attempts__lt=MOST_ATTEMPTS)

    def exhausted(self, *, now=None):
        """Tried as often as may be, and not finished."""
        now = now or timezone.now()
        return self.filter(Q(state="queued") | Q(state="running", leased_until__lt=now), attempts__gte=MOST_ATTEMPTS)
