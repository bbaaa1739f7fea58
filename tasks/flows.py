# SPDX-License-Identifier: EUPL-1.2
"""To-dos: made by hand, or because something happened to a recommendation, and closed by what fulfils them."""

from django.db import transaction
from django.utils import timezone

from tasks.models import Task, TaskKind
from tasks.permissions import can_complete


def add(*, owner, title, due_on=None, recommendation=None, kind=TaskKind.OWN):
    """Give a person a to-do; one that follows from a recommendation exists once while it is open."""
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


@transaction.atomic
def complete(task, *, by):
    """The owner has done it."""
    task = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    can_complete(by, task).enforce()
    task.done_at = timezone.now()
    task.save(update_fields=["done_at"])
    return task


def fulfil(recommendation, kind):
    """What a to-do asked for has happened."""
    Task.objects.filter(recommendation=recommendation, kind=kind, done_at=None).update(done_at=timezone.now())
