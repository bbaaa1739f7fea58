# SPDX-License-Identifier: EUPL-1.2
import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees.models import Paper
from reports.passages import ActivityReport, Chapter, Passage  # noqa: F401
from reports.querysets import BriefingQuerySet


def new_code():
    return secrets.token_hex(4)


class Variant(models.TextChoices):
    PUBLIC = "public", pgettext_lazy("briefing", "public")
    FULL = "full", pgettext_lazy("briefing", "with non-public parts")


class State(models.TextChoices):
    QUEUED = "queued", pgettext_lazy("job", "waiting")
    RUNNING = "running", pgettext_lazy("job", "running")
    READY = "ready", pgettext_lazy("job", "ready")
    FAILED = "failed", pgettext_lazy("job", "failed")


class Briefing(models.Model):
    """One ordered PDF of a paper. The row is the order and the truth; the message in the queue is only a bell.

    What is printed was frozen in ``content`` when it was ordered; a finished briefing is never rendered again,
    a correction is a new version.
    """

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="briefings", verbose_name=_("paper"))
    variant = models.CharField(_("variant"), max_length=8, choices=Variant.choices, default=Variant.PUBLIC)
    version = models.PositiveIntegerField(_("version"))
    code = models.CharField(max_length=16, unique=True, default=new_code)
    content = models.JSONField()
    content_sha256 = models.CharField(_("checksum"), max_length=64)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    step = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=4)
    leased_until = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="briefings")
    requested_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    file = models.FileField(upload_to="briefings/", blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField(default=0)
    size = models.PositiveIntegerField(default=0)

    objects = BriefingQuerySet.as_manager()

    class Meta:
        verbose_name = _("briefing")
        verbose_name_plural = _("briefings")
        ordering = ["-requested_at"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "variant", "version"], name="briefing_version_once"),
            models.UniqueConstraint(fields=["paper", "variant", "content_sha256"], name="briefing_content_once"),
            models.CheckConstraint(
                condition=~Q(state="ready") | ~Q(file="") & Q(finished_at__isnull=False), name="briefing_ready_has_file"
            ),
        ]

    def __str__(self):
        return str(_("%(paper)s (%(variant)s, version %(version)s)")) % {
            "paper": self.paper,
            "variant": self.get_variant_display(),
            "version": self.version,
        }

    def get_absolute_url(self):
        return reverse("reports:briefing_detail", args=[self.pk])

    @property
    def reading_minutes(self):
        """About two minutes a page."""
        return self.pages * 2


class Download(models.Model):
    """Somebody took a briefing home."""

    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="downloads")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="downloads")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("download")
        verbose_name_plural = _("downloads")
        ordering = ["-at"]

    def __str__(self):
        return f"{self.user}, {self.briefing}"
