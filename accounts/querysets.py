# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.utils import timezone
from guardian.utils import get_group_obj_perms_model, get_user_obj_perms_model

from accounts.incompatible import DEPUTY, HEAD, excluding
from accounts.roles import COORDINATION, MONITORING, group_of, on_any
from core import clock, memo
from core.search import Folded

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import Delegation, Department, DeputyCandidate, Grant, User


def keys_granted(model: Any, user: User, *codenames: str) -> Any:
    """The keys of those things of a model on which this person really holds one of these rights.

    Held alone or in a group, on the thing itself: neither superusers nor global rights count. Written out, because it
    is part of nearly every question of the house and the library's own is put together from three times as much.
    """

    def holders(rights: Any, **who: Any) -> Any:
        of_model = ContentType.objects.get_for_model(model)
        held = rights.objects.filter(permission__content_type=of_model, permission__codename__in=codenames, **who)
        return held.values_list("content_object", flat=True)

    def found() -> Any:
        alone = holders(get_user_obj_perms_model(model), user=user)
        return alone.union(holders(get_group_obj_perms_model(model), group__user=user))

    return memo.keys(("granted", model._meta.label, codenames, user.pk), found)


def granted_on(model: Any, user: User, *codenames: str) -> Q:
    """The condition on things of a model that this person really holds one of these rights on them."""
    return Q(pk__in=keys_granted(model, user, *codenames))


class UserQuerySet(models.QuerySet["User"]):
    def in_a_department(self) -> Self:
        """People who head some department or work in one."""
        return self.active().filter(self._in_a_department()).distinct().order_by(Folded("name"))

    def in_the_house(self) -> Self:
        """People with a role in the office, in a department or as a committee's secretary: who can be given work."""
        roles = Q(groups__name__in=(group_of(COORDINATION), group_of(MONITORING)))
        roles |= self._in_a_department() | Q(groups__name__startswith=on_any("committee"))
        return self.active().filter(roles).distinct().order_by(Folded("name"))

    def active(self) -> Self:
        return self.filter(is_active=True)

    def appointed(self, code: str, *scopes: models.Model) -> Self:
        """People with a role on one of these scopes, such as the secretaries of a committee."""
        names = [group_of(code, scope) for scope in scopes]
        return self.active().filter(groups__name__in=names).distinct().order_by(Folded("name"))

    def holding(self, role: str) -> Self:
        """People who hold a role of the whole house."""
        return self.active().filter(groups__name=group_of(role)).order_by(Folded("name"))

    def superior(self) -> Self:
        """The person above the departments, whom the installation names by address; nobody where it names none."""
        return self.active().filter(email__iexact=settings.SUPERIOR) if settings.SUPERIOR else self.none()

    def heading(self, *departments: Department, at: datetime | None = None) -> Self:
        """The heads of these departments at that moment."""
        grants = self._of("grants").in_force(at).filter(department__in=departments)
        return self.filter(pk__in=grants.values("person")).order_by(Folded("name"))

    def standing_in_for(self, *departments: Department, at: datetime | None = None) -> Self:
        """Who stands in for the heads of these departments at that moment."""
        deputyships = self._of("delegations").in_force(at).filter(department__in=departments)
        return self.filter(pk__in=deputyships.values("deputy")).order_by(Folded("name"))

    def eligible_as_deputies(self, department: Department, at: datetime | None = None) -> Self:
        """From the department itself, from the heads of others, or from the list that the head keeps."""
        heads = self._of("grants").in_force(at).values("person")
        listed = self.model._meta.apps.get_model("accounts", "DeputyCandidate").objects.filter(department=department)
        staff = Q(groups__name=group_of("staff", department))
        chosen = self.active().filter(staff | Q(pk__in=heads) | Q(pk__in=listed.values("person")))
        return chosen.exclude(groups__name__in=excluding(DEPUTY)).distinct().order_by(Folded("name"))

    def _in_a_department(self) -> Q:
        heads = self._of("grants").in_force().values("person")
        return Q(groups__name__startswith=on_any("department")) | Q(pk__in=heads)

    def _of(self, name: str) -> Any:
        return self.model._meta.get_field(name).related_model.objects


