# SPDX-License-Identifier: EUPL-1.2
"""Statistical tables, what they count, and how they are protected."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from indicators.querysets import TableQuerySet


class PeriodKind(models.TextChoices):
    YEAR = "year", _("calendar year")
    SCHOOL_YEAR = "school_year", _("school year")
    SCHOOL_YEAR_END = "school_year_end", _("school year, named by the year it ends in")
    SCHOOL_YEAR_START = "school_year_start", _("school year, named by the year it starts in")
    REFERENCE_DATE = "reference_date", _("reference date")
    KINDERGARTEN_YEAR = "kindergarten_year", _("kindergarten year")
    SEMESTER = "semester", _("semester")


class Protection(models.TextChoices):
    """How the values of a table are protected before anybody outside education monitoring sees them."""

    OPEN = "open", _("published by its producer, shown as delivered")
    ROUND_5 = "round_5", _("round to multiples of 5")
    ROUND_3 = "round_3", _("round to multiples of 3")
    SUPPRESS_3 = "suppress_3", _("hide counts below 3")
    SUPPRESS_5 = "suppress_5", _("hide counts below 5")

    @property
    def base(self) -> int:
        """The rounding base, or 0."""
        return int(self[-1]) if self.startswith("round") else 0

    @property
    def threshold(self) -> int:
        """Counts from 1 to below this are protected. Rounding protects 1 and 2."""
        return 0 if self == Protection.OPEN else int(self[-1]) if self.startswith("suppress") else 3


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
    protection = models.CharField(
        _("protection"), max_length=12, choices=Protection.choices, default=Protection.ROUND_5
    )
    holder = models.CharField(_("data holder"), max_length=150, blank=True)
    next_delivery_on = models.DateField(_("next delivery"), null=True, blank=True)
    delivery_every = models.PositiveSmallIntegerField(_("months between deliveries"), null=True, blank=True)
    reminded_for = models.DateField(null=True, blank=True, editable=False)

    objects = TableQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("statistics", "table")
        verbose_name_plural = pgettext_lazy("statistics", "tables")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("indicators:table_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.protection == Protection.OPEN


class Item(models.Model):
    """One kind of number in a table: categories (``GES=GESW;NAT=INSGESAMT``), measure and unit."""

    table = models.ForeignKey(Table, models.PROTECT, related_name="items")
    dimensions = models.CharField(_("dimensions"), max_length=500, blank=True)
    measure = models.CharField(_("measure"), max_length=200)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    label = models.CharField(_("name"), max_length=700, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("statistics", "item")
        verbose_name_plural = pgettext_lazy("statistics", "items")
        constraints = [
            models.UniqueConstraint(fields=["table", "measure", "dimensions", "unit"], name="item_once"),
        ]

    def __str__(self) -> str:
        return self.label or self.measure

    @property
    def places(self) -> int:
        """Decimals to show: none for counts."""
        return 0 if self.unit in ("Anzahl", "Personen", "Fälle") else 1


class TableRegion(models.Model):
    """That a table has values for a region, so that no page has to look through all values for it."""

    table = models.ForeignKey(Table, models.CASCADE, related_name="covered")
    region_key = models.CharField(max_length=14)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table", "region_key"], name="table_region_once")]

    def __str__(self) -> str:
        return f"{self.table_id} {self.region_key}"
