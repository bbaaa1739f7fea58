# SPDX-License-Identifier: EUPL-1.2
"""Who decides for a department: grants to its heads, deputyships that rest on them, and who may be made deputy."""

from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.departments import Department
from accounts.querysets import DelegationQuerySet, DeputyCandidateQuerySet, GrantQuerySet
from core import clock
from core.canonical import CanonicalJSONField

PERSON = settings.AUTH_USER_MODEL


class Cause(models.TextChoices):
    APPOINTED = "appointed", pgettext_lazy("cause of a grant", "appointment")
    ACTING = "acting", pgettext_lazy("cause of a grant", "acting head")
    SHARED = "shared", pgettext_lazy("cause of a grant", "shared office")
    EXISTING = "existing", pgettext_lazy("cause of a grant", "in office before grants were recorded")


class Confirmer(models.TextChoices):
    HEAD = "head", pgettext_lazy("confirmed as", "present head")
    SUPERIOR = "superior", pgettext_lazy("confirmed as", "superior")
    DATA_PROTECTION = (
        "data-protection",
        pgettext_lazy("confirmed as", "data protection, for a department without a head"),
    )


class Grant(models.Model):
    """Somebody heads a department and therefore decides for it: why, from when, proposed and confirmed by whom.

    Proposed by the administration it lets nobody decide; it takes effect when it is confirmed. What was written down
    of it is never changed or removed: it can only end.
    """

    department = models.ForeignKey(
        Department, models.PROTECT, related_name="grants", verbose_name=pgettext_lazy("office", "department")
    )
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="grants", verbose_name=_("person"))
    cause = models.CharField(_("cause"), max_length=9, choices=Cause.choices)
    reference = models.CharField(
        _("reference"), max_length=200, blank=True, help_text=_("For example “order of 1 March, file 11.3”.")
    )
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True, blank=True)
    proposed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+", verbose_name=_("proposed by"))
    proposed_at = models.DateTimeField(default=clock.now, editable=False)
    confirmed_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, related_name="+", verbose_name=_("confirmed by")
    )
    confirmed_as = models.CharField(_("confirmed as"), max_length=15, choices=Confirmer.choices, blank=True)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+", verbose_name=_("ended by"))
    ended_at = models.DateTimeField(null=True, editable=False)
    end_reason = models.CharField(_("why it ended"), max_length=300, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("right to decide", "grant")
        verbose_name_plural = pgettext_lazy("right to decide", "grants")
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="grant_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(person=F("proposed_by")), name="grant_not_proposed_for_oneself"),
            models.CheckConstraint(condition=~Q(person=F("confirmed_by")), name="grant_not_confirmed_for_oneself"),
            models.CheckConstraint(condition=~Q(proposed_by=F("confirmed_by")), name="grant_by_two_people"),
            models.CheckConstraint(
                condition=Q(cause=Cause.EXISTING, proposed_by=None, confirmed_by=None, confirmed_at__isnull=False)
                | ~Q(cause=Cause.EXISTING)
                & Q(proposed_by__isnull=False)
                & (
                    Q(confirmed_by=None, confirmed_at=None, confirmed_as="")
                    | Q(confirmed_by__isnull=False, confirmed_at__isnull=False) & ~Q(confirmed_as="")
                ),
                name="grant_proposed_and_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, end_reason="") | Q(ended_at__isnull=False) & ~Q(end_reason=""),
                name="grant_ends_with_reason",
            ),
            models.UniqueConstraint(
                fields=["department", "person"],
                condition=Q(confirmed_at=None, ended_at=None),
                name="grant_proposed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.department}"

    def get_absolute_url(self) -> str:
        return self.department.get_absolute_url()

    @property
    def has_not_begun(self) -> bool:
        return self.valid_from > timezone.localdate(clock.now())

    @property
    def is_open(self) -> bool:
        """Proposed, and nobody has confirmed or turned it down yet."""
        return self.confirmed_at is None and self.ended_at is None


class DecisionSheet(models.Model):
    """“Who decides what” in a department, as its head confirmed it for a year. Never changed, never removed."""

    department = models.ForeignKey(
        Department, models.PROTECT, related_name="sheets", verbose_name=pgettext_lazy("office", "department")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    content = CanonicalJSONField()
    content_sha256 = models.CharField(_("checksum"), max_length=64)
    confirmed_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("confirmed by"))
    confirmed_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("sheet “Who decides what”")
        verbose_name_plural = _("sheets “Who decides what”")
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["department", "year"], name="sheet_once_a_year")]

    def __str__(self) -> str:
        return f"{self.department}, {self.year}"

    def get_absolute_url(self) -> str:
        return self.department.get_absolute_url()


class DeputyCandidate(models.Model):
    """Somebody from another place whom the head may make a deputy: one line of the list that the head keeps."""

    department = models.ForeignKey(
        Department, models.CASCADE, related_name="candidates", verbose_name=pgettext_lazy("office", "department")
    )
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+", verbose_name=_("person"))
    added_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now, editable=False)

    objects = DeputyCandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("possible deputy")
        verbose_name_plural = _("possible deputies")
        ordering = ["person__name"]
        constraints = [models.UniqueConstraint(fields=["department", "person"], name="candidate_once")]

    def __str__(self) -> str:
        return f"{self.person}, {self.department}"


class Delegation(models.Model):
    """A head lets somebody decide in their place, from a day and hour to a day and hour. It cannot be passed on.

    It rests on the head's own grant and ends with it. Several deputies of one department stand in an order, which
    says who is asked first; each of them may decide within the own days and times.
    """

    department = models.ForeignKey(
        Department, models.PROTECT, related_name="delegations", verbose_name=pgettext_lazy("office", "department")
    )
    deputy = models.ForeignKey(PERSON, models.PROTECT, related_name="delegations", verbose_name=_("deputy"))
    set_by = models.ForeignKey(PERSON, models.PROTECT, related_name="delegations_set", verbose_name=_("set by"))
    position = models.PositiveSmallIntegerField(
        pgettext_lazy("deputy", "order"), default=1, help_text=_("1 is asked first, 2 where the first is absent too.")
    )
    valid_from = models.DateField(_("from"))
    from_time = models.TimeField(_("from this time"), null=True, blank=True)
    valid_until = models.DateField(_("until"))
    until_time = models.TimeField(_("until this time"), null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["-valid_from", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="delegation_ends_after_start"),
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("valid_from"))
                | Q(from_time=None)
                | Q(until_time=None)
                | Q(until_time__gt=F("from_time")),
                name="delegation_ends_after_its_hour",
            ),
            models.CheckConstraint(condition=~Q(deputy=F("set_by")), name="delegation_to_somebody_else"),
            models.CheckConstraint(condition=Q(position__gte=1), name="delegation_in_an_order"),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} i. V. {self.department}"

    @property
    def has_not_begun(self) -> bool:
        now = clock.now()
        begins = (self.valid_from, self.from_time or time.min)
        return begins > (timezone.localdate(now), timezone.localtime(now).time())

    def get_absolute_url(self) -> str:
        return self.department.get_absolute_url()
