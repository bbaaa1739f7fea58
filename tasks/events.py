# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import COORDINATION
from activity.data import Day, Remark
from activity.kinds import Kind

if TYPE_CHECKING:
    from accounts.querysets import UserQuerySet
    from core.models import Feedback


def coordinators(report: Feedback) -> UserQuerySet:
    """The office."""
    return User.objects.holding(COORDINATION)


def sender(report: Feedback) -> set[User | None]:
    """Whoever reported it while logged in."""
    return {report.sender}


DONE = Kind("task.done", _("%(by)s ticked off: %(subject)s."), shape="done", tone="ok")
BARRIER_REPORTED = Kind(
    "barrier.reported",
    _("A barrier was reported: %(subject)s. The office answers by %(due)s."),
    audience=coordinators,
    data={"due": Day()},
    shape="warn",
    tone="soon",
)
BARRIER_ANSWERED = Kind(
    "barrier.answered",
    _("%(by)s answered a reported barrier: %(subject)s."),
    audience=sender,
    data={"remark": Remark()},
    shape="done",
    tone="ok",
)
