# SPDX-License-Identifier: EUPL-1.2
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from guardian.utils import get_group_obj_perms_model, get_user_obj_perms_model


def granted_on(model, user, *codenames):
    """The condition on things of a model: those on which this person really holds one of these rights.

    Held alone or in a group, on the thing itself: neither superusers nor global rights count. Written out, because it
    is part of nearly every question of the house and the library's own is put together from three times as much.
    """
    right = {
        "permission__content_type": ContentType.objects.get_for_model(model),
        "permission__codename__in": codenames,
    }
    alone = get_user_obj_perms_model(model).objects.filter(user=user, **right)
    in_a_group = get_group_obj_perms_model(model).objects.filter(group__user=user, **right)
    return Q(pk__in=alone.values("content_object")) | Q(pk__in=in_a_group.values("content_object"))


class DepartmentQuerySet(models.QuerySet):
    def headed_by(self, user):
        """Departments whose head this person is."""
        return self._of(user, "decide_for_department")

    def deputised_to(self, user, *, on=None):
        """Departments for which this person stands in on that day."""
        return self.filter(self._standing_in(user, on)) if user.is_active else self.none()

    def decided_by(self, user, *, on=None):
        """Departments for which this person may decide on that day, as head or as deputy."""
        return self._of(user, "decide_for_department", or_else=self._standing_in(user, on))

    def staffed_by(self, user):
        """Departments in which this person works."""
        return self._of(user, "prepare_for_department")

    def of(self, user):
        """Every department this person heads, stands in for, or works in."""
        return self._of(user, "decide_for_department", "prepare_for_department", or_else=self._standing_in(user, None))

    def _of(self, user, *codenames, or_else=None):
        if not user.is_active:
            return self.none()
        return self.filter(granted_on(self.model, user, *codenames) | (or_else or Q()))

    def _standing_in(self, user, on):
        if not user.is_active:
            return Q()
        delegations = self.model._meta.get_field("delegations").related_model.objects
        return Q(pk__in=delegations.in_force(on=on).filter(deputy=user).values("department"))


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
