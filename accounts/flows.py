# SPDX-License-Identifier: EUPL-1.2
import sys

from django.apps import apps
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.module_loading import autodiscover_modules
from guardian.shortcuts import assign_perm

from accounts.roles import Role


def declared_roles():
    """Every role that an app states in its ``roles.py``."""
    autodiscover_modules("roles")
    modules = [sys.modules.get(f"{config.name}.roles") for config in apps.get_app_configs()]
    return [role for module in modules if module for role in getattr(module, "ROLES", ()) if isinstance(role, Role)]


def role_labels():
    """What each role's group is called: “Head, FB 51 Jugend und Familie”."""
    labels = {}
    for role in declared_roles():
        if role.scope:
            for scope in apps.get_model(role.scope).objects.all():
                labels[role.group_name(scope)] = f"{role.label}, {scope}"
        else:
            labels[role.group_name()] = str(role.label)
    return labels


@transaction.atomic
def sync_roles(*, scope=None):
    """Make every role's group and grants be exactly what the tables say, for all scopes or for one new scope."""
    groups = 0
    for role in declared_roles():
        if not role.scope:
            Group.objects.get_or_create(name=role.group_name())
            groups += 1
            continue
        model = apps.get_model(role.scope)
        if scope and not isinstance(scope, model):
            continue
        for instance in [scope] if scope else model.objects.all():
            group, _ = Group.objects.get_or_create(name=role.group_name(instance))
            _set_grants(role, group, instance)
            groups += 1
    return groups


def _set_grants(role, group, instance):
    scope = instance._meta
    table = apps.get_model(scope.app_label, f"{scope.object_name}GroupObjectPermission")
    grants = table.objects.filter(group=group, content_object=instance)
    grants.exclude(permission__codename__in=role.permissions).delete()
    held = set(grants.values_list("permission__codename", flat=True))
    for codename in role.permissions:
        if codename not in held:
            assign_perm(f"{scope.app_label}.{codename}", group, instance)
