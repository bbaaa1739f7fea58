# SPDX-License-Identifier: EUPL-1.2
"""Deliveries, the exact values they brought, and orders to fetch more."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.work import Work
from indicators.lifecycle import DELIVERY, RETRIEVAL, ImportState, RetrievalState
from indicators.models.tables import Item
from indicators.querysets import ImportQuerySet, RetrievalQuerySet


class Mapping(models.Model):
    """What the columns of an own table mean, kept per source so that the next delivery needs no asking."""

    name = models.CharField(_("source"), max_length=150, unique=True)
    columns = models.JSONField(default=list)
    definition = models.JSONField(default=dict)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("column mapping")
        verbose_name_plural = _("column mappings")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


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
    options = models.JSONField(default=dict)
    mapping = models.ForeignKey(Mapping, models.SET_NULL, null=True, blank=True, related_name="imports")
    state = models.CharField(_("state"), max_length=10, choices=ImportState.choices, default=ImportState.PREVIEW)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="imports")
    created_at = models.DateTimeField(auto_now_add=True)
    stored_at = models.DateTimeField(null=True, blank=True)

    life = DELIVERY.of_model
    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.table_code}, {self.file_name}"

    def get_absolute_url(self) -> str:
        return reverse("indicators:import_preview", args=[self.pk])


class Sign(models.TextChoices):
    """Official signs in place of a number; the value is the sign as printed."""

    NOTHING = "-", _("nothing there")
    SECRET = ".", _("unknown or to be kept secret")
    PENDING = "...", _("available later")
    UNRELIABLE = "/", _("not reliable enough")
    NOT_APPLICABLE = "x", _("statement makes no sense")


class Observation(models.Model):
    """One value of a table, or the sign that stands in its place; never both, never a zero for a sign.

    Exact values: only education monitoring sees them, everybody else sees what ``publishable`` gives out.
    Item and import carry no database constraint: rows are written by set statements in ``staging`` alone, where
    both are made in the same transaction, and a check per row would double the time of an import.
    """

    pk = models.CompositePrimaryKey("item_id", "region_key", "period")
    item = models.ForeignKey(Item, models.PROTECT, related_name="observations", db_constraint=False, db_index=False)
    region_key = models.CharField(_("region key"), max_length=14)
    period = models.CharField(_("period"), max_length=20)
    value = models.DecimalField(_("value"), max_digits=30, decimal_places=10, null=True, blank=True)
    sign = models.CharField(_("sign"), max_length=3, choices=Sign.choices, blank=True)
    quality = models.CharField(_("quality"), max_length=4, blank=True)
    source = models.ForeignKey(Import, models.PROTECT, related_name="observations", db_constraint=False, db_index=False)

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        constraints = [
            models.CheckConstraint(
                condition=Q(value=None) & ~Q(sign="") | Q(value__isnull=False, sign=""),
                name="observation_value_or_sign",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.region_key} {self.period}"


class Revision(models.Model):
    """What a value was before a later delivery changed it."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="revisions")
    region_key = models.CharField(max_length=14)
    period = models.CharField(max_length=20)
    value = models.DecimalField(max_digits=30, decimal_places=10, null=True)
    sign = models.CharField(max_length=3, blank=True)
    quality = models.CharField(max_length=4, blank=True)
    source = models.ForeignKey(Import, models.PROTECT, related_name="superseded")
    replaced_by = models.ForeignKey(Import, models.PROTECT, related_name="revisions")

    class Meta:
        verbose_name = _("earlier value")
        verbose_name_plural = _("earlier values")
        constraints = [
            models.UniqueConstraint(fields=["item", "region_key", "period", "replaced_by"], name="revision_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.region_key} {self.period}"


class Retrieval(Work):
    """An order to fetch a table from a GENESIS web service, step by step; between two steps the service has time."""

    TAKES = RETRIEVAL.moves("claim")  # type: ignore[assignment]
    LEASE = timedelta(minutes=5)

    instance = models.CharField(_("source"), max_length=20)
    table_code = models.CharField(_("table code"), max_length=40)
    start_year = models.PositiveSmallIntegerField(_("from year"), null=True, blank=True)
    region_keys = models.CharField(_("region keys"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=RetrievalState.choices, default=RetrievalState.QUEUED)
    job_name = models.CharField(max_length=100, blank=True)
    polls = models.PositiveSmallIntegerField(default=0)
    delivery = models.ForeignKey(Import, models.SET_NULL, null=True, blank=True, related_name="retrievals")
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="retrievals")
    ordered_at = models.DateTimeField(auto_now_add=True)

    life = RETRIEVAL.of_model
    objects = RetrievalQuerySet.as_manager()

    class Meta:
        verbose_name = _("retrieval")
        verbose_name_plural = _("retrievals")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.table_code

    def get_absolute_url(self) -> str:
        return reverse("indicators:retrieval_detail", args=[self.pk])
