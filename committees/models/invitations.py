# SPDX-License-Identifier: EUPL-1.2
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from committees.lifecycle import MeetingState
from committees.models.bodies import Membership
from committees.models.meetings import Meeting
from core import clock
from core.models import Attestation


class Invitation(models.Model):
    """Somebody was invited to a meeting: the fact behind "invited". The name stays as it stood on that day."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="invitations", verbose_name=_("meeting"))
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="invitations")
    name = models.CharField(_("name"), max_length=300)
    sent_at = models.DateTimeField(_("sent"), default=clock.now, editable=False)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_by_label = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["meeting", "membership"], name="invitation_once")]

    def __str__(self) -> str:
        return self.name


class MeetingAttestation(Attestation):
    """A meeting stands in a state, or stood there once, although its fact is not in this file."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attestations")
    state = models.CharField(_("state"), max_length=10, choices=MeetingState.choices)

    @property
    def label(self) -> str:
        return self.get_state_display()

    class Meta(Attestation.Meta):
        verbose_name = _("state of a meeting entered afterwards")
        verbose_name_plural = _("states of meetings entered afterwards")
