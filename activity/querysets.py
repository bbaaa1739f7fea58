# SPDX-License-Identifier: EUPL-1.2
from django.contrib.contenttypes.models import ContentType
from django.db import models

from activity.kinds import refusals


class EventQuerySet(models.QuerySet):
    def about(self, subject):
        """What happened to this thing, newest first."""
        kind = ContentType.objects.get_for_model(subject)
        return self.filter(subject_type=kind, subject_id=subject.pk).select_related("by").order_by("-at", "-pk")

    def naming(self, **data):
        """Entries whose data name these things, such as one measure of a recommendation."""
        return self.filter(**{f"data__{name}": value for name, value in data.items()})

    def refused(self):
        """Attempts that were turned down."""
        return self.filter(kind__in=refusals())

    def pending(self):
        """Events whose notices are not delivered yet, oldest first."""
        return self.filter(delivered_at=None).order_by("pk")

    def unsealed(self):
        """Entries that the chain over the log does not hold yet, oldest first."""
        return self.filter(seal=None).order_by("at", "pk")


class NotificationQuerySet(models.QuerySet):
    def of(self, user):
        """This person's notices, newest first."""
        return (
            self.filter(user=user)
            .select_related("event", "event__by", "event__subject_type")
            .order_by("-event__at", "-pk")
        )

    def unread(self):
        return self.filter(read_at=None)
