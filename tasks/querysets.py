# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F

from accounts.roles import COORDINATION, holds
from core.models import Feedback

if TYPE_CHECKING:
    from accounts.models import User
    from tasks.models import Task


def barriers_visible_to(user: User) -> models.QuerySet[Feedback]:
    """Reported barriers, the open ones first: for the office, and each for whoever reported it."""
    reports = Feedback.objects.order_by(F("answered_at").asc(nulls_first=True), "-at").select_related("answered_by")
    if not user.is_authenticated or not user.is_active:
        return reports.none()
    return reports if holds(user, COORDINATION) else reports.filter(sender=user)


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, user: User) -> Self:
        """A to-do is its owner's alone."""
        return self.filter(owner=user) if user.is_authenticated and user.is_active else self.none()

    def open_of(self, user: User) -> Self:
        """What this person still has to do, the most urgent first."""
        return self.visible_to(user).filter(done_at=None).order_by(F("due_on").asc(nulls_last=True), "pk")
