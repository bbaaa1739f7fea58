# SPDX-License-Identifier: EUPL-1.2
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees.models import Assignment, Question
from core.models import Feedback
from recommendations.models import Recommendation
from tasks.querysets import TaskQuerySet


class TaskKind(models.TextChoices):
    REVISE = "revise", _("Revise the recommendation")
    MAKE_PAPER = "make_paper", _("Make a paper of the recommendation")
    ANSWER = "answer", _("Answer a committee's question")
    ASSIGNMENT = "assignment", _("Carry out a committee's assignment")
    BARRIER = "barrier", _("Answer a reported barrier")
    OWN = "own", _("Own task")


class Task(models.Model):
    """A to-do of one person, made by hand or because something happened to a recommendation."""

    kind = models.CharField(max_length=12, choices=TaskKind.choices, default=TaskKind.OWN)
    title = models.CharField(pgettext_lazy("thing", "title"), max_length=200)
    recommendation = models.ForeignKey(
        Recommendation, models.CASCADE, null=True, blank=True, related_name="tasks", verbose_name=_("recommendation")
    )
    question = models.ForeignKey(
        Question, models.CASCADE, null=True, blank=True, related_name="tasks", verbose_name=_("question")
    )
    assignment = models.ForeignKey(
        Assignment, models.CASCADE, null=True, blank=True, related_name="tasks", verbose_name=_("assignment")
    )
    barrier = models.ForeignKey(
        Feedback, models.CASCADE, null=True, blank=True, related_name="tasks", verbose_name=_("reported barrier")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="tasks", verbose_name=_("responsible")
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("to-do", "task")
        verbose_name_plural = pgettext_lazy("to-do", "tasks")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "recommendation", "owner"],
                condition=Q(done_at=None) & ~Q(kind="own"),
                name="task_once_while_open",
            ),
            models.CheckConstraint(
                condition=Q(kind="answer", question__isnull=False)
                | Q(kind="assignment", assignment__isnull=False)
                | ~Q(kind__in=("answer", "assignment")) & Q(question=None, assignment=None),
                name="task_names_its_question_or_assignment",
            ),
            models.UniqueConstraint(
                fields=["question"], condition=Q(done_at=None, question__isnull=False), name="task_once_per_question"
            ),
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(done_at=None, assignment__isnull=False),
                name="task_once_per_assignment",
            ),
            models.CheckConstraint(
                condition=Q(kind="barrier", barrier__isnull=False) | ~Q(kind="barrier") & Q(barrier=None),
                name="task_names_its_barrier",
            ),
        ]

    def __str__(self) -> str:
        return self.title
