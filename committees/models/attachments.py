# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees.models.papers import Annex, Paper
from committees.querysets import AttachmentQuerySet
from core.documents.verdict import REMARKS, REMOVED
from core.sentences import sentence

if TYPE_CHECKING:
    from core.sentences import Sentence


class Attachment(models.Model):
    """A file that belongs to a paper, or to one of its annexes.

    Two files are kept under names that say nothing: ``original`` as it was uploaded, for office and lead department
    alone, and ``published``, the same document without its metadata. Readers only ever get the second one.
    """

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="attachments", verbose_name=_("paper"))
    annex = models.ForeignKey(
        Annex, models.PROTECT, null=True, blank=True, related_name="attachments", verbose_name=_("belongs to annex")
    )
    position = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(pgettext_lazy("thing", "title"), max_length=200)
    is_public = models.BooleanField(_("public"), default=True)
    non_public_reason = models.CharField(_("reason for excluding the public"), max_length=200, blank=True)
    extension = models.CharField(max_length=5)
    content_type = models.CharField(max_length=100)
    original = models.FileField(upload_to="attachments/")
    original_sha256 = models.CharField(max_length=64)
    published = models.FileField(upload_to="attachments/")
    published_sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(_("size"))
    removed = models.JSONField(_("removed from the published copy"), default=list, blank=True)
    remarks = models.JSONField(_("remarks"), default=list, blank=True)  # codes of core.documents.verdict.REMARKS
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="attachments")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["paper", "position"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "position"], name="attachment_position"),
            models.CheckConstraint(
                condition=Q(is_public=True) | ~Q(non_public_reason=""), name="attachment_non_public_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return str(self.called)

    @property
    def lacking(self) -> list[Sentence]:
        """What the copy for readers does not have, in words."""
        return [REMOVED[code] for code in self.removed if code in REMOVED]

    @property
    def remarked(self) -> list[Sentence]:
        """What its readers should know, in words."""
        return [REMARKS[code] for code in self.remarks if code in REMARKS]

    @property
    def is_unreadable(self) -> bool:
        """Whether it has no text that could be read aloud."""
        return "no_text" in self.remarks

    @property
    def called(self) -> Sentence:
        """Names the paper and a number only: this goes into logs and notices."""
        return sentence("%(reference)s, file %(number)s") % {"reference": self.paper.reference, "number": self.position}

    def get_absolute_url(self) -> str:
        return reverse("committees:attachment_download", args=[self.pk])

    @property
    def download_name(self) -> str:
        """Number of paper and file; the title only where it is public."""
        parts = [slugify(self.paper.reference.replace("/", "-")), str(self.position)]
        if self.is_public and self.paper.is_public:
            parts.append(slugify(self.title)[:60])
        return "-".join(part for part in parts if part) + f".{self.extension}"
