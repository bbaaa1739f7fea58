# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.utils.translation import gettext_lazy as _

from committees.models import Paper
from core import clock
from recommendations.models.decision import Decision
from recommendations.models.recommendation import Recommendation


class PaperOfRecommendation(models.Model):
    """Which paper was made of which recommendation, on the strength of which approval. A reopening takes none away.

    ``Recommendation.paper`` is the one that holds now; earlier ones stay here, so that their readers can be told.
    """

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="papers")
    paper = models.OneToOneField(Paper, models.PROTECT, related_name="origin", verbose_name=_("paper"))
    approval = models.ForeignKey(Decision, models.PROTECT, related_name="papers", verbose_name=_("approval"))
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("paper of a recommendation")
        verbose_name_plural = _("papers of recommendations")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.paper.reference}: {self.recommendation}"

    @property
    def holds(self) -> bool:
        """Whether the approval that the paper stands on is still the one in force."""
        return self.approval_id == self.recommendation.approval_id
