# SPDX-License-Identifier: EUPL-1.2
"""What was made visible of protected tables."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from indicators.lifecycle import ReleaseState
from indicators.models.tables import Item, Table
from indicators.querysets import ReleaseQuerySet


class Release(models.Model):
    """The act by which values of protected tables become visible, with the report of the check against attack."""

    tables = models.ManyToManyField(Table, related_name="releases", verbose_name=pgettext_lazy("statistics", "tables"))
    state = models.CharField(_("state"), max_length=10, choices=ReleaseState.choices)
    report = models.JSONField(_("report"), default=dict)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="releases")
    released_at = models.DateTimeField(auto_now_add=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("indicators:release_detail", args=[self.pk])


class Hiding(models.TextChoices):
    PRIMARY = "primary", _("too small itself")
    SECONDARY = "secondary", _("would give another one away")
    UNFIT = "unfit", _("no count, so it cannot be protected")


class ReleasedValue(models.Model):
    """A value as it was released, the same in every channel; ``exact`` is kept for the check of later releases."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="values")
    item = models.ForeignKey(Item, models.PROTECT, related_name="released")
    region_key = models.CharField(max_length=14)
    period = models.CharField(max_length=20)
    value = models.DecimalField(max_digits=30, decimal_places=10, null=True)
    sign = models.CharField(max_length=3, blank=True)
    quality = models.CharField(max_length=4, blank=True)
    base = models.PositiveSmallIntegerField(default=0)
    hidden = models.CharField(max_length=10, choices=Hiding.choices, blank=True)
    exact = models.DecimalField(max_digits=30, decimal_places=10, null=True)
    is_current = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("released value")
        verbose_name_plural = _("released values")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "region_key", "period"], condition=Q(is_current=True), name="released_value_once"
            ),
            models.CheckConstraint(
                condition=Q(value=None) & ~Q(sign="") | Q(value__isnull=False, sign=""), name="released_value_or_sign"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.region_key} {self.period}"
