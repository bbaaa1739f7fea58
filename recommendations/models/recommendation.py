# SPDX-License-Identifier: EUPL-1.2
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from accounts.models import Department
from actors.models import FieldOfAction
from committees.models import Paper
from core import clock
from core.typed.items import items_of
from recommendations.lifecycle import RECOMMENDATION, UNDECIDED, WITHOUT_APPROVAL, Status
from recommendations.querysets import RecommendationQuerySet


class ResponsibleLevel(models.TextChoices):
    MUNICIPALITY = "municipality", pgettext_lazy("level", "municipality")
    MUNICIPALITY_AND_STATE = "municipality_and_state", pgettext_lazy("level", "municipality and state")
    STATE = "state", pgettext_lazy("level", "state")
    FEDERATION = "federation", pgettext_lazy("level", "federation")
    PROVIDER = "provider", pgettext_lazy("level", "independent provider")


class Effect(models.TextChoices):
    UNKNOWN = "unknown", pgettext_lazy("effect", "unknown")
    TOO_EARLY = "too_early", pgettext_lazy("effect", "too early to tell")
    IMPROVED = "improved", pgettext_lazy("effect", "improved")
    UNCHANGED = "unchanged", pgettext_lazy("effect", "unchanged")
    WORSE = "worse", pgettext_lazy("effect", "worse")


class Recommendation(models.Model):
    """What the office proposes because of a figure, and what the responsible department then decides.

    ``version`` counts the changes of text, evidence and lead department; whoever saves states the version seen.
    ``round`` counts the submissions: there is at most one decision in each. ``consultation_round`` counts how often
    departments were asked to co-sign.
    """

    title = models.CharField(pgettext_lazy("thing", "title"), max_length=90)
    status = models.CharField(_("state"), max_length=14, choices=Status.choices, default=Status.DRAFT, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    round = models.PositiveIntegerField(default=0, editable=False)
    consultation_round = models.PositiveIntegerField(default=0, editable=False)
    lead_department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations",
        verbose_name=_("lead department"),
    )
    involved_departments = models.ManyToManyField(
        Department, blank=True, related_name="recommendations_involved", verbose_name=_("involved departments")
    )
    responsible_level = models.CharField(
        _("responsible level"),
        max_length=24,
        choices=ResponsibleLevel.choices,
        blank=True,
        help_text=_("What the municipality may not decide goes to the responsible level as a suggestion."),
    )
    field_of_action = models.ForeignKey(
        FieldOfAction,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations",
        verbose_name=_("field of action"),
    )
    file_reference = models.CharField(_("file reference"), max_length=40, blank=True)
    claim = models.CharField(_("finding in one sentence"), max_length=160, blank=True)
    proposed_resolution = models.TextField(_("proposed resolution"), blank=True, help_text=_("One item per line."))
    summary = models.TextField(_("at a glance"), blank=True, help_text=_("At most five short sentences, one per line."))
    rationale = models.TextField(_("rationale"), blank=True)
    alternatives = models.TextField(
        _("alternatives, also: doing nothing"),
        blank=True,
        help_text=_("One per line: way | euros per year | why not proposed."),
    )
    financial_impact = models.TextField(_("financial impact"), blank=True)
    impact_assessment = models.TextField(_("impact assessment"), blank=True)
    participation = models.TextField(_("participation"), blank=True)
    effect_target = models.CharField(_("target of the effect review"), max_length=250, blank=True)
    effect_review_on = models.DateField(_("effect review on"), null=True, blank=True)
    effect = models.CharField(
        pgettext_lazy("recommendation", "effect"),
        max_length=10,
        choices=Effect.choices,
        default=Effect.UNKNOWN,
        editable=False,
    )
    effect_note = models.TextField(_("development after the measure"), blank=True, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="recommendations",
        editable=False,
        verbose_name=_("author"),
    )
    last_changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="recommendations_changed", editable=False
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="recommendations_submitted"
    )
    submitted_at = models.DateTimeField(null=True, editable=False)
    deferred_until = models.DateField(_("deferred until"), null=True, editable=False)
    approval = models.OneToOneField(
        "Decision", models.PROTECT, null=True, editable=False, related_name="approved_recommendation"
    )
    paper = models.OneToOneField(
        Paper, models.PROTECT, null=True, editable=False, related_name="recommendation", verbose_name=_("paper")
    )

    life = RECOMMENDATION.of_model
    objects = RecommendationQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["-changed_at"]
        indexes = [
            models.Index(fields=["changed_at"], name="recommendation_changed"),
            models.Index(fields=["status", "changed_at"], name="recommendation_station"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="recommendation_status_known"),
            models.CheckConstraint(
                condition=Q(status__in=WITHOUT_APPROVAL, approval=None)
                | ~Q(status__in=WITHOUT_APPROVAL) & Q(approval__isnull=False),
                name="recommendation_approval_has_decision",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.DEFERRED, deferred_until__isnull=False)
                | ~Q(status=Status.DEFERRED) & Q(deferred_until=None),
                name="recommendation_deferral_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.SUBMITTED) | Q(submitted_at__isnull=False, lead_department__isnull=False),
                name="recommendation_submission_complete",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("recommendations:detail", args=[self.pk])

    @property
    def state_label(self) -> str:
        """The state in words. What the department approved with changes is called so until it goes on."""
        if self.status == Status.APPROVED and self.approval and self.approval.kind == "changed":
            return pgettext("recommendation", "approved with changes")
        return self.get_status_display()

    @property
    def label(self) -> str:
        return f"R{self.pk}"

    @property
    def is_suggestion(self) -> bool:
        """What another level must decide is a suggestion (Anregung): nobody here can approve it."""
        return self.responsible_level in (
            ResponsibleLevel.STATE,
            ResponsibleLevel.FEDERATION,
            ResponsibleLevel.PROVIDER,
        )

    @property
    def is_undecided(self) -> bool:
        return self.status in UNDECIDED

    @property
    def summary_items(self) -> list[str]:
        return items_of(self.summary)

    @property
    def alternative_items(self) -> list[tuple[str, str, str]]:
        """Alternatives as ``(way, euros, why not)``; a line in another form stands alone as the way."""
        rows = [[part.strip() for part in line.split("|")] for line in items_of(self.alternatives)]
        return [(way, euros, why_not) for way, euros, why_not, *_more in ([*row, "", ""] for row in rows)]


class Origin(models.TextChoices):
    TEXT = "text", pgettext_lazy("origin of a version", "text")
    DECISION = "decision", pgettext_lazy("origin of a version", "decision")
    TRANSFER = "transfer", pgettext_lazy("origin of a version", "change of the lead")


class Version(models.Model):
    """The text, evidence and lead department of a recommendation as they were after one change; never changed.

    ``origin`` says whether somebody wrote, or whether the wording is part of a decision or only the lead changed.
    """

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.TEXT)
    content = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=300)
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["recommendation", "number"], name="version_once")]

    def __str__(self) -> str:
        return f"{self.recommendation}, {self.number}"
