# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from tree_queries.query import TreeQuerySet

from accounts.models import Department
from accounts.roles import COORDINATION, DATA_PROTECTION, MONITORING, holds

if TYPE_CHECKING:
    from accounts.models import User
    from actors.models import Person


def _in_the_office(user: User) -> bool:
    return user.is_active and any(holds(user, role) for role in (COORDINATION, MONITORING, DATA_PROTECTION))


def _knows_actors(user: User) -> bool:
    """The register of actors is for the office and the house, not for committee members."""
    if not user.is_authenticated or not user.is_active:
        return False
    return _in_the_office(user) or Department.objects.any_of(user)


class FieldQuerySet(TreeQuerySet):
    def visible_to(self, user: User) -> Self:
        """All fields of action, for the office and the house. Asked within the query: filters of lists stand on it."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self if _in_the_office(user) else self.filter(models.Exists(Department.objects.of(user)))


class ActorQuerySet(TreeQuerySet):
    def visible_to(self, user: User) -> Self:
        """All organisations, for the office and the house."""
        return self if _knows_actors(user) else self.none()


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, user: User) -> Self:
        """All persons with their contact data, for the office and the house."""
        return self if _knows_actors(user) else self.none()
