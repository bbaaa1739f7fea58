# SPDX-License-Identifier: EUPL-1.2
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from core.series import compared
from indicators.models import Finding, KeyFigure
from recommendations.models.recommendation import Recommendation
from recommendations.querysets import (
    DoubtQuerySet,
    EvidenceQuerySet,
)


class Evidence(models.Model):
    """A figure that a recommendation stands on, copied as it was when it was pinned; later imports leave it alone.

    ``series`` keeps the points shown beside it: ``[{"name", "own", "points": [{"period", "value", "sign", "quality",
    "numerator", "denominator"}]}]`` with decimals as text.
    """

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="evidence")
    key_figure = models.ForeignKey(KeyFigure, models.PROTECT, related_name="evidence", verbose_name=_("key figure"))
    finding = models.ForeignKey(Finding, models.PROTECT, null=True, related_name="evidence", verbose_name=_("finding"))
    name = models.CharField(_("name"), max_length=200)
    value = models.DecimalField(_("value"), max_digits=30, decimal_places=10, null=True)
    sign = models.CharField(_("sign"), max_length=3, blank=True)
    quality = models.CharField(_("quality"), max_length=4, blank=True)
    unit = models.CharField(_("unit"), max_length=40)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=1)
    period = models.CharField(_("period"), max_length=40)
    region_key = models.CharField(_("region key"), max_length=14)
    region_name = models.CharField(_("region"), max_length=200)
    comparison = models.CharField(_("comparison"), max_length=300, blank=True)
    series = models.JSONField(default=list)
    table_code = models.CharField(_("table code"), max_length=40)
    source_label = models.CharField(_("source"), max_length=300)
    as_of = models.CharField(_("as of"), max_length=60, blank=True)
    reading_example = models.TextField(_("reading example"), blank=True)
    pinned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    pinned_at = models.DateTimeField(default=clock.now, editable=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value=None) & ~Q(sign="") | Q(value__isnull=False, sign=""), name="evidence_value_or_sign"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.region_name}, {self.period}"

    @property
    def compared(self) -> str:
        """The comparison as the reader writes numbers; ``comparison`` is what the decision froze."""
        return compared(self.series, self.decimals, self.unit)


class DoubtAnswer(models.TextChoices):
    OPEN = "", pgettext_lazy("evidence", "to be checked")
    STILL_VALID = "valid", pgettext_lazy("evidence", "still valid")
    REOPENED = "reopened", pgettext_lazy("evidence", "reopened")
    RESTORED = "restored", pgettext_lazy("evidence", "as pinned again")


class Doubt(models.Model):
    """A pinned figure is no longer what its source says (stale evidence), and what was answered to that.

    ``value`` and ``sign`` are what stands in its place; both are empty where it is no longer published. An answer holds
    for exactly that: a further change raises a new doubt.
    """

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="doubts", verbose_name=_("evidence"))
    value = models.DecimalField(_("value"), max_digits=30, decimal_places=10, null=True)
    sign = models.CharField(_("sign"), max_length=3, blank=True)
    noticed_at = models.DateTimeField(default=clock.now, editable=False)
    answer = models.CharField(max_length=8, choices=DoubtAnswer.choices, blank=True, default=DoubtAnswer.OPEN)
    reason = models.TextField(_("reason"), blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signature = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)

    objects = DoubtQuerySet.as_manager()

    class Meta:
        verbose_name = _("changed evidence")
        verbose_name_plural = _("changed evidence")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["evidence"], condition=Q(answer=""), name="doubt_open_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="doubt_answer_has_date",
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["", DoubtAnswer.RESTORED]) | ~Q(reason=""), name="doubt_answer_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evidence}: {self.get_answer_display()}"
