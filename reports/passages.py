# SPDX-License-Identifier: EUPL-1.2
"""The yearly report of the office: its numbers come from what was recorded, its passages from people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.sentences import sentence
from indicators.models import KeyFigure

if TYPE_CHECKING:
    from core.sentences import Sentence


class Chapter(models.TextChoices):
    """The chapters of the report, in order. Mandate and outlook are written by people, the others are commented on."""

    MANDATE = "mandate", _("Mandate, place in the administration, staff, funding")
    GOALS = "goals", _("Goals and main fields of work")
    COMMITTEES = "committees", _("Work for committees")
    RECOMMENDATIONS = "recommendations", _("Recommendations for action")
    MONITORING = "monitoring", _("Education monitoring")
    NETWORK = "network", _("Networks and actors")
    PROJECTS = "projects", _("Projects and third-party funds")
    SERVICES = "services", _("Services for other departments")
    PUBLIC = "public", _("Public relations")
    EFFECTS = "effects", _("Effects and what we learned")
    OUTLOOK = "outlook", _("Outlook")
    ASKS = "asks", _("What we ask the committee for (slides)")


class ActivityReport(models.Model):
    """The report on one year of the office, and the slides made from it."""

    year = models.PositiveSmallIntegerField(
        _("year"), unique=True, validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    key_figure = models.ForeignKey(
        KeyFigure,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("key figure on the slides"),
        help_text=_("Without one, the key figure of the newest approved recommendation is shown."),
    )

    class Meta:
        verbose_name = _("activity report")
        verbose_name_plural = _("activity reports")
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.called)

    @property
    def called(self) -> Sentence:
        return sentence("Activity report %(year)s") % {"year": self.year}

    def get_absolute_url(self) -> str:
        return reverse("reports:activity_report", args=[self.year])


class Passage(models.Model):
    """What people write into one chapter of a report; Markdown with paragraphs, lists, bold, italic and links."""

    report = models.ForeignKey(ActivityReport, models.CASCADE, related_name="passages")
    chapter = models.CharField(_("chapter"), max_length=16, choices=Chapter.choices)
    text = models.TextField(pgettext_lazy("report", "passage"))
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = pgettext_lazy("report", "passage")
        verbose_name_plural = pgettext_lazy("report", "passages")
        ordering = ["report", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "chapter"], name="passage_once_per_chapter"),
            models.CheckConstraint(condition=models.Q(chapter__in=Chapter.values), name="passage_chapter_known"),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.get_chapter_display()}"
