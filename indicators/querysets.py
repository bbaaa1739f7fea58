# SPDX-License-Identifier: EUPL-1.2
from django.apps import apps
from django.db import models
from django.db.models import Q

from accounts.roles import COORDINATION, DATA_PROTECTION, MONITORING, holds
from core.search import matching
from core.work import WorkQuerySet


def _known(queryset, user):
    return queryset if user.is_authenticated and user.is_active else queryset.none()


class RegionQuerySet(models.QuerySet):
    def with_values_in(self, table):
        """The regions that a table covers."""
        return self.filter(key__in=table.covered.values("region_key"))

    def with_values(self):
        """The regions that any table covers; the register has many more."""
        covered = apps.get_model("indicators", "TableRegion").objects.values("region_key")
        return self.filter(key__in=covered)

    def matching(self, text):
        return self.filter(matching(text, "name") | Q(key__startswith=text))


class TableQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Tables and their calendar are the business of education monitoring, the coordination and the audit."""
        return self if any(holds(user, role) for role in (MONITORING, COORDINATION, DATA_PROTECTION)) else self.none()

    def protected(self):
        return self.exclude(protection="open")

    def due(self, day):
        """Tables whose next delivery is due by that day and nobody was reminded of yet."""
        late = self.filter(next_delivery_on__lte=day)
        return late.filter(Q(reminded_for=None) | ~Q(reminded_for=models.F("next_delivery_on")))


class KeyFigureQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Key figures are for everybody who is logged in."""
        return _known(self, user)

    def matching(self, text):
        return self.filter(
            matching(text, "name", "definition", "indicator__name", "indicator__topic", "source_label")
            | Q(code__iexact=text)
            | Q(table__code__istartswith=text)
        )

    def with_values(self):
        """Key figures whose table has been delivered."""
        return self.filter(table__covered__isnull=False).distinct()


class FindingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Findings quote released values, so they are for everybody who sees key figures."""
        return _known(self, user)


class ImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Deliveries show exact values: they are for education monitoring alone."""
        return self if holds(user, MONITORING) else self.none()


class ReleaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Reports of releases name cells that stay hidden: they are for education monitoring alone."""
        return self if holds(user, MONITORING) else self.none()


class RetrievalQuerySet(WorkQuerySet):
    def visible_to(self, user):
        return self if holds(user, MONITORING) else self.none()
