# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees.lifecycle import MEETING, MeetingState
from committees.models.bodies import Committee
from committees.querysets import (
    AgendaItemQuerySet,
    MeetingQuerySet,
)
from core.sentences import sentence

if TYPE_CHECKING:
    from committees.querysets import MembershipQuerySet
    from core.sentences import Sentence


class Meeting(models.Model):
    """One session of a committee."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="meetings", verbose_name=_("committee"))
    start = models.DateTimeField(_("start"))
    location = models.CharField(_("place"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    number = models.PositiveSmallIntegerField(
        _("number of the meeting"),
        null=True,
        blank=True,
        help_text=_("Counted within the term, as the invitation shows it."),
    )
    end = models.DateTimeField(_("end"), null=True, blank=True)
    invited_at = models.DateTimeField(_("invited on"), null=True, editable=False)
    invited_by_label = models.CharField(max_length=300, blank=True, editable=False)
    seats_by_statute = models.PositiveSmallIntegerField(_("voting seats"), null=True, editable=False)
    cancelled_reason = models.CharField(_("reason for cancelling"), max_length=300, blank=True)
    submission_deadline = models.DateField(_("submission deadline"), null=True, blank=True)

    life = MEETING.of_model
    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["start"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "start"], name="meeting_once"),
            models.CheckConstraint(condition=Q(end=None) | Q(end__gt=F("start")), name="meeting_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.committee}, {timezone.localtime(self.start):%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("committees:meeting_detail", args=[self.pk])

    def members_on_the_day(self) -> MembershipQuerySet:
        """The memberships in force on the day of the meeting."""
        return self.committee.memberships.current(on=timezone.localdate(self.start))


class AgendaItem(models.Model):
    """A point of a meeting's agenda. Its number is text; it may carry several papers or none."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda_items", verbose_name=_("meeting"))
    position = models.PositiveSmallIntegerField(_("position"))
    number = models.CharField(_("number"), max_length=12)
    title = models.CharField(pgettext_lazy("thing", "title"), max_length=250)
    is_public = models.BooleanField(_("public"), default=True)
    non_public_reason = models.CharField(_("reason for excluding the public"), max_length=200, blank=True)
    is_heading = models.BooleanField(
        _("only a heading"), default=False, help_text=_("A heading has no paper and no result; items follow below it.")
    )
    is_urgent = models.BooleanField(_("urgent item"), default=False)
    urgent_reason = models.TextField(_("why it cannot wait"), blank=True)
    urgent_requested_by = models.CharField(_("who asked for it"), max_length=200, blank=True)
    urgent_accepted = models.BooleanField(_("the committee took it on"), null=True, blank=True)
    urgent_vote = models.CharField(_("vote on the urgency"), max_length=120, blank=True)

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
            models.CheckConstraint(
                condition=Q(is_urgent=False) | ~Q(urgent_reason="") & ~Q(urgent_requested_by=""),
                name="agenda_item_urgent_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.called)

    @property
    def called(self) -> Sentence:
        return sentence("Item %(number)s: %(title)s") % {"number": self.number, "title": self.title}


class AgendaTemplate(models.Model):
    """What usually stands on the agenda of a committee."""

    committee = models.ForeignKey(
        Committee, models.CASCADE, related_name="agenda_templates", verbose_name=_("committee")
    )
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("agenda template")
        verbose_name_plural = _("agenda templates")
        ordering = ["committee", "name"]
        constraints = [models.UniqueConstraint(fields=["committee", "name"], name="agenda_template_once")]

    def __str__(self) -> str:
        return self.name


class AgendaTemplateItem(models.Model):
    """One usual item."""

    template = models.ForeignKey(AgendaTemplate, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(_("position"))
    number = models.CharField(_("number"), max_length=12)
    title = models.CharField(pgettext_lazy("thing", "title"), max_length=250)
    is_public = models.BooleanField(_("public"), default=True)
    non_public_reason = models.CharField(_("reason for excluding the public"), max_length=200, blank=True)
    is_heading = models.BooleanField(_("only a heading"), default=False)

    class Meta:
        verbose_name = _("item of an agenda template")
        verbose_name_plural = _("items of an agenda template")
        ordering = ["template", "position"]
        constraints = [
            models.UniqueConstraint(fields=["template", "position"], name="agenda_template_item_position"),
            models.CheckConstraint(
                condition=Q(is_public=True) | ~Q(non_public_reason=""),
                name="agenda_template_item_non_public_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
