# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models

from activity.kinds import refusals

if TYPE_CHECKING:
    from accounts.models import User
    from activity.models import Event, Notification


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, subject: models.Model) -> Self:
        """What happened to this thing, newest first."""
        kind = ContentType.objects.get_for_model(subject)
        return self.filter(subject_type=kind, subject_id=subject.pk).select_related("by").order_by("-at", "-pk")

    def naming(self, **data: int) -> Self:
        """Entries whose data name these things, such as one measure of a recommendation."""
        return self.filter(**{f"data__{name}": value for name, value in data.items()})

    def refused(self) -> Self:
        """Attempts that were turned down."""
        return self.filter(kind__in=refusals())

    def pending(self) -> Self:
        """Events whose notices are not delivered yet, oldest first."""
        return self.filter(delivered_at=None).order_by("pk")

    def unsealed(self) -> Self:
        """Entries that the chain over the log does not hold yet, oldest first."""
        return self.filter(seal=None).order_by("at", "pk")


class NotificationQuerySet(models.QuerySet["Notification"]):
    def of(self, user: User) -> Self:
        """This person's notices, newest first."""
        return (
            self.filter(user=user)
            .select_related("event", "event__by", "event__subject_type")
            .order_by("-event__at", "-pk")
        )

    def unread(self) -> Self:
        return self.filter(read_at=None)
