# SPDX-License-Identifier: EUPL-1.2
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Department
from indicators.querysets import (
    FindingQuerySet,
    ImportQuerySet,
    KeyFigureQuerySet,
    RegionQuerySet,
    ReleaseQuerySet,
    RetrievalQuerySet,
    TableQuerySet,
)


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

    def __str__(self):
        return self.name


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
    def base(self):
        """The rounding base, or 0."""
        return int(self[-1]) if self.startswith("round") else 0

    @property
    def threshold(self):
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

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("indicators:table_detail", args=[self.pk])

    @property
    def is_open(self):
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

    def __str__(self):
        return self.label or self.measure

    @property
    def places(self):
        """Decimals to show: none for counts."""
        return 0 if self.unit in ("Anzahl", "Personen", "Fälle") else 1


class TableRegion(models.Model):
    """That a table has values for a region, so that no page has to look through all values for it."""

    table = models.ForeignKey(Table, models.CASCADE, related_name="covered")
    region_key = models.CharField(max_length=14)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table", "region_key"], name="table_region_once")]

    def __str__(self):
        return f"{self.table_id} {self.region_key}"


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

    def __str__(self):
        return self.name


class ImportState(models.TextChoices):
    MAPPING = "mapping", pgettext_lazy("import", "waiting for its columns to be explained")
    PREVIEW = "preview", pgettext_lazy("import", "waiting for confirmation")
    STORED = "stored", pgettext_lazy("import", "taken over")
    DISCARDED = "discarded", pgettext_lazy("import", "discarded")
    UNDONE = "undone", pgettext_lazy("import", "undone")


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

    def __str__(self):
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

    def __str__(self):
        return f"{self.item_id} {self.region_key} {self.period}"


class ReleaseState(models.TextChoices):
    RELEASED = "released", pgettext_lazy("release", "released")
    REFUSED = "refused", pgettext_lazy("release", "refused")


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

    def __str__(self):
        return f"{self.pk}"

    def get_absolute_url(self):
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

    def __str__(self):
        return f"{self.item_id} {self.region_key} {self.period}"


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

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("indicators:detail", args=[self.pk])


class ComparisonGroup(models.Model):
    """Municipalities that are compared with as one."""

    name = models.CharField(_("name"), max_length=150, unique=True)
    reason = models.TextField(_("why these"), blank=True)
    members = models.ManyToManyField(Region, related_name="groups", verbose_name=_("members"))

    class Meta:
        verbose_name = _("comparison group")
        verbose_name_plural = _("comparison groups")
        ordering = ["name"]

    def __str__(self):
        return self.name


class Finding(models.Model):
    """A sentence about values, with the values as they were released when it was written.

    ``series`` keeps them in the form of ``core.series.to_json``; ``imports`` are the deliveries it stands on, which
    cannot be undone any more.
    """

    key_figure = models.ForeignKey(KeyFigure, models.PROTECT, related_name="findings", verbose_name=_("key figure"))
    region_key = models.CharField(_("region key"), max_length=14)
    region_name = models.CharField(_("region"), max_length=200)
    text = models.TextField(_("finding"))
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

    def __str__(self):
        return self.text

    def get_absolute_url(self):
        return f"{self.key_figure.get_absolute_url()}#finding-{self.pk}"


class RetrievalState(models.TextChoices):
    QUEUED = "queued", pgettext_lazy("retrieval", "waiting to start")
    RUNNING = "running", pgettext_lazy("retrieval", "asking the web service")
    WAITING = "waiting", pgettext_lazy("retrieval", "being prepared by the web service")
    READY = "ready", pgettext_lazy("retrieval", "fetched")
    FAILED = "failed", pgettext_lazy("retrieval", "failed")


class Retrieval(models.Model):
    """An order to fetch a table from a GENESIS web service; the row is the truth, a job only works on it."""

    instance = models.CharField(_("source"), max_length=20)
    table_code = models.CharField(_("table code"), max_length=40)
    start_year = models.PositiveSmallIntegerField(_("from year"), null=True, blank=True)
    region_keys = models.CharField(_("region keys"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=RetrievalState.choices, default=RetrievalState.QUEUED)
    job_name = models.CharField(max_length=100, blank=True)
    polls = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(_("error"), blank=True)
    delivery = models.ForeignKey(Import, models.SET_NULL, null=True, blank=True, related_name="retrievals")
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="retrievals")
    ordered_at = models.DateTimeField(auto_now_add=True)

    objects = RetrievalQuerySet.as_manager()

    class Meta:
        verbose_name = _("retrieval")
        verbose_name_plural = _("retrievals")
        ordering = ["-pk"]

    def __str__(self):
        return self.table_code

    def get_absolute_url(self):
        return reverse("indicators:retrieval_detail", args=[self.pk])
