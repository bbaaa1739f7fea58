# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.sentences import sentence
from core.work import Work, WorkQuerySet
from reports.lifecycle import DOCUMENT, MailState, State
from reports.passages import ActivityReport, Chapter, Passage  # noqa: F401
from reports.querysets import DocumentQuerySet, PartQuerySet

if TYPE_CHECKING:
    from core.sentences import Sentence

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # without what is taken for another: 0 o, 1 i l


def new_code() -> str:
    """The code on the page: 59 bits that nobody guesses, in groups that can be typed from paper."""
    return "-".join("".join(secrets.choice(ALPHABET) for _place in range(4)) for _group in range(3))


class Variant(models.TextChoices):
    PUBLIC = "public", pgettext_lazy("briefing", "public")
    FULL = "full", pgettext_lazy("briefing", "with non-public parts")


class Printed(Work):
    """A file that a worker makes; its lease is renewed every two seconds while the press works."""

    AFRESH = {"error": "", "step": 0}

    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    step = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    file = models.FileField(upload_to="briefings/", blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField(default=0)
    size = models.PositiveIntegerField(default=0)

    life = DOCUMENT.of_model

    class Meta:
        abstract = True


class Document(Printed):
    """One ordered PDF: a kind of document about a subject, or about the whole house.

    What is printed was frozen in ``content`` when it was ordered; a finished document is never rendered again, a
    correction is a new version. ``series`` is the same for all versions of the same request.
    """

    kind = models.CharField(max_length=40)
    subject_type = models.ForeignKey(ContentType, models.PROTECT, null=True)
    subject_id = models.BigIntegerField(null=True)
    subject = GenericForeignKey("subject_type", "subject_id")
    title = models.CharField(_("title"), max_length=400)
    options = models.JSONField(default=dict)
    variant = models.CharField(_("variant"), max_length=8, choices=Variant.choices, default=Variant.PUBLIC)
    series = models.CharField(max_length=64)
    version = models.PositiveIntegerField(_("version"))
    code = models.CharField(max_length=16, unique=True, default=new_code)
    content = models.JSONField()
    content_sha256 = models.CharField(_("checksum"), max_length=64)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="documents")
    requested_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_reason = models.TextField(blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-requested_at"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="document_subject")]
        constraints = [
            models.UniqueConstraint(fields=["series", "version"], name="document_version_once"),
            models.UniqueConstraint(
                fields=["series", "content_sha256"],
                condition=Q(withdrawn_at__isnull=True),
                name="document_content_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.READY) | ~Q(file="") & Q(finished_at__isnull=False),
                name="document_ready_has_file",
            ),
            models.CheckConstraint(
                condition=Q(subject_type=None, subject_id=None)
                | Q(subject_type__isnull=False, subject_id__isnull=False),
                name="document_subject_whole",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason=""),
                name="document_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.called)

    @property
    def called(self) -> Sentence:
        named = {"title": self.title, "variant": Variant(self.variant), "version": self.version}
        return sentence("%(title)s (%(variant)s, version %(version)s)") % named

    def get_absolute_url(self) -> str:
        return reverse("reports:detail", args=[self.pk])

    @property
    def reading_minutes(self) -> int:
        """About two minutes a page."""
        return self.pages * 2

    def parts_done(self) -> tuple[int, int]:
        """How many parts of a pack are made, of how many; ``(0, 0)`` where it is no pack."""
        states = list(self.slots.values_list("part__state", flat=True))
        return states.count(State.READY), len(states)


class Part(Printed):
    """One part of a pack. Parts are made one by one, and only once: ``key`` is the checksum of kind and content.

    A part keeps its code and day from the pack that first held it, whatever later packs it goes into.
    """

    key = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=40)
    content = models.JSONField()
    code = models.CharField(max_length=16, unique=True, default=new_code)
    version = models.PositiveIntegerField(default=1)
    requested_at = models.DateTimeField(auto_now_add=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("part")
        verbose_name_plural = _("parts")

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


class Slot(models.Model):
    """The place of a part in a pack."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="slots")
    part = models.ForeignKey(Part, models.PROTECT, related_name="slots")
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("place in a pack")
        verbose_name_plural = _("places in a pack")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["document", "position"], name="slot_position_once")]

    def __str__(self) -> str:
        return f"{self.document}, {self.position}"


class Download(models.Model):
    """Somebody took a document home."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="downloads")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="downloads")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("download")
        verbose_name_plural = _("downloads")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.user}, {self.document}"


class DueMail(Work):
    """Somebody is to be told of a document by mail, at once or with the one mail of the day; nobody is told twice."""

    LEASE = timedelta(minutes=5)

    state = models.CharField(_("state"), max_length=8, choices=MailState.choices, default=MailState.QUEUED)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("account"))
    document = models.ForeignKey(Document, models.CASCADE, related_name="+", verbose_name=_("document"))
    sent_at = models.DateTimeField(null=True)

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("message of the day")
        verbose_name_plural = _("messages of the day")
        constraints = [models.UniqueConstraint(fields=["user", "document"], name="due_mail_once")]

    def __str__(self) -> str:
        return str(self.document)


class Visit(models.Model):
    """When a person last looked at the list of documents, and when before that: what came between is new."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    before = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")

    def __str__(self) -> str:
        return f"{self.user}, {self.at}"
