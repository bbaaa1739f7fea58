# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.roles import COORDINATION, holds
from core.sentences import sentence as _
from core.verdicts import YES, no, not_now
from tasks.models import TaskKind

if TYPE_CHECKING:
    from accounts.models import User
    from core.models import Feedback
    from core.verdicts import Verdict
    from tasks.models import Task


def can_answer_barrier(user: User, barrier: Feedback) -> Verdict:
    """The office answers what keeps people from using the application, once."""
    if not holds(user, COORDINATION):
        return no(_("Only the coordination answers reported barriers."))
    if barrier.answered_at:
        return not_now(_("This report has been answered."))
    return YES


def can_complete(user: User, task: Task) -> Verdict:
    """Whoever owns a to-do ticks it off."""
    if task.owner_id != user.pk:
        return no(_("Only the person responsible ticks this task off."))
    if task.done_at:
        return not_now(_("This task is done already."))
    if task.kind == TaskKind.ANSWER:
        return not_now(_("Answer the question; the task is done with it."))
    if task.kind == TaskKind.BARRIER:
        return not_now(_("Answer the report; the task is done with it."))
    return YES
