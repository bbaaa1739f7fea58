# SPDX-License-Identifier: EUPL-1.2
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from core import clock
from recommendations.lifecycle import TRANSFER, TransferState
from recommendations.models.recommendation import Recommendation
from recommendations.querysets import LeadTransferQuerySet


class LeadTransfer(models.Model):
    """A proposal to give the lead of a recommendation to another department, and what both departments said to it.

    Only when the present lead has released it and the new one has accepted it does the lead change. Whoever proposed
    it does not bring it about alone, not even as head of both. What is settled is never changed.
    """

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="lead_transfers")
    from_department = models.ForeignKey(
        Department, models.PROTECT, related_name="leads_to_release", verbose_name=_("present lead department")
    )
    to_department = models.ForeignKey(
        Department, models.PROTECT, related_name="leads_to_accept", verbose_name=_("new lead department")
    )
    reason = models.TextField(_("reason"))
    state = models.CharField(_("state"), max_length=9, choices=TransferState.choices, default=TransferState.OPEN)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_by_label = models.CharField(max_length=300)
    proposed_at = models.DateTimeField(default=clock.now, editable=False)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    released_by_label = models.CharField(max_length=300, blank=True)
    released_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    accepted_by_label = models.CharField(max_length=300, blank=True)
    accepted_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    refused_by_label = models.CharField(max_length=300, blank=True)
    refusal_reason = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)

    life = TRANSFER.of_model
    objects = LeadTransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of the lead department")
        verbose_name_plural = _("changes of the lead department")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation"], condition=Q(state=TransferState.OPEN), name="transfer_open_once"
            ),
            models.CheckConstraint(condition=Q(state__in=TransferState.values), name="transfer_state_known"),
            models.CheckConstraint(condition=~Q(from_department=F("to_department")), name="transfer_to_another"),
            models.CheckConstraint(
                condition=Q(state=TransferState.OPEN, settled_at=None)
                | ~Q(state=TransferState.OPEN) & Q(settled_at__isnull=False),
                name="transfer_settled_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state=TransferState.AGREED)
                | Q(released_by__isnull=False, released_at__isnull=False)
                & Q(accepted_by__isnull=False, accepted_at__isnull=False),
                name="transfer_agreed_by_both",
            ),
            models.CheckConstraint(
                condition=~Q(state=TransferState.AGREED, released_by=F("proposed_by"), accepted_by=F("proposed_by")),
                name="transfer_not_by_one_alone",
            ),
            models.CheckConstraint(
                condition=~Q(state=TransferState.REFUSED) | Q(refused_by__isnull=False) & ~Q(refusal_reason=""),
                name="transfer_refusal_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation}: {self.from_department.code} → {self.to_department.code}"

    def get_absolute_url(self) -> str:
        return reverse("recommendations:transfer", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == TransferState.OPEN
