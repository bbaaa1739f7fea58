# SPDX-License-Identifier: EUPL-1.2
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Department
from actors.models import Actor, FieldOfAction
from committees.models import Paper
from core import clock
from core.lines import lines_of
from indicators.models import Finding, KeyFigure
from recommendations.querysets import (
    DoubtQuerySet,
    EvidenceQuerySet,
    MeasureQuerySet,
    RecommendationQuerySet,
    StatementQuerySet,
)


class Status(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("recommendation", "draft")
    CO_CREATION = "co_creation", pgettext_lazy("recommendation", "in preparation with actors")
    CONSULTATION = "consultation", pgettext_lazy("recommendation", "in co-signing")
    SUBMITTED = "submitted", pgettext_lazy("recommendation", "submitted for decision")
    RETURNED = "returned", pgettext_lazy("recommendation", "returned")
    DEFERRED = "deferred", pgettext_lazy("recommendation", "deferred")
    REJECTED = "rejected", pgettext_lazy("recommendation", "rejected")
    APPROVED = "approved", pgettext_lazy("recommendation", "approved")
    IN_COMMITTEE = "in_committee", pgettext_lazy("recommendation", "before the committees")
    RESOLVED = "resolved", pgettext_lazy("recommendation", "resolved")
    IMPLEMENTING = "implementing", pgettext_lazy("recommendation", "being implemented")
    IMPLEMENTED = "implemented", pgettext_lazy("recommendation", "implemented")
    PARTLY = "partly", pgettext_lazy("recommendation", "partly implemented")
    STOPPED = "stopped", pgettext_lazy("recommendation", "stopped")
    EVALUATION = "evaluation", pgettext_lazy("recommendation", "effect review")
    CLOSED = "closed", pgettext_lazy("recommendation", "closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("recommendation", "withdrawn")


UNDECIDED = (Status.DRAFT, Status.CO_CREATION, Status.CONSULTATION, Status.SUBMITTED, Status.RETURNED, Status.DEFERRED)
WITHOUT_APPROVAL = (*UNDECIDED, Status.REJECTED, Status.WITHDRAWN)


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
    ``round`` counts the submissions: there is at most one decision in each.
    """

    title = models.CharField(pgettext_lazy("thing", "title"), max_length=90)
    status = models.CharField(_("state"), max_length=14, choices=Status.choices, default=Status.DRAFT, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    round = models.PositiveIntegerField(default=0, editable=False)
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

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["-changed_at"]
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

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("recommendations:detail", args=[self.pk])

    @property
    def label(self):
        return f"R{self.pk}"

    @property
    def is_suggestion(self):
        """What another level must decide is a suggestion (Anregung): nobody here can approve it."""
        return self.responsible_level in (
            ResponsibleLevel.STATE,
            ResponsibleLevel.FEDERATION,
            ResponsibleLevel.PROVIDER,
        )

    @property
    def is_undecided(self):
        return self.status in UNDECIDED

    @property
    def resolution_items(self):
        return lines_of(self.proposed_resolution)

    @property
    def summary_items(self):
        return lines_of(self.summary)

    @property
    def alternative_items(self):
        """Alternatives as ``(way, euros, why not)``; a line in another form stands alone as the way."""
        rows = [[part.strip() for part in line.split("|")] for line in lines_of(self.alternatives)]
        return [(*row, "", "")[:3] for row in rows]


class Evidence(models.Model):
    """A figure that a recommendation stands on, copied as it was when it was pinned; later imports leave it alone.

    ``series`` keeps the points shown beside it: ``[{"name", "own", "points": [{"period", "value", "sign", "quality",
    "numerator", "denominator"}]}]`` with decimals as text.
    """

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="evidence")
    key_figure = models.ForeignKey(KeyFigure, models.PROTECT, related_name="evidence", verbose_name=_("key figure"))
    finding = models.ForeignKey(Finding, models.PROTECT, null=True, related_name="evidence", verbose_name=_("finding"))
    name = models.CharField(_("name"), max_length=200)
    value = models.DecimalField(_("value"), max_digits=30, decimal_places=10, null=True)
    sign = models.CharField(_("sign"), max_length=3, blank=True)
    quality = models.CharField(_("quality"), max_length=4, blank=True)
    unit = models.CharField(_("unit"), max_length=40)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=1)
    period = models.CharField(_("period"), max_length=40)
    region_key = models.CharField(_("region key"), max_length=14)
    region_name = models.CharField(_("region"), max_length=200)
    comparison = models.CharField(_("comparison"), max_length=300, blank=True)
    series = models.JSONField(default=list)
    table_code = models.CharField(_("table code"), max_length=40)
    source_label = models.CharField(_("source"), max_length=300)
    as_of = models.CharField(_("as of"), max_length=60, blank=True)
    reading_example = models.TextField(_("reading example"), blank=True)
    pinned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    pinned_at = models.DateTimeField(default=clock.now, editable=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value=None) & ~Q(sign="") | Q(value__isnull=False, sign=""), name="evidence_value_or_sign"
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.region_name}, {self.period}"


class DoubtAnswer(models.TextChoices):
    OPEN = "", pgettext_lazy("evidence", "to be checked")
    STILL_VALID = "valid", pgettext_lazy("evidence", "still valid")
    REOPENED = "reopened", pgettext_lazy("evidence", "reopened")
    RESTORED = "restored", pgettext_lazy("evidence", "as pinned again")


class Doubt(models.Model):
    """A pinned figure is no longer what its source says (stale evidence), and what was answered to that.

    ``value`` and ``sign`` are what stands in its place; both are empty where it is no longer published. An answer holds
    for exactly that: a further change raises a new doubt.
    """

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="doubts", verbose_name=_("evidence"))
    value = models.DecimalField(_("value"), max_digits=30, decimal_places=10, null=True)
    sign = models.CharField(_("sign"), max_length=3, blank=True)
    noticed_at = models.DateTimeField(default=clock.now, editable=False)
    answer = models.CharField(max_length=8, choices=DoubtAnswer.choices, blank=True, default=DoubtAnswer.OPEN)
    reason = models.TextField(_("reason"), blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signature = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)

    objects = DoubtQuerySet.as_manager()

    class Meta:
        verbose_name = _("changed evidence")
        verbose_name_plural = _("changed evidence")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["evidence"], condition=Q(answer=""), name="doubt_open_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="doubt_answer_has_date",
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["", DoubtAnswer.RESTORED]) | ~Q(reason=""), name="doubt_answer_has_reason"
            ),
        ]

    def __str__(self):
        return f"{self.evidence}: {self.get_answer_display()}"


class DecisionKind(models.TextChoices):
    APPROVE = "approve", pgettext_lazy("decision", "approve")
    CHANGED = "changed", pgettext_lazy("decision", "approve with changes")
    RETURN = "return", pgettext_lazy("decision", "return")
    DEFER = "defer", pgettext_lazy("decision", "defer")
    REJECT = "reject", pgettext_lazy("decision", "reject")


APPROVALS = (DecisionKind.APPROVE, DecisionKind.CHANGED)


class Decision(models.Model):
    """What the head of the lead department decided, about exactly which text. Never changed, never deleted.

    ``content`` is the frozen text. Where the department approved with changes it holds the department's wording, and
    ``proposed_before`` the office's.
    """

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="decisions")
    round = models.PositiveIntegerField()
    kind = models.CharField(_("decision"), max_length=8, choices=DecisionKind.choices)
    reason = models.TextField(_("reason"), blank=True)
    deferred_until = models.DateField(_("deferred until"), null=True)
    department = models.ForeignKey(Department, models.PROTECT, related_name="decisions")
    department_label = models.CharField(max_length=200)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="decisions")
    decided_by_label = models.CharField(max_length=200)
    in_place_of = models.CharField(_("in place of"), max_length=200, blank=True)
    at = models.DateTimeField(default=clock.now, editable=False)
    version = models.PositiveIntegerField(_("version"))
    content = models.JSONField()
    content_sha256 = models.CharField(_("checksum"), max_length=64)
    proposed_before = models.TextField(_("what the office had proposed"), blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "round"], name="decision_once_per_round"),
            models.CheckConstraint(condition=Q(kind__in=APPROVALS) | ~Q(reason=""), name="decision_refusal_has_reason"),
            models.CheckConstraint(
                condition=Q(kind=DecisionKind.CHANGED) & ~Q(proposed_before="")
                | ~Q(kind=DecisionKind.CHANGED) & Q(proposed_before=""),
                name="decision_change_keeps_proposal",
            ),
            models.CheckConstraint(
                condition=Q(kind=DecisionKind.DEFER, deferred_until__isnull=False)
                | ~Q(kind=DecisionKind.DEFER) & Q(deferred_until=None),
                name="decision_deferral_has_date",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.recommendation}"

    @property
    def signature(self):
        """The name as it stands under the decision, with "i. V." where somebody stood in."""
        if self.in_place_of:
            return f"{self.decided_by_label}, i.\xa0V. {self.in_place_of}"
        return self.decided_by_label


class Version(models.Model):
    """The text, evidence and lead department of a recommendation as they were after one change; never changed."""

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    content = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=300)
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["recommendation", "number"], name="version_once")]

    def __str__(self):
        return f"{self.recommendation}, {self.number}"


class Workshop(models.Model):
    """Work on a recommendation together with actors: who, when, and what came of it."""

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="workshops")
    held_on = models.DateField(_("held on"))
    actors = models.ManyToManyField(Actor, related_name="workshops", verbose_name=_("actors"))
    outcome = models.TextField(_("what came of it"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("work with actors")
        verbose_name_plural = _("work with actors")
        ordering = ["held_on", "pk"]

    def __str__(self):
        return f"{self.recommendation}, {self.held_on:%d.%m.%Y}"


class Mediation(models.Model):
    """An attempt to settle an open dissent: the positions, the meeting, the outcome. The dissent stays on record."""

    statement = models.OneToOneField("Statement", models.CASCADE, related_name="mediation")
    held_on = models.DateField(_("held on"))
    positions = models.TextField(_("positions"))
    outcome = models.TextField(_("outcome"))
    settled = models.BooleanField(_("the dissent is settled"), default=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("mediation")
        verbose_name_plural = _("mediations")

    def __str__(self):
        return f"{self.statement}, {self.held_on:%d.%m.%Y}"


class Position(models.TextChoices):
    NONE = "", pgettext_lazy("statement", "no statement")
    AGREE = "agree", pgettext_lazy("statement", "co-signed")
    REMARKS = "remarks", pgettext_lazy("statement", "co-signed with remarks")
    DISAGREE = "disagree", pgettext_lazy("statement", "not co-signed")


class Statement(models.Model):
    """What an involved department says to a recommendation by a day. Silence is no statement, never consent.

    ``actor`` names a body outside the administration; its answer is recorded by the office.
    """

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="statements")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, related_name="statements", verbose_name=_("department")
    )
    actor = models.ForeignKey(Actor, models.PROTECT, null=True, related_name="statements", verbose_name=_("actor"))
    due_on = models.DateField(_("answer by"))
    position = models.CharField(
        _("statement"), max_length=8, choices=Position.choices, blank=True, default=Position.NONE
    )
    remarks = models.TextField(_("remarks or reason"), blank=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="statements")
    signature = models.CharField(max_length=300, blank=True)
    signed_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True, editable=False)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "department"], name="statement_once_per_department"),
            models.UniqueConstraint(fields=["recommendation", "actor"], name="statement_once_per_actor"),
            models.CheckConstraint(
                condition=Q(department=None, actor__isnull=False) | Q(department__isnull=False, actor=None),
                name="statement_of_one_body",
            ),
            models.CheckConstraint(
                condition=Q(position="", signed_at=None) | ~Q(position="") & Q(signed_at__isnull=False),
                name="statement_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(position__in=["", Position.AGREE]) | ~Q(remarks=""), name="statement_says_why"
            ),
        ]

    def __str__(self):
        return f"{self.body}: {self.get_position_display()}"

    @property
    def body(self):
        return self.department or self.actor


class Light(models.TextChoices):
    """The traffic light of a measure, always with its word."""

    GREEN = "green", _("Green: on schedule")
    YELLOW = "yellow", _("Yellow: delayed")
    RED = "red", _("Red: at risk")


class MeasureStatus(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("measure", "planned")
    RUNNING = "running", pgettext_lazy("measure", "running")
    DONE = "done", pgettext_lazy("measure", "done")
    STOPPED = "stopped", pgettext_lazy("measure", "stopped")


class Measure(models.Model):
    """A step that puts a recommendation into practice, with somebody responsible and a day."""

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="measures")
    title = models.CharField(pgettext_lazy("thing", "title"), max_length=160)
    department = models.ForeignKey(Department, models.PROTECT, related_name="measures", verbose_name=_("responsible"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="measures",
        verbose_name=pgettext_lazy("measure", "contact person"),
    )
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    due_on = models.DateField(_("due on"))
    budget = models.DecimalField(_("budget in euros"), max_digits=12, decimal_places=2, null=True, blank=True)
    status = models.CharField(_("state"), max_length=8, choices=MeasureStatus.choices, default=MeasureStatus.PLANNED)
    light = models.CharField(_("traffic light"), max_length=6, choices=Light.choices, default=Light.GREEN)
    delay_reason = models.TextField(_("reason for the delay"), blank=True)
    completion_note = models.TextField(_("completion note"), blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    reported_done_on = models.DateField(_("reported to the committee as done on"), null=True, editable=False)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(starts_on__lte=models.F("due_on")), name="measure_starts_before_due"
            ),
            models.CheckConstraint(condition=Q(budget=None) | Q(budget__gte=0), name="measure_budget_not_negative"),
            models.CheckConstraint(
                condition=Q(light=Light.GREEN) | ~Q(delay_reason=""), name="measure_delay_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(status=MeasureStatus.DONE, done_on__isnull=False)
                | ~Q(status=MeasureStatus.DONE) & Q(done_on=None),
                name="measure_done_has_date",
            ),
            models.CheckConstraint(
                condition=Q(reported_done_on=None) | Q(status=MeasureStatus.DONE), name="measure_reported_is_done"
            ),
        ]

    def __str__(self):
        return self.title
