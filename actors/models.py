# SPDX-License-Identifier: EUPL-1.2
from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from tree_queries.fields import TreeNodeForeignKey

from actors.querysets import ActorQuerySet, FieldQuerySet, PersonQuerySet
from core.search import Folded


class FieldOfAction(models.Model):
    """A field in which the municipality acts across departments, such as the transition from school to work."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    parent = TreeNodeForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )

    objects = FieldQuerySet.as_manager()

    class Meta:
        verbose_name = _("field of action")
        verbose_name_plural = _("fields of action")
        ordering = [Folded("name")]

    def __str__(self) -> str:
        return self.name


class ActorKind(models.TextChoices):
    ADMINISTRATION = "administration", _("municipal administration")
    STATE = "state", _("state authority")
    FEDERAL = "federal", _("federal authority")
    SCHOOL = "school", pgettext_lazy("actor", "school")
    MUNICIPAL_INSTITUTION = "municipal_institution", _("municipal institution")
    PROVIDER = "provider", _("independent provider")
    WELFARE = "welfare", _("welfare association")
    CHAMBER = "chamber", _("chamber")
    FOUNDATION = "foundation", _("foundation")
    REPRESENTATION = "representation", _("representation of parents or pupils")
    OTHER = "other", pgettext_lazy("actor", "other")


class Actor(models.Model):
    """An organisation in the local education landscape; organisations form a tree."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=24, choices=ActorKind.choices, default=ActorKind.OTHER)
    parent = TreeNodeForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    fields_of_action = models.ManyToManyField(
        FieldOfAction, blank=True, related_name="actors", verbose_name=_("fields of action")
    )
    website = models.CharField(_("website"), max_length=200, blank=True, validators=[URLValidator(["https", "http"])])
    email = models.EmailField(_("e-mail address"), blank=True, help_text=_("Better a shared mailbox than a person's."))
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    address = models.TextField(_("address"), blank=True)
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = ActorQuerySet.as_manager()

    class Meta:
        verbose_name = _("actor")
        verbose_name_plural = _("actors")
        ordering = [Folded("name")]
        constraints = [
            models.CheckConstraint(
                condition=Q(dissolved_on=None) | Q(founded_on=None) | Q(dissolved_on__gte=F("founded_on")),
                name="actor_dissolved_after_founded",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("actors:detail", args=[self.pk])


class LegalBasis(models.TextChoices):
    TASK = "task", _("public task")
    CONSENT = "consent", _("consent")


class Person(models.Model):
    """Somebody in the education landscape, with or without a login."""

    title = models.CharField(pgettext_lazy("person", "title"), max_length=30, blank=True)
    given_name = models.CharField(_("given name"), max_length=80, blank=True)
    family_name = models.CharField(_("family name"), max_length=80)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("account"),
    )
    legal_basis = models.CharField(_("legal basis"), max_length=8, choices=LegalBasis.choices, default=LegalBasis.TASK)
    consent_given_on = models.DateField(_("consent given on"), null=True, blank=True)
    consent_withdrawn_on = models.DateField(_("consent withdrawn on"), null=True, blank=True)
    review_on = models.DateField(_("review on"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        ordering = [Folded("family_name"), Folded("given_name"), "pk"]

    def __str__(self) -> str:
        return " ".join(part for part in (self.title, self.given_name, self.family_name) if part)

    def get_absolute_url(self) -> str:
        return reverse("actors:person_detail", args=[self.pk])


class Position(models.Model):
    """A person's dated function in an organisation."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="positions", verbose_name=_("person"))
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="positions", verbose_name=_("actor"))
    name = models.CharField(_("function"), max_length=120)
    start_on = models.DateField(_("from"), null=True, blank=True)
    end_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = [Folded("person__family_name")]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_on=None) | Q(start_on=None) | Q(end_on__gte=F("start_on")),
                name="position_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.name}"
