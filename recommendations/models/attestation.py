# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Attestation
from recommendations.lifecycle import Status
from recommendations.models.recommendation import Recommendation


class StatusAttestation(Attestation):
    """A recommendation stands in a state, or stood there once, although its fact is not in this file."""

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="attestations")
    status = models.CharField(_("state"), max_length=14, choices=Status.choices)

    @property
    def label(self) -> str:
        return self.get_status_display()

    class Meta(Attestation.Meta):
        verbose_name = _("state entered afterwards")
        verbose_name_plural = _("states entered afterwards")
