# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F

if TYPE_CHECKING:
    from accounts.models import User
    from tasks.models import Task


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, user: User) -> Self:
        """A to-do is its owner's alone."""
        return self.filter(owner=user) if user.is_authenticated and user.is_active else self.none()

    def open_of(self, user: User) -> Self:
        """What this person still has to do, the most urgent first."""
        return self.visible_to(user).filter(done_at=None).order_by(F("due_on").asc(nulls_last=True), "pk")
