# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from activity.kinds import KINDS
from activity.querysets import EventQuerySet, NotificationQuerySet
from core import clock
from core.sentences import words

if TYPE_CHECKING:
    from activity.kinds import Kind

CALLED = "called"  # the name of the subject, kept beside the data of the kind where it is a sentence


class Event(models.Model):
    """What happened, who did it, and to what. Never changed; names outlive the rows they came from."""

    kind = models.CharField(max_length=60, db_index=True)
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="events")
    by_label = models.CharField(max_length=200)
    subject_type = models.ForeignKey(ContentType, models.PROTECT)
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    subject_label = models.CharField(max_length=300)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    delivered_at = models.DateTimeField(null=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="event_subject"),
            models.Index(fields=["delivered_at"], name="event_pending"),
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def definition(self) -> Kind | None:
        return KINDS.get(self.kind)

    @property
    def sentence(self) -> str:
        """The event as a sentence in the reader's language."""
        if not self.definition:
            return f"{self.by_label}: {self.kind} ({self.subject_label})"
        told = {**self.definition.words(self.data), "by": self.by_label, "subject": self.subject_name}
        said = str(self.definition.sentence) % told
        return said[:-1] if said.endswith("..") else said  # what ends with an abbreviation brings its own full stop

    @property
    def subject_name(self) -> str:
        """What it happened to, as it was called then; in the reader's language where that name is made of words."""
        return words(self.data[CALLED]) if CALLED in self.data else self.subject_label

    @property
    def note(self) -> str:
        """The reason or remark that somebody gave with it, if any."""
        if not self.definition:
            return ""
        told = self.definition.words(self.data)
        return told.get("reason") or told.get("note") or ""


class Seal(models.Model):
    """One link of the chain over the log: what an entry says, and the seal before it, under one SHA-256."""

    position = models.PositiveBigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, models.PROTECT, related_name="seal")
    sha256 = models.CharField(_("checksum"), max_length=64)
    at = models.DateTimeField(null=True)  # earlier seals did not keep it

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.position}: {self.sha256}"


class Notification(models.Model):
    """Somebody is told of an event, once."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="notifications")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    read_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        constraints = [models.UniqueConstraint(fields=["event", "user"], name="notification_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.event}"
