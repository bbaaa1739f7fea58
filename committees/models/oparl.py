# SPDX-License-Identifier: EUPL-1.2
"""What connects us with other council information systems: where from, each import, and every object seen there."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Department
from committees.lifecycle import OPARL_RUN, RUN_IS_OPEN, RunState
from committees.querysets import ForeignObjectQuerySet, ImportRunQuerySet
from core.sentences import sentence
from core.work import Work

if TYPE_CHECKING:
    from core.sentences import Sentence


class Source(models.Model):
    """A council information system, or the files that came from one."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    prefix = models.CharField(
        _("mark"),
        max_length=6,
        unique=True,
        validators=[RegexValidator(r"^[A-Z][A-Z0-9]*$", _("Capital letters and digits only."))],
        help_text=_("Stands before the number of every paper from there, so that it never takes one of ours."),
    )
    address = models.CharField(
        _("address of the interface"),
        max_length=300,
        blank=True,
        help_text=_("The address of its OParl system. Leave it blank where files are uploaded."),
    )
    lead_department = models.ForeignKey(
        Department,
        models.PROTECT,
        related_name="oparl_sources",
        verbose_name=_("department that stands for papers from there"),
    )
    complete_since = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("council information system")
        verbose_name_plural = _("council information systems")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("committees:oparl_list")


class ImportRun(Work):
    """One import, read and taken over step by step: what is still to be asked, what went wrong, what was found."""

    TAKES = OPARL_RUN.moves("claim")  # type: ignore[assignment]
    LEASE = timedelta(minutes=4)  # longer than a step may take
    PROGRESS = ("pages", "todo", "seen", "problems", "complete", "summary")

    source = models.ForeignKey(
        Source, models.CASCADE, related_name="runs", verbose_name=_("council information system")
    )
    state = models.CharField(_("state"), max_length=10, choices=RunState.choices, default=RunState.QUEUED)
    file = models.FileField(upload_to="oparl/", blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="oparl_runs"
    )
    ordered_at = models.DateTimeField(_("ordered"), auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    since = models.DateTimeField(null=True)
    pages = models.PositiveIntegerField(_("pages read"), default=0)
    todo = models.JSONField(default=list)
    seen = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    complete = models.BooleanField(default=True)
    summary = models.JSONField(default=dict)

    life = OPARL_RUN.of_model
    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("OParl import")
        verbose_name_plural = _("OParl imports")
        ordering = ["-ordered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source"],
                condition=Q(state__in=RUN_IS_OPEN),
                name="import_run_one_open",
            )
        ]

    def __str__(self) -> str:
        return str(self.called)

    @property
    def called(self) -> Sentence:
        return sentence("Import from %(source)s") % {"source": self.source}

    def get_absolute_url(self) -> str:
        return reverse("committees:oparl_preview", args=[self.pk])


class Proposal(models.TextChoices):
    NONE = "", pgettext_lazy("import", "nothing to do")
    NEW = "new", pgettext_lazy("import", "new")
    MATCH = "match", pgettext_lazy("import", "perhaps the same as ours")
    CHANGE = "change", pgettext_lazy("import", "changed there")
    CONFLICT = "conflict", pgettext_lazy("import", "changed there and here")
    GRANT = "grant", pgettext_lazy("import", "would give a right to read")
    DELETED = "deleted", pgettext_lazy("import", "deleted there")


class Choice(models.TextChoices):
    THEIRS = "theirs", pgettext_lazy("import", "take theirs")
    OURS = "ours", pgettext_lazy("import", "keep ours")
    NEW = "new", pgettext_lazy("import", "make a new one")


class ForeignObject(models.Model):
    """An object of another system: what it says there, which of ours it is, and what the import last wrote to ours.

    Everything there has a row, also what has no place with us, such as files. ``applied`` holds the values that the
    last import wrote; where ours differ from it, somebody changed them here since.
    """

    source = models.ForeignKey(Source, models.CASCADE, related_name="foreign_objects")
    kind = models.CharField(max_length=16)
    external_id = models.CharField(max_length=500)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    hash = models.CharField(max_length=64)
    decided_hash = models.CharField(max_length=64, blank=True)
    is_deleted = models.BooleanField(default=False)
    content_type = models.ForeignKey(ContentType, models.SET_NULL, null=True, blank=True)
    object_id = models.BigIntegerField(null=True, blank=True)
    local = GenericForeignKey()
    applied = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    candidate_id = models.BigIntegerField(null=True, blank=True)
    proposal = models.CharField(max_length=8, choices=Proposal.choices, blank=True)
    decision = models.CharField(max_length=6, choices=Choice.choices, blank=True)
    differences = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    seen_in = models.ForeignKey(ImportRun, models.SET_NULL, null=True, related_name="foreign_objects")

    objects = ForeignObjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("object of another system")
        verbose_name_plural = _("objects of other systems")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "external_id"], name="foreign_object_once"),
        ]
        indexes = [
            models.Index(fields=["source", "proposal", "kind"], name="foreign_object_open"),
            models.Index(fields=["content_type", "object_id"], name="foreign_object_local"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.external_id}"

    @property
    def label(self) -> str:
        """What the other system calls it."""
        return self.data.get("name") or self.data.get("reference") or self.external_id
