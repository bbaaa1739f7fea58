# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F


class TaskQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A to-do is its owner's alone."""
        return self.filter(owner=user) if user.is_authenticated and user.is_active else self.none()

    def open_of(self, user):
        """What this person still has to do, the most urgent first."""
        return self.visible_to(user).filter(done_at=None).order_by(F("due_on").asc(nulls_last=True), "pk")
