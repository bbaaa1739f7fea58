# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from core import clock
from core.dates import months_later


class Attestation(models.Model):
    """A state was reached whose fact this installation does not hold: what shows it, and who wrote that down.

    Each thing with such states has a table of its own; rows are added when older data are carried over or taken from
    another system, and never changed.
    """

    source = models.TextField(_("shown by"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_label = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(source=""), name="%(class)s_names_its_source")]

    def __str__(self) -> str:
        return self.source


class HeartbeatQuerySet(models.QuerySet["Heartbeat"]):
    def beat(self, name: str) -> None:
        """This part of the installation is alive now."""
        self.update_or_create(name=name, defaults={"at": timezone.now()})

    def alive(self, name: str, *, within: timedelta = timedelta(seconds=60)) -> bool:
        """Whether the part was heard from within the given time."""
        return self.filter(name=name, at__gte=timezone.now() - within).exists()


class Heartbeat(models.Model):
    """When a part of the installation that answers no requests, such as the worker, was last alive."""

    name = models.CharField(primary_key=True, max_length=40)
    at = models.DateTimeField()

    objects = HeartbeatQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class InstalledRule(models.Model):
    """A rule of the database as it was put up last, by its checksum (``core.triggers``)."""

    name = models.CharField(primary_key=True, max_length=63)
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.name


class Feedback(models.Model):
    """Somebody reported a barrier."""

    message = models.TextField(_("message"))
    page = models.CharField(_("page"), max_length=300, blank=True)
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("from")
    )
    at = models.DateTimeField(_("received"), auto_now_add=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )

    class Meta:
        verbose_name = _("reported barrier")
        verbose_name_plural = _("reported barriers")
        ordering = ["-at"]

    def __str__(self) -> str:
        return Truncator(self.message).chars(80)

    @property
    def due_on(self) -> date:
        """The office answers within a month."""
        return months_later(timezone.localdate(self.at), 1)


class Draft(models.Model):
    """What somebody typed on a page and did not save yet, encrypted; see ``core.drafts``."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    path = models.CharField(max_length=300)
    content = models.BinaryField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("kept draft")
        verbose_name_plural = _("kept drafts")
        constraints = [models.UniqueConstraint(fields=["user", "path"], name="draft_once")]

    def __str__(self) -> str:
        return self.path


class Sending(models.Model):
    """A form that was sent, under its checksum: sent twice, it makes one thing; see ``core.sending``."""

    key = models.CharField(primary_key=True, max_length=64)
    location = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return self.key
