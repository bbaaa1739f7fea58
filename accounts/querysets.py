# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q
from django.utils import timezone
from guardian.shortcuts import get_objects_for_user


class DepartmentQuerySet(models.QuerySet):
    def granted(self, user, codename):
        """Departments on which this person really holds the right: neither superusers nor global rights count."""
        if not user.is_active:
            return self.none()
        granted = get_objects_for_user(
            user, f"accounts.{codename}", self.model.objects.all(), with_superuser=False, accept_global_perms=False
        )
        return self.filter(pk__in=granted.values("pk"))

    def headed_by(self, user):
        """Departments whose head this person is."""
        return self.granted(user, "decide_for_department")

    def deputised_to(self, user, *, on=None):
        """Departments for which this person stands in on that day."""
        if not user.is_active:
            return self.none()
        on = on or timezone.localdate()
        # one filter call: user and dates must be those of the same delegation
        standing_in = self.model.objects.filter(
            delegations__deputy=user, delegations__valid_from__lte=on, delegations__valid_until__gte=on
        )
        return self.filter(pk__in=standing_in.values("pk"))

    def decided_by(self, user, *, on=None):
        """Departments for which this person may decide on that day, as head or as deputy."""
        return self.filter(
            Q(pk__in=self.headed_by(user).values("pk")) | Q(pk__in=self.deputised_to(user, on=on).values("pk"))
        )

    def staffed_by(self, user):
        """Departments in which this person works."""
        return self.granted(user, "prepare_for_department")

    def of(self, user):
        """Every department this person heads, stands in for, or works in."""
        return self.filter(Q(pk__in=self.decided_by(user).values("pk")) | Q(pk__in=self.staffed_by(user).values("pk")))


class DelegationQuerySet(models.QuerySet):
    def in_force(self, *, on=None):
        """Delegations that hold on that day."""
        on = on or timezone.localdate()
        return self.filter(valid_from__lte=on, valid_until__gte=on)

    def visible_to(self, user):
        """What I set for my department, and where I stand in."""
        departments = self.model._meta.get_field("department").related_model.objects.headed_by(user)
        return self.filter(Q(department__in=departments.values("pk")) | Q(deputy=user))

    def standing_in(self, user, department, *, on=None):
        """The name of the head whom this person stands in for on that day; empty for the head in person."""
        if department in type(department).objects.headed_by(user):
            return ""
        delegation = self.in_force(on=on).filter(deputy=user, department=department).select_related("set_by").first()
        return delegation.set_by.name if delegation else ""
