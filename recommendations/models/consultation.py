# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Department
from actors.models import Actor
from core.sentences import sentence
from recommendations.models.recommendation import Recommendation
from recommendations.querysets import (
    StatementQuerySet,
)

if TYPE_CHECKING:
    from core.sentences import Text


class Workshop(models.Model):
    """Work on a recommendation together with actors: who, when, and what came of it.

    ``round`` is the number of submissions before it, so that it is known which decision it came before.
    """

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="workshops")
    held_on = models.DateField(_("held on"))
    actors = models.ManyToManyField(Actor, related_name="workshops", verbose_name=_("actors"))
    outcome = models.TextField(_("what came of it"))
    round = models.PositiveIntegerField(default=0, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("work with actors")
        verbose_name_plural = _("work with actors")
        ordering = ["held_on", "pk"]

    def __str__(self) -> str:
        return f"{self.recommendation}, {self.held_on:%d.%m.%Y}"


class Mediation(models.Model):
    """An attempt to settle an open dissent: the positions, the meeting, the outcome. The dissent stays on record."""

    statement = models.OneToOneField("Statement", models.CASCADE, related_name="mediation")
    held_on = models.DateField(_("held on"))
    positions = models.TextField(_("positions"))
    outcome = models.TextField(_("outcome"))
    settled = models.BooleanField(_("the dissent is settled"), default=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("mediation")
        verbose_name_plural = _("mediations")

    def __str__(self) -> str:
        return f"{self.statement}, {self.held_on:%d.%m.%Y}"


class Position(models.TextChoices):
    NONE = "", pgettext_lazy("statement", "no statement")
    AGREE = "agree", pgettext_lazy("statement", "co-signed")
    REMARKS = "remarks", pgettext_lazy("statement", "co-signed with remarks")
    DISAGREE = "disagree", pgettext_lazy("statement", "not co-signed")


class Unanswered(models.TextChoices):
    """What it means that a body has not answered."""

    SILENT = "", pgettext_lazy("statement", "no statement")
    WAITING = "waiting", pgettext_lazy("statement", "asked, may still answer")
    RECALLED = "recalled", pgettext_lazy("statement", "the text was taken back before the date")


class Statement(models.Model):
    """What an involved department says to a recommendation by a day. Silence is no statement, never consent.

    ``actor`` names a body outside the administration; its answer is recorded by the office. Departments are asked in
    numbered rounds; a statement belongs to the ``version`` that it saw, and stays when a later round begins.
    ``closed_at`` is when the round ended before this body had answered.
    """

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="statements")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, related_name="statements", verbose_name=_("department")
    )
    actor = models.ForeignKey(Actor, models.PROTECT, null=True, related_name="statements", verbose_name=_("actor"))
    round = models.PositiveIntegerField(_("round"), default=1, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    due_on = models.DateField(_("answer by"))
    position = models.CharField(
        _("statement"), max_length=8, choices=Position.choices, blank=True, default=Position.NONE
    )
    remarks = models.TextField(_("remarks or reason"), blank=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="statements")
    signature = models.CharField(max_length=300, blank=True)
    signed_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "round", "department"], name="statement_once_per_department"
            ),
            models.UniqueConstraint(fields=["recommendation", "round", "actor"], name="statement_once_per_actor"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(position=""), name="statement_closed_without_an_answer"
            ),
            models.CheckConstraint(
                condition=Q(department=None, actor__isnull=False) | Q(department__isnull=False, actor=None),
                name="statement_of_one_body",
            ),
            models.CheckConstraint(
                condition=Q(position="", signed_at=None) | ~Q(position="") & Q(signed_at__isnull=False),
                name="statement_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(position__in=["", Position.AGREE]) | ~Q(remarks=""), name="statement_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.outcome_label}"

    @property
    def outcome(self) -> str:
        """The position; where there is none, whether the body may still answer, was asked in vain, or is silent.

        Before the date nobody is silent.
        """
        if self.position:
            return self.position
        if self.closed_at and timezone.localdate(self.closed_at) <= self.due_on:
            return Unanswered.RECALLED
        return Unanswered.WAITING if self.due_on >= timezone.localdate() else Unanswered.SILENT

    @property
    def is_dissent(self) -> bool:
        return self.position == Position.DISAGREE

    @property
    def outcome_label(self) -> Text:
        return self.get_position_display() if self.position else Unanswered(self.outcome).label

    @property
    def body(self) -> Department | Actor | None:
        return self.department or self.actor

    @property
    def signed_as(self) -> Text:
        """The name under the answer; the one of a body outside is recorded by the office."""
        if not self.signature or self.department_id:
            return self.signature
        return sentence("recorded by %(name)s") % {"name": self.signature}
