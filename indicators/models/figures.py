# SPDX-License-Identifier: EUPL-1.2
"""Indicators, key figures, and findings about them."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from core.series import told
from indicators.models.deliveries import Import
from indicators.models.tables import Table
from indicators.querysets import FindingQuerySet, KeyFigureQuerySet


class Indicator(models.Model):
    """One aspect of education, described by one or more key figures."""

    name = models.CharField(_("name"), max_length=150, unique=True)
    topic = models.CharField(_("topic"), max_length=100)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["topic", "name"]

    def __str__(self) -> str:
        return self.name


class KeyFigure(models.Model):
    """A figure with an exact definition: what is divided by what, for whom, when, and what it does not say.

    Numerator and denominator are expressions over observations: a list of terms, each
    ``{"times": "1", "shift": 0, "any": [names]}``, where a name gives measure and, where needed, table code, unit and
    dimensions. The names of one term stand for the same thing under the labels of different years and layouts; the
    first that has a value counts. ``shift`` is the distance in years to the period the value stands under.
    The value is numerator / denominator × factor, or the numerator alone where there is no denominator.
    """

    code = models.CharField(_("code"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=200)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="key_figures", verbose_name=_("indicator"))
    definition = models.TextField(_("definition"))
    numerator_label = models.CharField(_("numerator"), max_length=200, blank=True)
    denominator_label = models.CharField(_("denominator"), max_length=200, blank=True)
    table = models.ForeignKey(Table, models.PROTECT, related_name="key_figures", verbose_name=_("table"))
    numerator = models.JSONField(default=list)
    denominator = models.JSONField(default=list, blank=True)
    is_share = models.BooleanField(_("the numerator is part of the denominator"), default=True)
    factor = models.PositiveIntegerField(_("factor"), default=100)
    unit = models.CharField(_("unit"), max_length=40)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=1)
    population = models.CharField(_("population"), max_length=200, blank=True)
    period_label = models.CharField(_("kind of period"), max_length=60)
    caveats = models.TextField(_("limits"), blank=True)
    reading_example = models.TextField(_("reading example"), blank=True)
    source_label = models.CharField(_("source"), max_length=200)
    data_holder = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="key_figures", verbose_name=_("data holder")
    )

    objects = KeyFigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("key figure")
        verbose_name_plural = _("key figures")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("indicators:detail", args=[self.pk])


class Finding(models.Model):
    """A sentence about values, with the values as they were released when it was written.

    ``series`` keeps them in the form of ``core.series.to_json``; ``imports`` are the deliveries it stands on, which
    cannot be undone any more.
    """

    key_figure = models.ForeignKey(KeyFigure, models.PROTECT, related_name="findings", verbose_name=_("key figure"))
    region_key = models.CharField(_("region key"), max_length=14)
    region_name = models.CharField(_("region"), max_length=200)
    text = models.TextField(_("finding"), blank=True)
    value = models.DecimalField(_("value"), max_digits=30, decimal_places=10, null=True)
    sign = models.CharField(_("sign"), max_length=3, blank=True)
    quality = models.CharField(max_length=4, blank=True)
    period = models.CharField(_("period"), max_length=40)
    comparison_key = models.CharField(max_length=14, blank=True)
    series = models.JSONField(default=list)
    imports = models.ManyToManyField(Import, related_name="findings")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="findings")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.said

    @property
    def said(self) -> str:
        """What its author wrote, otherwise what the figure says by itself."""
        return self.text or told(self, self.key_figure.name, self.key_figure.decimals, self.key_figure.unit)

    def get_absolute_url(self) -> str:
        return f"{self.key_figure.get_absolute_url()}#finding-{self.pk}"
