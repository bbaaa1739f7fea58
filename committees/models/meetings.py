# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees.models.bodies import Committee
from committees.querysets import (
    AgendaItemQuerySet,
    MeetingQuerySet,
)


class MeetingState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("meeting", "planned")
    INVITED = "invited", pgettext_lazy("meeting", "invited")
    HELD = "held", pgettext_lazy("meeting", "held")
    CLOSED = "closed", pgettext_lazy("meeting", "closed")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "cancelled")


class Meeting(models.Model):
    """One session of a committee."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="meetings", verbose_name=_("committee"))
    start = models.DateTimeField(_("start"))
    location = models.CharField(_("place"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    submission_deadline = models.DateField(_("submission deadline"), null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["start"]
        constraints = [models.UniqueConstraint(fields=["committee", "start"], name="meeting_once")]

    def __str__(self):
        return f"{self.committee}, {self.start:%d.%m.%Y}"

    def get_absolute_url(self):
        return reverse("committees:meeting_detail", args=[self.pk])


class AgendaItem(models.Model):
    """A point of a meeting's agenda. Its number is text; it may carry several papers or none."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda_items", verbose_name=_("meeting"))
    position = models.PositiveSmallIntegerField(_("position"))
    number = models.CharField(_("number"), max_length=12)
    title = models.CharField(pgettext_lazy("thing", "title"), max_length=250)
    is_public = models.BooleanField(_("public"), default=True)
    non_public_reason = models.CharField(_("reason for excluding the public"), max_length=200, blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["meeting", "position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="agenda_item_position"),
            models.CheckConstraint(
                condition=Q(is_public=True) | ~Q(non_public_reason=""), name="agenda_item_non_public_has_reason"
            ),
        ]

    def __str__(self):
        return str(_("Item %(number)s: %(title)s")) % {"number": self.number, "title": self.title}
