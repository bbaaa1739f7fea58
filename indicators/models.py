# SPDX-License-Identifier: EUPL-1.2
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Department
from indicators.querysets import ImportQuerySet, KeyFigureQuerySet


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

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["key"]

    def __str__(self):
        return self.name


class PeriodKind(models.TextChoices):
    YEAR = "year", _("calendar year")
    SCHOOL_YEAR = "school_year", _("school year")
    SCHOOL_YEAR_END = "school_year_end", _("school year, named by the year it ends in")
    SCHOOL_YEAR_START = "school_year_start", _("school year, named by the year it starts in")
    REFERENCE_DATE = "reference_date", _("reference date")
    SEMESTER = "semester", _("semester")


class Table(models.Model):
    """A statistical table as its producer publishes it."""

    code = models.CharField(_("table code"), max_length=40, unique=True)
    title = models.CharField(pgettext_lazy("thing", "title"), max_length=500)
    statistic = models.CharField(_("statistic"), max_length=300, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=300, blank=True)
    period_kind = models.CharField(
        _("what the time means"), max_length=20, choices=PeriodKind.choices, default=PeriodKind.YEAR
    )

    class Meta:
        verbose_name = pgettext_lazy("statistics", "table")
        verbose_name_plural = pgettext_lazy("statistics", "tables")
        ordering = ["code"]

    def __str__(self):
        return self.code


class ImportState(models.TextChoices):
    PREVIEW = "preview", pgettext_lazy("import", "waiting for confirmation")
    STORED = "stored", pgettext_lazy("import", "taken over")
    DISCARDED = "discarded", pgettext_lazy("import", "discarded")


class Import(models.Model):
    """One delivery: a file that was read, and what taking it over changed."""

    file_name = models.CharField(_("file name"), max_length=200)
    sha256 = models.CharField(_("checksum"), max_length=64)
    file = models.FileField(upload_to="imports/", blank=True)
    layout = models.CharField(_("layout"), max_length=40)
    table_code = models.CharField(_("table code"), max_length=40)
    title = models.CharField(pgettext_lazy("thing", "title"), max_length=500, blank=True)
    as_of = models.CharField(_("as of"), max_length=60, blank=True)
    footnotes = models.TextField(_("footnotes"), blank=True)
    summary = models.JSONField(_("summary"), default=dict)
    state = models.CharField(_("state"), max_length=10, choices=ImportState.choices, default=ImportState.PREVIEW)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="imports")
    created_at = models.DateTimeField(auto_now_add=True)
    stored_at = models.DateTimeField(null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at"]

    def __str__(self):
        return f"{self.table_code}, {self.file_name}"

    def get_absolute_url(self):
        return reverse("indicators:import_preview", args=[self.pk])


class Sign(models.TextChoices):
    """Official signs in place of a number; the value is the sign as printed."""

    NOTHING = "-", _("nothing there")
    SECRET = ".", _("unknown or to be kept secret")
    PENDING = "...", _("available later")
    UNRELIABLE = "/", _("not reliable enough")
    NOT_APPLICABLE = "x", _("statement makes no sense")


class Observation(models.Model):
    """One value of a table, or the sign that stands in its place; never both, never a zero for a sign."""

    table = models.ForeignKey(Table, models.PROTECT, related_name="observations")
    period = models.CharField(_("period"), max_length=20)
    region_key = models.CharField(_("region key"), max_length=14, db_index=True)
    region_name = models.CharField(_("region"), max_length=200)
    dimensions = models.CharField(_("dimensions"), max_length=500, blank=True)
    measure = models.CharField(_("measure"), max_length=200)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    value = models.DecimalField(_("value"), max_digits=30, decimal_places=10, null=True, blank=True)
    sign = models.CharField(_("sign"), max_length=3, choices=Sign.choices, blank=True)
    quality = models.CharField(_("quality"), max_length=4, blank=True)
    source = models.ForeignKey(Import, models.PROTECT, related_name="observations")

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        constraints = [
            models.UniqueConstraint(
                fields=["table", "region_key", "period", "dimensions", "measure", "unit"], name="observation_once"
            ),
            models.CheckConstraint(
                condition=Q(value=None) & ~Q(sign="") | Q(value__isnull=False, sign=""),
                name="observation_value_or_sign",
            ),
        ]

    def __str__(self):
        return f"{self.table_id} {self.period} {self.region_key} {self.measure}"


class Indicator(models.Model):
    """One aspect of education, described by one or more key figures."""

    name = models.CharField(_("name"), max_length=150, unique=True)
    topic = models.CharField(_("topic"), max_length=100)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["topic", "name"]

    def __str__(self):
        return self.name


class KeyFigure(models.Model):
    """A figure with an exact definition: what is divided by what, for whom, when, and what it does not say.

    Numerator and denominator name observations: table code, measure and, where needed, unit and dimensions.
    The value is numerator / denominator × factor, or the numerator alone where there is no denominator.
    """

    code = models.CharField(_("code"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=200)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="key_figures", verbose_name=_("indicator"))
    definition = models.TextField(_("definition"))
    numerator_label = models.CharField(_("numerator"), max_length=200, blank=True)
    denominator_label = models.CharField(_("denominator"), max_length=200, blank=True)
    table = models.ForeignKey(Table, models.PROTECT, related_name="key_figures", verbose_name=_("table"))
    numerator = models.JSONField(default=dict)
    denominator = models.JSONField(default=dict, blank=True)
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

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("indicators:detail", args=[self.pk])
