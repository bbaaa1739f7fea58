# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Department
from committees.models.bodies import Committee
from committees.models.meetings import AgendaItem
from committees.querysets import (
    ConsultationQuerySet,
    PaperQuerySet,
)
from core.sentences import sentence

if TYPE_CHECKING:
    from datetime import date

    from core.sentences import Text


class PaperType(models.TextChoices):
    """What kind of paper it is; what a committee does with it is the consultation's role, not this."""

    DECISION = "decision", _("decision paper")
    INFORMATION = "information", _("information paper")
    REPORT = "report", _("report paper")
    MOTION = "motion", pgettext_lazy("paper type", "motion")
    QUESTION = "question", pgettext_lazy("paper type", "question")
    POSITION = "position", pgettext_lazy("paper type", "position of the administration")
    TABLED = "tabled", pgettext_lazy("paper type", "tabled paper")
    SUPPLEMENT = "supplement", _("supplementary paper")
    URGENT = "urgent", pgettext_lazy("paper type", "urgent paper")


class PaperNumber(models.Model):
    """The last number given in a year; locked while a number is drawn, so there is no gap and no double."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Paper(models.Model):
    """A paper (Vorlage) for one or more committees, with what they are asked to resolve."""

    reference = models.CharField(_("paper number"), max_length=60, unique=True)
    paper_type = models.CharField(_("paper type"), max_length=12, choices=PaperType.choices, default=PaperType.DECISION)
    title = models.CharField(pgettext_lazy("thing", "title"), max_length=250)
    date = models.DateField(_("date"))
    file_reference = models.CharField(_("file reference"), max_length=40, blank=True)
    lead_department = models.ForeignKey(
        Department, models.PROTECT, related_name="papers", verbose_name=_("lead department")
    )
    involved_departments = models.ManyToManyField(
        Department, blank=True, related_name="papers_involved", verbose_name=_("involved departments")
    )
    proposed_resolution = models.TextField(_("proposed resolution"), help_text=_("One item per line."))
    non_public_text = models.TextField(
        _("non-public part"),
        blank=True,
        help_text=_("Stands only in the non-public variant, for the bodies that decide."),
    )
    urgency_reason = models.CharField(
        _("why it is urgent"),
        max_length=300,
        blank=True,
        help_text=_("Urgency shortens periods; who decides stays the same. The reason is printed."),
    )
    supplement_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supplements", verbose_name=_("supplements")
    )
    supplement_number = models.PositiveSmallIntegerField(null=True, blank=True)
    is_public = models.BooleanField(_("public"), default=True)
    non_public_reason = models.CharField(_("reason for excluding the public"), max_length=200, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="papers")

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("council", "paper")
        verbose_name_plural = pgettext_lazy("council", "papers")
        ordering = ["-date", "-pk"]
        indexes = [
            models.Index(fields=["-date", "-id"], name="paper_newest"),
            models.Index(fields=["paper_type", "-date"], name="paper_type_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_public=True) | ~Q(non_public_reason=""), name="paper_non_public_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(paper_type="urgent") | ~Q(urgency_reason=""), name="paper_urgent_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(supplement_to=None, supplement_number=None)
                | Q(supplement_to__isnull=False, supplement_number__isnull=False),
                name="paper_supplement_is_numbered",
            ),
            models.UniqueConstraint(fields=["supplement_to", "supplement_number"], name="paper_supplement_once"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("committees:paper_detail", args=[self.pk])

    @property
    def is_urgent(self) -> bool:
        """Urgent is what says why."""
        return bool(self.urgency_reason)


class Annex(models.Model):
    """A numbered annex of a paper. A non-public one goes only to the bodies that decide."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="annexes", verbose_name=_("paper"))
    position = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(pgettext_lazy("thing", "title"), max_length=200)
    body = models.TextField(_("text"))
    is_public = models.BooleanField(_("public"), default=True)
    non_public_reason = models.CharField(_("reason for excluding the public"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("annex")
        verbose_name_plural = _("annexes")
        ordering = ["paper", "position"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "position"], name="annex_position"),
            models.CheckConstraint(
                condition=Q(is_public=True) | ~Q(non_public_reason=""), name="annex_non_public_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Annex %(number)s: %(title)s")) % {"number": self.position, "title": self.title}


class ConsultationRole(models.TextChoices):
    DECISION = "decision", pgettext_lazy("consultation", "decision")
    PRELIMINARY = "preliminary", pgettext_lazy("consultation", "preliminary deliberation")
    HEARING = "hearing", pgettext_lazy("consultation", "hearing")
    INFORMATION = "information", pgettext_lazy("consultation", "for information")
    RECOMMENDATION = "recommendation", pgettext_lazy("consultation", "recommendation")


class Result(models.TextChoices):
    OPEN = "", pgettext_lazy("result", "open")
    UNCHANGED = "unchanged", _("resolved unchanged")
    CHANGED = "changed", _("resolved with changes")
    NOTED = "noted", _("noted")
    ADJOURNED = "adjourned", _("adjourned")
    REFERRED = "referred", _("referred")
    REJECTED = "rejected", pgettext_lazy("result", "rejected")
    WITHDRAWN = "withdrawn", pgettext_lazy("result", "withdrawn")


AGREED = (Result.UNCHANGED, Result.CHANGED)


class DecisionNumber(models.Model):
    """The last decision number of a committee in a year; locked while one is drawn, so there is no gap."""

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="decision_numbers")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["committee", "year"], name="decision_number_counter_once")]

    def __str__(self) -> str:
        return f"{self.committee.code} {self.year}/{self.last:03d}"


