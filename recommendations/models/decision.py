# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Department
from core import clock
from core.canonical import CanonicalJSONField
from recommendations.models.recommendation import Recommendation

if TYPE_CHECKING:
    from core.sentences import Text


class DecisionKind(models.TextChoices):
    APPROVE = "approve", pgettext_lazy("decision", "approve")
    CHANGED = "changed", pgettext_lazy("decision", "approve with changes")
    RETURN = "return", pgettext_lazy("decision", "return")
    DEFER = "defer", pgettext_lazy("decision", "defer")
    REJECT = "reject", pgettext_lazy("decision", "reject")


#: What a decision became, for every page that tells of it; the labels above name what can be chosen.
OUTCOMES = {
    DecisionKind.APPROVE: pgettext_lazy("decided", "approved"),
    DecisionKind.CHANGED: pgettext_lazy("decided", "approved with changes"),
    DecisionKind.RETURN: pgettext_lazy("decided", "returned"),
    DecisionKind.DEFER: pgettext_lazy("decided", "deferred"),
    DecisionKind.REJECT: pgettext_lazy("decided", "rejected"),
}
APPROVALS = (DecisionKind.APPROVE, DecisionKind.CHANGED)


class Decision(models.Model):
    """What the head of the lead department decided, about exactly which text. Never changed, never deleted.

    ``content`` is the frozen text. Where the department approved with changes it holds the department's wording, and
    ``proposed_before`` the office's.
    """

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="decisions")
    round = models.PositiveIntegerField()
    kind = models.CharField(_("decision"), max_length=8, choices=DecisionKind.choices)
    reason = models.TextField(_("reason"), blank=True)
    deferred_until = models.DateField(_("deferred until"), null=True)
    department = models.ForeignKey(Department, models.PROTECT, related_name="decisions")
    department_label = models.CharField(max_length=200)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="decisions")
    decided_by_label = models.CharField(max_length=200)
    in_place_of = models.CharField(_("in place of"), max_length=200, blank=True)
    at = models.DateTimeField(default=clock.now, editable=False)
    version = models.PositiveIntegerField(_("version"))
    content = CanonicalJSONField()
    content_sha256 = models.CharField(_("checksum"), max_length=64)
    proposed_before = models.TextField(_("what the office had proposed"), blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "round"], name="decision_once_per_round"),
            models.CheckConstraint(condition=Q(kind__in=APPROVALS) | ~Q(reason=""), name="decision_refusal_has_reason"),
            models.CheckConstraint(
                condition=Q(kind=DecisionKind.CHANGED) & ~Q(proposed_before="")
                | ~Q(kind=DecisionKind.CHANGED) & Q(proposed_before=""),
                name="decision_change_keeps_proposal",
            ),
            models.CheckConstraint(
                condition=Q(kind=DecisionKind.DEFER, deferred_until__isnull=False)
                | ~Q(kind=DecisionKind.DEFER) & Q(deferred_until=None),
                name="decision_deferral_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.recommendation}"

    @property
    def outcome(self) -> Text:
        """What was decided, as a thing done: "approved with changes", never the choice "approve with changes"."""
        return OUTCOMES[DecisionKind(self.kind)]

    @property
    def signature(self) -> str:
        """The name as it stands under the decision, with "i. V." where somebody stood in."""
        if self.in_place_of:
            return f"{self.decided_by_label}, i.\xa0V. {self.in_place_of}"
        return self.decided_by_label
