# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q

from accounts.roles import COORDINATION, DATA_PROTECTION, MONITORING, holds
from core.search import matching
from core.work import WorkQuerySet

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from indicators.models import Finding, Import, KeyFigure, Region, Release, Retrieval, Table


def _known(queryset: Any, user: User) -> Any:
    return queryset if user.is_authenticated and user.is_active else queryset.none()


class RegionQuerySet(models.QuerySet["Region"]):
    def with_values_in(self, table: Table) -> Self:
        """The regions that a table covers."""
        return self.filter(key__in=table.covered.values("region_key"))

    def with_values(self) -> Self:
        """The regions that any table covers; the register has many more."""
        covered = apps.get_model("indicators", "TableRegion").objects.values("region_key")
        return self.filter(key__in=covered)

    def matching(self, text: str) -> Self:
        return self.filter(matching(text, "name") | Q(key__startswith=text))


class TableQuerySet(models.QuerySet["Table"]):
    def visible_to(self, user: User) -> Self:
        """Tables and their calendar are the business of education monitoring, the coordination and the audit."""
        return self if any(holds(user, role) for role in (MONITORING, COORDINATION, DATA_PROTECTION)) else self.none()

    def protected(self) -> Self:
        return self.exclude(protection="open")

    def due(self, day: date) -> Self:
        """Tables whose next delivery is due by that day and nobody was reminded of yet."""
        late = self.filter(next_delivery_on__lte=day)
        return late.filter(Q(reminded_for=None) | ~Q(reminded_for=models.F("next_delivery_on")))


class KeyFigureQuerySet(models.QuerySet["KeyFigure"]):
    def visible_to(self, user: User) -> Self:
        """Key figures are for everybody who is logged in."""
        return _known(self, user)

    def matching(self, text: str) -> Self:
        return self.filter(
            matching(text, "name", "definition", "indicator__name", "indicator__topic", "source_label")
            | Q(code__iexact=text)
            | Q(table__code__istartswith=text)
        )

    def with_values(self) -> Self:
        """Key figures whose table has been delivered."""
        return self.filter(table__covered__isnull=False).distinct()


class FindingQuerySet(models.QuerySet["Finding"]):
    def visible_to(self, user: User) -> Self:
        """Findings quote released values, so they are for everybody who sees key figures."""
        return _known(self, user)


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, user: User) -> Self:
        """Deliveries show exact values: they are for education monitoring alone."""
        return self if holds(user, MONITORING) else self.none()


class ReleaseQuerySet(models.QuerySet["Release"]):
    def visible_to(self, user: User) -> Self:
        """Reports of releases name cells that stay hidden: they are for education monitoring alone."""
        return self if holds(user, MONITORING) else self.none()


class RetrievalQuerySet(WorkQuerySet["Retrieval"]):
    def visible_to(self, user: User) -> Self:
        return self if holds(user, MONITORING) else self.none()
