# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from django.apps import apps
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Model
from django.utils.module_loading import autodiscover_modules
from guardian.shortcuts import assign_perm

from accounts.roles import Role
from core.sentences import sentence as _

if TYPE_CHECKING:
    from core.sentences import Text

Held: TypeAlias = dict[tuple[type[Model], int, int], dict[str, Any]]


@cache
def declared_roles() -> tuple[Role, ...]:
    """Every role that an app states in its ``roles.py``."""
    autodiscover_modules("roles")
    modules = [sys.modules.get(f"{config.name}.roles") for config in apps.get_app_configs()]
    stated = [role for module in modules if module for role in getattr(module, "ROLES", ())]
    return tuple(role for role in stated if isinstance(role, Role))


def role_labels() -> dict[str, Text]:
    """What each role's group is called: “Head, FB 51 Jugend und Familie”."""
    labels: dict[str, Text] = {}
    for role in declared_roles():
        if role.scope:
            for scope in apps.get_model(role.scope).objects.all():
                labels[role.group_name(scope)] = _("%(role)s, %(scope)s") % {"role": role.label, "scope": scope}
        else:
            labels[role.group_name()] = role.label
    return labels


@transaction.atomic
def sync_roles(*, scope: Model | None = None) -> int:
    """Make every role's group and grants be exactly what the tables say, for all scopes or for one new scope."""
    wanted = {role.group_name(instance): (role, instance) for role, instance in _places(scope)}
    groups = {group.name: group for group in Group.objects.filter(name__in=wanted)}
    for name in wanted:
        if name not in groups:
            groups[name], _created = Group.objects.get_or_create(name=name)
    held = _held(groups.values(), {type(instance) for _role, instance in wanted.values() if instance})
    for name, (role, instance) in wanted.items():
        if instance:
            _set_grants(role, groups[name], instance, held)
    return len(wanted)


def _places(scope: Model | None) -> Iterator[tuple[Role, Model | None]]:
    """Each role with what it is bound to: with None where it holds for the whole house, with every scope otherwise."""
    for role in declared_roles():
        if not role.scope:
            yield role, None
            continue
        model = apps.get_model(role.scope)
        if scope is None:
            yield from ((role, instance) for instance in model.objects.all())
        elif isinstance(scope, model):
            yield role, scope


def _grants(model: type[Model]) -> Any:
    return apps.get_model(model._meta.app_label, f"{model._meta.object_name}GroupObjectPermission").objects


def _held(groups: Iterable[Group], scopes: Collection[type[Model]]) -> Held:
    """What these groups hold on things of these models: ``{(model, group, thing): {code: grant}}``."""
    held = {}
    for model in scopes:
        rows = _grants(model).filter(group__in=groups)
        for grant, *place, code in rows.values_list("pk", "group", "content_object", "permission__codename"):
            held.setdefault((model, *place), {})[code] = grant
    return held


def _set_grants(role: Role, group: Group, instance: Model, held: Held) -> None:
    codes = held.get((type(instance), group.pk, instance.pk), {})
    if too_many := [grant for code, grant in codes.items() if code not in role.permissions]:
        _grants(type(instance)).filter(pk__in=too_many).delete()
    for codename in role.permissions:
        if codename not in codes:
            assign_perm(f"{instance._meta.app_label}.{codename}", group, instance)
