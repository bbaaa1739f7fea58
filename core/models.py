# SPDX-License-Identifier: EUPL-1.2
from datetime import timedelta

from django.db import models
from django.utils import timezone


class HeartbeatQuerySet(models.QuerySet):
    def beat(self, name):
        """This part of the installation is alive now."""
        self.update_or_create(name=name, defaults={"at": timezone.now()})

    def alive(self, name, *, within=timedelta(seconds=60)):
        """Whether the part was heard from within the given time."""
        return self.filter(name=name, at__gte=timezone.now() - within).exists()


class Heartbeat(models.Model):
    """When a part of the installation that answers no requests, such as the worker, was last alive."""

    name = models.CharField(primary_key=True, max_length=40)
    at = models.DateTimeField()

    objects = HeartbeatQuerySet.as_manager()

    def __str__(self):
        return self.name
