# SPDX-License-Identifier: EUPL-1.2
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from committees.models import Consultation
from core import clock
from recommendations.models.recommendation import Recommendation


class ResolutionConfirmation(models.Model):
    """The lead department read what a body resolved with changes, and goes on with those words. Never changed.

    ``wording`` is what had been resolved when it was confirmed: a result that is corrected later asks anew.
    """

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="confirmations")
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="confirmations")
    wording = models.TextField(_("resolved text"))
    note = models.TextField(_("note"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=300)
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("confirmed resolution")
        verbose_name_plural = _("confirmed resolutions")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.recommendation}, {self.by_label}"
