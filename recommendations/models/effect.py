# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core import clock
from core.figures import figure
from core.series import Point
from indicators.models import KeyFigure
from recommendations.models.recommendation import Effect, Recommendation
from recommendations.querysets import EffectReviewQuerySet

if TYPE_CHECKING:
    from decimal import Decimal


class Direction(models.TextChoices):
    AT_LEAST = "at_least", pgettext_lazy("target", "at least")
    AT_MOST = "at_most", pgettext_lazy("target", "at most")


class EffectReview(models.Model):
    """By which figure, from which value, towards which target and on which day the effect is looked at.

    It is set when a measure starts and never moved quietly: a changed plan is a new review beside the replaced one.
    Where no figure can show the effect, ``no_figure_reason`` says why. The office may propose a state; only the lead
    department's paragraph answers the review, and the figure of that day is copied beside it.
    """

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="effect_reviews")
    key_figure = models.ForeignKey(
        KeyFigure, models.PROTECT, null=True, related_name="effect_reviews", verbose_name=_("key figure")
    )
    region_key = models.CharField(_("region key"), max_length=14, blank=True)
    region_name = models.CharField(_("region"), max_length=200, blank=True)
    comparison_key = models.CharField(max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=1)
    baseline_value = models.DecimalField(_("baseline"), max_digits=30, decimal_places=10, null=True)
    baseline_sign = models.CharField(max_length=3, blank=True)
    baseline_quality = models.CharField(max_length=4, blank=True)
    baseline_period = models.CharField(max_length=40, blank=True)
    direction = models.CharField(max_length=8, choices=Direction.choices, blank=True)
    target_value = models.DecimalField(_("target"), max_digits=30, decimal_places=10, null=True)
    no_figure_reason = models.TextField(_("why no figure can show it"), blank=True)
    review_on = models.DateField(_("review on"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    set_by_label = models.CharField(max_length=300, blank=True)
    set_at = models.DateTimeField(default=clock.now, editable=False)
    reminded_at = models.DateTimeField(null=True)
    proposed_effect = models.CharField(max_length=10, choices=Effect.choices, blank=True)
    proposed_note = models.TextField(blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    effect = models.CharField(max_length=10, choices=Effect.choices, blank=True)
    paragraph = models.TextField(_("the department's paragraph"), blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signature = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)
    now_value = models.DecimalField(max_digits=30, decimal_places=10, null=True)
    now_sign = models.CharField(max_length=3, blank=True)
    now_quality = models.CharField(max_length=4, blank=True)
    now_period = models.CharField(max_length=40, blank=True)
    replaced_at = models.DateTimeField(null=True)
    replaced_reason = models.TextField(blank=True)

    objects = EffectReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("effect review")
        verbose_name_plural = _("effect reviews")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation"],
                condition=Q(answered_at=None, replaced_at=None),
                name="effect_review_open_once",
            ),
            models.CheckConstraint(
                condition=Q(key_figure__isnull=False, no_figure_reason="")
                | Q(key_figure=None, target_value=None) & ~Q(no_figure_reason=""),
                name="effect_review_figure_or_reason",
            ),
            models.CheckConstraint(
                condition=Q(target_value=None, direction="") | Q(target_value__isnull=False) & ~Q(direction=""),
                name="effect_review_target_has_direction",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, effect="")
                | Q(answered_at__isnull=False) & ~Q(effect="") & ~Q(paragraph=""),
                name="effect_review_answer_complete",
            ),
            models.CheckConstraint(
                condition=Q(replaced_at=None, replaced_reason="")
                | Q(replaced_at__isnull=False, answered_at=None) & ~Q(replaced_reason=""),
                name="effect_review_replaced_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation}: {self.name or self.no_figure_reason}"

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.replaced_at is None

    @property
    def baseline(self) -> Point:
        return Point(self.baseline_period, self.baseline_value, self.baseline_sign, self.baseline_quality)


def target_line(direction: str, value: Decimal | None, decimals: int, unit: str) -> str:
    """“at most 27,0 %”, or nothing where there is no target."""
    if value is None:
        return ""
    named = {"direction": Direction(direction).label, "value": figure(value, "", "", decimals, unit)}
    return gettext("%(direction)s %(value)s") % named