class DepartmentQuerySet(models.QuerySet["Department"]):
    def visible_to(self, user: User) -> Self:
        """All departments for the house: whoever holds a role of it, heads, stands in for or works in a department."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        knows = user.office_roles or self.any_of(user) or user._meta.model.objects.superior().filter(pk=user.pk)
        return self if knows else self.none()

    def any_of(self, user: User) -> bool:
        """Whether this person heads, stands in for or works in any department."""
        return self.any_decided_by(user) or self.any_staffed_by(user)

    def any_decided_by(self, user: User) -> bool:
        return user.is_active and bool(self._keys("grants", person=user) or self._keys("delegations", deputy=user))

    def any_staffed_by(self, user: User) -> bool:
        works = keys_granted(self.model, user, "prepare_for_department")
        return user.is_active and bool(works or self._keys("grants", person=user))

    def headed_by(self, user: User, *, at: datetime | None = None) -> Self:
        """Departments whose head this person is at that moment."""
        return self.filter(self._headed(user, at)) if user.is_active else self.none()

    def deputised_to(self, user: User, *, at: datetime | None = None) -> Self:
        """Departments for which this person stands in at that moment."""
        return self.filter(self._standing_in(user, at)) if user.is_active else self.none()

    def decided_by(self, user: User, *, at: datetime | None = None) -> Self:
        """Departments for which this person may decide at that moment, as head or as deputy."""
        if not user.is_active:
            return self.none()
        return self.filter(self._headed(user, at) | self._standing_in(user, at))

    def staffed_by(self, user: User) -> Self:
        """Departments in which this person works, as head or as staff."""
        if not user.is_active:
            return self.none()
        return self.filter(granted_on(self.model, user, "prepare_for_department") | self._headed(user, None))

    def of(self, user: User) -> Self:
        """Every department this person heads, stands in for, or works in."""
        if not user.is_active:
            return self.none()
        works = granted_on(self.model, user, "prepare_for_department")
        return self.filter(works | self._headed(user, None) | self._standing_in(user, None))

    def with_a_head(self, *, at: datetime | None = None) -> Self:
        return self.filter(pk__in=self._of("grants").in_force(at).values("department"))

    def without_anybody_to_decide(self, *, at: datetime | None = None) -> Self:
        """Departments that have neither a head nor a deputy at that moment."""
        return self.exclude(pk__in=self._of("grants").in_force(at).values("department")).exclude(
            pk__in=self._of("delegations").in_force(at).values("department")
        )

    def _headed(self, user: User, at: datetime | None) -> Q:
        return Q(pk__in=self._keys("grants", at, person=user))

    def _standing_in(self, user: User, at: datetime | None) -> Q:
        return Q(pk__in=self._keys("delegations", at, deputy=user))

    def _keys(self, name: str, at: datetime | None = None, **whose: User) -> Any:
        """The keys of the departments for which such a paper of this person is in force at that moment, or now."""
        (user,) = whose.values()
        if at or not memo.remembers():
            return self._of(name).in_force(at).filter(**whose).values_list("department", flat=True)
        return memo.once(("standings", user.pk), lambda: self._standings(user))[name]

    def _standings(self, user: User) -> dict[str, list[int]]:
        """Both kinds of papers of this person that are in force now, in one question: most pages ask for both."""
        found: dict[str, list[int]] = {"grants": [], "delegations": []}
        rows = [
            self._of(name).in_force().filter(**whose).order_by().values_list(Value(name), "department")
            for name, whose in (("grants", {"person": user}), ("delegations", {"deputy": user}))
        ]
        for name, department in rows[0].union(rows[1]):
            found[name].append(department)
        return found

    def _of(self, name: str) -> Any:
        return self.model._meta.get_field(name).related_model.objects


def _held_by(person: str, standing: str) -> Any:
    """The condition that an account is switched on and holds no role that excludes this standing."""
    excluded = Group.objects.filter(name__in=excluding(standing), user=OuterRef(person))
    return Q(**{f"{person}__is_active": True}) & ~Exists(excluded)


class GrantQuerySet(models.QuerySet["Grant"]):
    def in_force(self, at: datetime | None = None) -> Self:
        """Grants by which somebody decides at that moment: confirmed, begun, not ended, the person free to do it."""
        at = at or clock.now()
        day = timezone.localdate(at)
        return self.confirmed(at).filter(
            Q(ended_at=None) | Q(ended_at__gt=at),
            Q(valid_until=None) | Q(valid_until__gte=day),
            _held_by("person", HEAD),
            valid_from__lte=day,
        )

    def confirmed(self, at: datetime | None = None) -> Self:
        return self.filter(confirmed_at__lte=at or clock.now())

    def visible_to(self, user: User) -> Self:
        """Who decides, decided and was proposed, in the departments that this person may see."""
        departments = self.model._meta.get_field("department").related_model.objects.visible_to(user)
        return self.filter(department__in=departments.values("pk"))

    def open(self) -> Self:
        """Proposed and not answered yet."""
        return self.filter(confirmed_at=None, ended_at=None)

    def living(self) -> Self:
        """Neither ended nor run out: proposals, grants to come, grants in force."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=timezone.localdate(clock.now())), ended_at=None)

    def barred(self) -> Self:
        """Living, but of somebody who holds a role that excludes heading a department: they cannot decide."""
        return self.living().filter(person__groups__name__in=excluding(HEAD)).distinct()

    def for_display(self) -> Self:
        return self.select_related("department", "person", "proposed_by", "confirmed_by", "ended_by")


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def in_force(self, at: datetime | None = None) -> Self:
        """Deputyships that hold at that moment: within their days and hours, on a grant older than they are."""
        at = at or clock.now()
        day, time = timezone.localdate(at), timezone.localtime(at).time()
        begun = Q(valid_from__lt=day) | Q(valid_from=day) & (Q(from_time=None) | Q(from_time__lte=time))
        going_on = Q(valid_until__gt=day) | Q(valid_until=day) & (Q(until_time=None) | Q(until_time__gt=time))
        return self.filter(
            begun,
            going_on,
            Q(ended_at=None) | Q(ended_at__gt=at),
            _held_by("deputy", DEPUTY),
            self._rests_on_a_grant(at),
            created_at__lte=at,
        )

    def _rests_on_a_grant(self, at: datetime) -> Exists:
        grants = self.model._meta.get_field("department").related_model._meta.get_field("grants").related_model.objects
        return Exists(
            grants.in_force(at).filter(
                department=OuterRef("department"), person=OuterRef("set_by"), confirmed_at__lte=OuterRef("created_at")
            )
        )

    def visible_to(self, user: User) -> Self:
        """What I set for my department, and where I stand in."""
        departments = self.model._meta.get_field("department").related_model.objects.headed_by(user)
        return self.filter(Q(department__in=departments.values("pk")) | Q(deputy=user))

    def living(self) -> Self:
        """Neither ended nor run out: those to come, and those of today."""
        return self.filter(valid_until__gte=timezone.localdate(clock.now()), ended_at=None)

    def barred(self) -> Self:
        """Living, but of somebody who holds a role that excludes standing in: they cannot decide."""
        return self.living().filter(deputy__groups__name__in=excluding(DEPUTY)).distinct()

    def in_order(self) -> Self:
        return self.order_by("position", "valid_from", "pk").select_related("department", "deputy", "set_by")

    def standing_in(self, user: User, department: Department, *, at: datetime | None = None) -> str:
        """The name of the head whom this person stands in for at that moment; empty for the head in person."""
        if department in type(department).objects.headed_by(user, at=at):
            return ""
        delegation = self.in_force(at).filter(deputy=user, department=department).in_order().first()
        return delegation.set_by.name if delegation else ""


class DeputyCandidateQuerySet(models.QuerySet["DeputyCandidate"]):
    def kept_by(self, user: User) -> Self:
        """The lists of the departments that this person heads."""
        departments = self.model._meta.get_field("department").related_model.objects.headed_by(user)
        return self.filter(department__in=departments.values("pk")).select_related("department", "person")