VOTES = ("votes_yes", "votes_no", "votes_abstain", "votes_biased")


class Consultation(models.Model):
    """A committee deals with something, in a role, in a meeting, under an agenda item: one stop of a paper.

    Without a paper it is what the committee resolved under an item that had none; it begins with its result.
    The result is only recorded here; it was taken by the committee, outside this software.
    """

    paper = models.ForeignKey(
        Paper, models.CASCADE, null=True, blank=True, related_name="consultations", verbose_name=_("paper")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="consultations", verbose_name=_("committee"))
    role = models.CharField(_("role"), max_length=16, choices=ConsultationRole.choices)
    authoritative = models.BooleanField(
        _("decides finally"), default=False, help_text=_("Exactly this body's resolution is the one that holds.")
    )
    agenda_item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="consultations", verbose_name=_("agenda item")
    )
    placed_on = models.DateField(_("on the agenda since"), null=True, editable=False)
    placed_by_label = models.CharField(max_length=300, blank=True, editable=False)
    resolution_text = models.TextField(_("own wording of the resolution for this body"), blank=True)
    result = models.CharField(_("result"), max_length=12, choices=Result.choices, blank=True, default=Result.OPEN)
    votes_yes = models.PositiveSmallIntegerField(_("yes"), null=True, blank=True)
    votes_no = models.PositiveSmallIntegerField(_("no"), null=True, blank=True)
    votes_abstain = models.PositiveSmallIntegerField(_("abstentions"), null=True, blank=True)
    votes_biased = models.PositiveSmallIntegerField(
        pgettext_lazy("votes", "biased"), null=True, blank=True, editable=False
    )
    decision_number = models.CharField(_("decision number"), max_length=30, blank=True, editable=False)
    referred_to = models.ForeignKey(
        Committee,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="referrals",
        verbose_name=_("referred to"),
    )
    result_note = models.TextField(_("wording of the result"), blank=True)
    votes_reason = models.TextField(_("why votes and result go together"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="results_recorded"
    )
    recorded_at = models.DateTimeField(null=True, blank=True)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["paper", "position"]
        indexes = [models.Index(fields=["committee", "result"], name="consultation_open")]
        constraints = [
            models.UniqueConstraint(fields=["paper", "position"], name="consultation_position"),
            models.UniqueConstraint(fields=["paper", "agenda_item"], name="consultation_agenda_item_once"),
            models.UniqueConstraint(
                fields=["agenda_item"], condition=Q(paper=None), name="consultation_without_paper_once"
            ),
            models.CheckConstraint(
                condition=Q(paper__isnull=False) | Q(agenda_item__isnull=False, authoritative=False) & ~Q(result=""),
                name="consultation_without_paper_is_a_result",
            ),
            models.UniqueConstraint(
                fields=["paper"], condition=Q(authoritative=True), name="consultation_one_body_decides"
            ),
            models.CheckConstraint(
                condition=Q(authoritative=False) | Q(role="decision"), name="consultation_authoritative_decides"
            ),
            models.CheckConstraint(
                condition=Q(result="", recorded_at=None) | ~Q(result="") & Q(recorded_at__isnull=False),
                name="consultation_result_is_recorded",
            ),
            models.UniqueConstraint(
                fields=["decision_number"], condition=~Q(decision_number=""), name="decision_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper.reference if self.paper else self.agenda_item}, {self.committee}"

    @property
    def subject(self) -> models.Model:
        """Whose page and history tell of it: the paper, or the meeting where there is none."""
        return self.paper or self.agenda_item.meeting

    @property
    def resolved_text(self) -> str:
        """What the body resolved, word by word; unchanged means the words of the paper. Empty without agreement."""
        if self.result not in AGREED:
            return ""
        if self.result == Result.CHANGED or self.paper is None:
            return self.result_note
        return "\n".join(text for text in (self.resolution_text, self.paper.proposed_resolution) if text)

    @property
    def resolved_on(self) -> date | None:
        """The day of the meeting; other systems name results without one."""
        return timezone.localdate(self.agenda_item.meeting.start) if self.agenda_item else None

    @property
    def title(self) -> str:
        """What it is about: the paper, or the item where there is none."""
        return self.paper.title if self.paper else self.agenda_item.title

    @property
    def is_public(self) -> bool:
        return (self.paper is None or self.paper.is_public) and (self.agenda_item is None or self.agenda_item.is_public)

    @property
    def votes_line(self) -> str:
        """The votes in words, with the number of biased members; empty where nothing was counted."""
        return str(votes_in_words(*(getattr(self, name) for name in VOTES)))


def contradicts(result: str | None, yes: int | None, no: int | None) -> bool:
    """Whether votes say something else than the result: agreed without a majority, or rejected with one."""
    if yes is None and no is None:
        return False
    won = (yes or 0) > (no or 0)
    return (result in AGREED and not won) or (result == Result.REJECTED and won)


def votes_in_words(yes: int | None, no: int | None, abstain: int | None, biased: int) -> Text:
    """A sentence about the votes, to be said when it is read; empty where nothing was counted."""
    votes = {"yes": yes, "no": no or 0, "abstain": abstain or 0, "biased": biased}
    if yes is None:
        return sentence("biased: %(biased)s") % votes if biased else ""
    if not biased:
        return sentence("Yes %(yes)s, no %(no)s, abstentions %(abstain)s") % votes
    return sentence("Yes %(yes)s, no %(no)s, abstentions %(abstain)s, biased: %(biased)s") % votes
