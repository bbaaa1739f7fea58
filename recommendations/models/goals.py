# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from tree_queries.fields import TreeNodeForeignKey

from recommendations.models.recommendation import Recommendation
from recommendations.querysets import StrategicGoalQuerySet


class StrategicGoal(models.Model):
    """What the municipality wants to reach in education; goals form a tree, and recommendations hang on them."""

    number = models.CharField(pgettext_lazy("goal", "number"), max_length=12, blank=True, help_text=_("Such as 1.2"))
    name = models.CharField(pgettext_lazy("goal", "goal"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    parent = TreeNodeForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Smaller numbers stand first among goals of the same parent.")
    )
    adopted_by = models.CharField(
        _("adopted by"), max_length=160, blank=True, help_text=_("Body and day, such as: Stadtrat, 12. März 2025")
    )
    recommendations = models.ManyToManyField(
        Recommendation, blank=True, related_name="goals", verbose_name=_("recommendations")
    )

    objects = StrategicGoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("strategic goal")
        verbose_name_plural = _("strategic goals")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.name}".strip()

    def get_absolute_url(self) -> str:
        return reverse("recommendations:goal_detail", args=[self.pk])
