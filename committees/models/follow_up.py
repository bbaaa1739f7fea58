# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from committees.models.bodies import Membership
from committees.models.meetings import AgendaItem
from committees.querysets import FollowUpQuerySet, QuestionQuerySet
from core.sentences import sentence

if TYPE_CHECKING:
    from core.sentences import Sentence


class Question(models.Model):
    """A member asked something that could not be answered in the meeting; the answer is due by the next one.

    It is public or not as its agenda item is. Its label names no text: events travel further than agendas.
    """

    agenda_item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="questions", verbose_name=_("agenda item"))
    asked_by = models.ForeignKey(Membership, models.PROTECT, related_name="questions", verbose_name=_("asked by"))
    text = models.TextField(_("question"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="questions", verbose_name=_("answers")
    )
    due_on = models.DateField(_("answer due on"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="questions_answered"
    )
    answered_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["agenda_item__meeting__start", "agenda_item__position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None, answered_at=None)
                | ~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False),
                name="question_answer_complete",
            ),
        ]

    def __str__(self) -> str:
        return str(self.called)

    @property
    def called(self) -> Sentence:
        named = {"number": self.agenda_item.number, "meeting": self.agenda_item.meeting}
        return sentence("Question on item %(number)s, %(meeting)s") % named

    def get_absolute_url(self) -> str:
        return reverse("committees:question_answer", args=[self.pk])


class Assignment(models.Model):
    """What a committee asked somebody to do (Auftrag). Done is what its owner reports; accepted it is by the body."""

    agenda_item = models.ForeignKey(
        AgendaItem, models.PROTECT, related_name="assignments", verbose_name=_("agenda item")
    )
    text = models.TextField(_("assignment"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments", verbose_name=_("responsible")
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["agenda_item__meeting__start", "agenda_item__position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(done_at__isnull=False), name="assignment_done_before_accepted"
            ),
        ]

    def __str__(self) -> str:
        return str(self.called)

    @property
    def called(self) -> Sentence:
        item = self.agenda_item
        return sentence("Assignment from item %(number)s, %(meeting)s") % {
            "number": item.number,
            "meeting": item.meeting,
        }

    def get_absolute_url(self) -> str:
        return self.agenda_item.meeting.get_absolute_url()
