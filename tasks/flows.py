# SPDX-License-Identifier: EUPL-1.2
"""To-dos: made by hand, or because something happened to a recommendation, and closed by what fulfils them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import COORDINATION
from activity.events import REFUSED
from activity.flows import logs_refusals, record
from committees import flows as committees
from core.models import Feedback
from tasks import events
from tasks.models import Task, TaskKind
from tasks.permissions import can_answer_barrier, can_complete

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import Model

    from recommendations.models import Recommendation


def add(
    *,
    owner: User,
    title: str,
    due_on: date | None = None,
    recommendation: Recommendation | None = None,
    kind: TaskKind = TaskKind.OWN,
    about: Model | None = None,
) -> Task:
    """Give a person a to-do; one that follows from something exists once while it is open.

    ``about`` is the question or the assignment of a committee that the to-do follows from.
    """
    if kind in (TaskKind.ANSWER, TaskKind.ASSIGNMENT):
        field = "question" if kind == TaskKind.ANSWER else "assignment"
        task, _ = Task.objects.get_or_create(
            **{field: about}, kind=kind, done_at=None, defaults={"owner": owner, "title": title, "due_on": due_on}
        )
        return task
    if kind != TaskKind.OWN:
        task, _ = Task.objects.get_or_create(
            kind=kind,
            recommendation=recommendation,
            owner=owner,
            done_at=None,
            defaults={"title": title, "due_on": due_on},
        )
        return task
    return Task.objects.create(owner=owner, title=title, due_on=due_on, recommendation=recommendation)


@logs_refusals(REFUSED)
@transaction.atomic
def complete(task: Task, *, by: User) -> Task:
    """The owner has done it."""
    task = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    can_complete(by, task).enforce()
    if task.kind == TaskKind.ASSIGNMENT:  # its report closes the to-do; the committee accepts it later
        committees.report_assignment_done(task.assignment, by=by)  # type: ignore[arg-type]
        task.refresh_from_db()
        return task
    task.done_at = timezone.now()
    task.save(update_fields=["done_at"])
    record(events.DONE, task, by=by)
    return task


@transaction.atomic
def receive_barrier(barrier: Feedback) -> None:
    """The office has a month to answer: everybody of the coordination is told and has it among the to-dos."""
    for owner in User.objects.holding(COORDINATION):
        Task.objects.create(
            kind=TaskKind.BARRIER, barrier=barrier, owner=owner, title=str(barrier), due_on=barrier.due_on
        )
    record(events.BARRIER_REPORTED, barrier, by=barrier.sender, due=barrier.due_on)


@logs_refusals(REFUSED)
@transaction.atomic
def answer_barrier(barrier: Feedback, *, by: User, answer: str) -> Feedback:
    """The office answers; the to-dos of all close, and whoever reported it while logged in is told."""
    barrier = Feedback.objects.select_for_update(of=("self",)).get(pk=barrier.pk)
    can_answer_barrier(by, barrier).enforce()
    barrier.answer, barrier.answered_by, barrier.answered_at = answer, by, timezone.now()
    barrier.save(update_fields=["answer", "answered_by", "answered_at"])
    fulfil_about(barrier=barrier)
    record(events.BARRIER_ANSWERED, barrier, by=by, remark=answer)
    return barrier


def fulfil(recommendation: Recommendation, kind: TaskKind) -> None:
    """What a to-do asked for has happened."""
    Task.objects.filter(recommendation=recommendation, kind=kind, done_at=None).update(done_at=timezone.now())


def fulfil_about(**about: Any) -> None:
    """The question was answered, or the assignment reported as done."""
    Task.objects.filter(**about, done_at=None).update(done_at=timezone.now())
