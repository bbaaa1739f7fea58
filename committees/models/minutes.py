# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees.lifecycle import MINUTES, MinutesState
from committees.models.meetings import AgendaItem, Meeting
from committees.querysets import MinutesQuerySet
from core.sentences import sentence

if TYPE_CHECKING:
    from core.sentences import Sentence


class Minutes(models.Model):
    """The record of a meeting (Niederschrift). The committee approves it in its next meeting; then it is locked.

    ``opening`` is what it tells from the records about the meeting as a whole, as ``committees.account`` makes it:
    empty while it is a draft and follows them. Older minutes, where ``tells_record`` is false, have it in their text.
    """

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes", verbose_name=_("meeting"))
    state = models.CharField(_("state"), max_length=10, choices=MinutesState.choices, default=MinutesState.DRAFT)
    tells_record = models.BooleanField(default=True, editable=False)
    opening = models.JSONField(null=True, editable=False)
    general = models.TextField(_("general, public part"), blank=True)
    general_closed = models.TextField(_("general, non-public part"), blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="minutes_written")
    submitted_at = models.DateTimeField(null=True, editable=False)
    approved_in = models.ForeignKey(
        AgendaItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="minutes_approved",
        verbose_name=_("approved under agenda item"),
    )
    approved_at = models.DateTimeField(null=True, editable=False)
    objections = models.TextField(_("objections"), blank=True)

    life = MINUTES.of_model
    objects = MinutesQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("council", "minutes")
        verbose_name_plural = pgettext_lazy("council", "minutes")
        ordering = ["-meeting__start"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=MinutesState.APPROVED, approved_in__isnull=False, approved_at__isnull=False)
                | ~Q(state=MinutesState.APPROVED) & Q(approved_in=None, approved_at=None),
                name="minutes_approval_complete",
            ),
        ]

    def __str__(self) -> str:
        return str(self.called)

    @property
    def called(self) -> Sentence:
        return sentence("Minutes: %(meeting)s") % {"meeting": self.meeting}

    def get_absolute_url(self) -> str:
        return reverse("committees:minutes_detail", args=[self.pk])


class MinutesEntry(models.Model):
    """What the minutes say about one agenda item; public or not as the item is.

    First what was recorded (``account``, empty while it follows the records), then ``text``, which people typed.
    Older entries, where ``tells_record`` is false, have both in their text.
    """

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="entries")
    agenda_item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="minutes_entry")
    tells_record = models.BooleanField(default=True, editable=False)
    account = models.JSONField(null=True, editable=False)
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("entry in the minutes")
        verbose_name_plural = _("entries in the minutes")
        ordering = ["minutes", "agenda_item__position"]

    def __str__(self) -> str:
        return str(self.agenda_item)
