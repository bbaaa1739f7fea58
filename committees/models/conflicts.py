# SPDX-License-Identifier: EUPL-1.2
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from committees.models.bodies import Membership
from committees.models.meetings import AgendaItem
from committees.models.papers import Paper
from committees.querysets import ConflictQuerySet


class ConflictOfInterest(models.Model):
    """A member may not take part in one item or paper (Befangenheit): no paper, no debate, no vote.

    It is never deleted; withdrawn it is with a reason. Why somebody is biased is the member's own matter and is kept
    from everybody but the secretary.
    """

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="conflicts", verbose_name=_("membership"))
    agenda_item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="conflicts", verbose_name=_("agenda item")
    )
    paper = models.ForeignKey(
        Paper, models.PROTECT, null=True, blank=True, related_name="conflicts", verbose_name=_("paper")
    )
    reason = models.CharField(_("reason for the conflict of interest"), max_length=300, blank=True)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="conflicts_declared")
    declared_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="conflicts_withdrawn"
    )
    withdrawal_reason = models.CharField(_("reason for withdrawing"), max_length=300, blank=True)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        ordering = ["-declared_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agenda_item__isnull=False, paper=None) | Q(agenda_item=None, paper__isnull=False),
                name="conflict_on_item_or_paper",
            ),
            models.UniqueConstraint(
                fields=["membership", "agenda_item"], condition=Q(withdrawn_at=None), name="conflict_item_once"
            ),
            models.UniqueConstraint(
                fields=["membership", "paper"], condition=Q(withdrawn_at=None), name="conflict_paper_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawal_reason=""),
                name="conflict_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.membership)

    @property
    def subject(self) -> models.Model:
        """Whose history tells of it: the meeting of the item, or the paper."""
        return self.paper or self.agenda_item.meeting
