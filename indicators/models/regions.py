# SPDX-License-Identifier: EUPL-1.2
"""Territories and groups of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from indicators.querysets import RegionQuerySet


class RegionLevel(models.TextChoices):
    COUNTRY = "country", _("country")
    STATE = "state", pgettext_lazy("region", "state")
    REGION = "region", _("administrative region")
    DISTRICT = "district", pgettext_lazy("region", "district or independent city")
    MUNICIPALITY = "municipality", _("municipality")
    CITY_DISTRICT = "city_district", _("city district")
    PART = "part", _("part of a district")
    GROUP = "group", _("comparison group")


class Region(models.Model):
    """A territory, named by its official key. Keys are text: a leading zero is part of the key."""

    key = models.CharField(_("key"), max_length=14, primary_key=True)
    name = models.CharField(_("name"), max_length=200)
    level = models.CharField(_("level"), max_length=14, choices=RegionLevel.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    territory_on = models.DateField(_("territory as of"), null=True, blank=True)
    is_current = models.BooleanField(_("exists today"), default=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name


class ComparisonGroup(models.Model):
    """Municipalities that are compared with as one."""

    name = models.CharField(_("name"), max_length=150, unique=True)
    reason = models.TextField(_("why these"), blank=True)
    members = models.ManyToManyField(Region, related_name="groups", verbose_name=_("members"))

    class Meta:
        verbose_name = _("comparison group")
        verbose_name_plural = _("comparison groups")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
