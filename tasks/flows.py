# SPDX-License-Identifier: EUPL-1.2
"""To-dos: made by hand, or because something happened to a recommendation, and closed by what fulfils them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from activity.events import REFUSED
from activity.flows import logs_refusals, record
from committees import flows as committees
from tasks import events
from tasks.models import Task, TaskKind
from tasks.permissions import can_complete

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import Model

    from accounts.models import User
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


def fulfil(recommendation: Recommendation, kind: TaskKind) -> None:
    """What a to-do asked for has happened."""
    Task.objects.filter(recommendation=recommendation, kind=kind, done_at=None).update(done_at=timezone.now())


def fulfil_about(**about: Any) -> None:
    """The question was answered, or the assignment reported as done."""
    Task.objects.filter(**about, done_at=None).update(done_at=timezone.now())
