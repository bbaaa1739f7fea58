# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q

from accounts.roles import COORDINATION, DATA_PROTECTION, MONITORING, holds


class KeyFigureQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Key figures are for everybody who is logged in."""
        return self if user.is_authenticated and user.is_active else self.none()

    def matching(self, text):
        return self.filter(Q(name__icontains=text) | Q(definition__icontains=text) | Q(indicator__name__icontains=text))


class ImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Deliveries are the business of education monitoring, the coordination and the audit."""
        return self if any(holds(user, role) for role in (MONITORING, COORDINATION, DATA_PROTECTION)) else self.none()
