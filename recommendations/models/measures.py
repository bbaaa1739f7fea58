# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Department
from core import clock
from core.due import Fact
from recommendations.lifecycle import MEASURE, MeasureStatus
from recommendations.models.recommendation import Recommendation
from recommendations.querysets import MeasureQuerySet

if TYPE_CHECKING:
    from datetime import date

    from core.sentences import Text


class Light(models.TextChoices):
    """The traffic light of a measure, always with its word."""

    GREEN = "green", _("Green: on schedule")
    YELLOW = "yellow", _("Yellow: delayed")
    RED = "red", _("Red: at risk")


class Measure(models.Model):
    """A step that puts a recommendation into practice, with somebody responsible and a day.

    ``starts_on`` and ``due_on`` are the plan, ``started_on`` and ``done_on`` what really happened. ``version`` counts
    the reports and changes of plan; whoever saves states the version seen.
    """

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="measures")
    title = models.CharField(pgettext_lazy("thing", "title"), max_length=160)
    department = models.ForeignKey(Department, models.PROTECT, related_name="measures", verbose_name=_("responsible"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="measures",
        verbose_name=pgettext_lazy("measure", "contact person"),
    )
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    due_on = models.DateField(_("due on"))
    budget = models.DecimalField(_("budget in euros"), max_digits=12, decimal_places=2, null=True, blank=True)
    status = models.CharField(_("state"), max_length=8, choices=MeasureStatus.choices, default=MeasureStatus.PLANNED)
    light = models.CharField(_("traffic light"), max_length=6, choices=Light.choices, default=Light.GREEN)
    delay_reason = models.TextField(_("reason for the delay"), blank=True)
    stop_reason = models.TextField(_("reason for stopping"), blank=True)
    completion_note = models.TextField(_("completion note"), blank=True)
    started_on = models.DateField(_("started on"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    reminded_for = models.DateField(null=True, editable=False)
    reported_done_on = models.DateField(_("reported to the committee as done on"), null=True, editable=False)

    life = MEASURE.of_model
    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(starts_on__lte=models.F("due_on")), name="measure_starts_before_due"
            ),
            models.CheckConstraint(condition=Q(budget=None) | Q(budget__gte=0), name="measure_budget_not_negative"),
            models.CheckConstraint(
                condition=Q(light=Light.GREEN) | ~Q(delay_reason=""), name="measure_delay_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(status=MeasureStatus.DONE, done_on__isnull=False)
                | ~Q(status=MeasureStatus.DONE) & Q(done_on=None),
                name="measure_done_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(status=MeasureStatus.STOPPED) | ~Q(stop_reason=""), name="measure_stopped_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(started_on=None) | Q(done_on=None) | Q(started_on__lte=models.F("done_on")),
                name="measure_started_before_done",
            ),
            models.CheckConstraint(
                condition=Q(reported_done_on=None) | Q(status=MeasureStatus.DONE), name="measure_reported_is_done"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("recommendations:measure_detail", args=[self.pk])

    @property
    def promised_on(self) -> date:
        """The day that was promised first; a plan that is changed later does not take it back."""
        first = next(iter(self.former_plans.all()), None)
        return first.due_on if first else self.due_on

    @property
    def fact(self) -> Fact:
        """What came of it, as the function of deadlines asks; what was stopped is owed no more."""
        return Fact(is_done=self.life.is_done, done_on=self.done_on, is_needed=not self.life.is_finished)

    @property
    def word(self) -> str:
        """The one reason or note that belongs to the present state."""
        if self.life.is_stopped:
            return self.stop_reason
        return self.completion_note if self.life.is_done else self.delay_reason

    @property
    def word_label(self) -> Text:
        if self.life.is_stopped:
            return _("Reason for stopping")
        return _("Completion note") if self.life.is_done else _("Reason for the delay")


class ChecklistItem(models.Model):
    """One small step of a measure, ticked off by the responsible department."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="checklist")
    text = models.CharField(_("step"), max_length=200)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("step of a measure")
        verbose_name_plural = _("steps of a measure")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_by=None, done_at=None) | Q(done_by__isnull=False, done_at__isnull=False),
                name="checklist_item_done_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class FormerPlan(models.Model):
    """What was planned for a measure before the lead department changed the plan, and why it did. Never changed."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="former_plans")
    title = models.CharField(pgettext_lazy("thing", "title"), max_length=160)
    owner_label = models.CharField(pgettext_lazy("measure", "contact person"), max_length=200, blank=True)
    starts_on = models.DateField(_("starts on"), null=True)
    due_on = models.DateField(_("due on"))
    budget = models.DecimalField(_("budget in euros"), max_digits=12, decimal_places=2, null=True)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=300)
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("former plan")
        verbose_name_plural = _("former plans")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="former_plan_has_reason")]

    def __str__(self) -> str:
        return f"{self.title}, {self.due_on:%d.%m.%Y}"
