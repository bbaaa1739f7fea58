# SPDX-License-Identifier: EUPL-1.2
import sys
from datetime import timedelta
from functools import cache
from operator import attrgetter

from django.apps import apps
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.module_loading import autodiscover_modules
from guardian.shortcuts import assign_perm

from accounts import events, permissions
from accounts.models import Delegation, Department
from accounts.roles import Role
from activity.events import REFUSED
from activity.flows import locked_form, logs_refusals, of_form, record, save_recorded


@cache
def declared_roles():
    """Every role that an app states in its ``roles.py``."""
    autodiscover_modules("roles")
    modules = [sys.modules.get(f"{config.name}.roles") for config in apps.get_app_configs()]
    stated = [role for module in modules if module for role in getattr(module, "ROLES", ())]
    return tuple(role for role in stated if isinstance(role, Role))


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


def _places(scope):
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


def _grants(model):
    return apps.get_model(model._meta.app_label, f"{model._meta.object_name}GroupObjectPermission").objects


def _held(groups, scopes):
    """What these groups hold on things of these models: ``{(model, group, thing): {code: grant}}``."""
    held = {}
    for model in scopes:
        rows = _grants(model).filter(group__in=groups)
        for grant, *place, code in rows.values_list("pk", "group", "content_object", "permission__codename"):
            held.setdefault((model, *place), {})[code] = grant
    return held


def _set_grants(role, group, instance, held):
    codes = held.get((type(instance), group.pk, instance.pk), {})
    if too_many := [grant for code, grant in codes.items() if code not in role.permissions]:
        _grants(type(instance)).filter(pk__in=too_many).delete()
    for codename in role.permissions:
        if codename not in codes:
            assign_perm(f"{instance._meta.app_label}.{codename}", group, instance)


@logs_refusals(REFUSED, about=of_form)
@transaction.atomic
def save_account(form, *, by):
    """Create or change an account with its roles; who got which role stands in the log."""
    form = locked_form(form)
    permissions.can_administer(by).enforce()
    is_new = form.instance.pk is None
    user = form.save()
    roles = ", ".join(sorted(user.groups.values_list("name", flat=True))) or "–"
    record(events.USER_CREATED if is_new else events.USER_CHANGED, user, by=by, roles=roles)
    return user


@logs_refusals(REFUSED, about=of_form)
@transaction.atomic
def save_department(form, *, by):
    """Create or change a department; its roles come to be with it."""
    department = save_recorded(
        form,
        by=by,
        may=permissions.can_administer,
        created=events.DEPARTMENT_CREATED,
        changed=events.DEPARTMENT_CHANGED,
    )
    sync_roles(scope=department)
    return department


@logs_refusals(REFUSED)
@transaction.atomic
def delegate(department, *, by, deputy, valid_from, valid_until):
    """The head lets somebody decide for the department, from a day to a day."""
    department = Department.objects.select_for_update(of=("self",)).get(pk=department.pk)
    permissions.can_delegate(by, department).enforce()
    delegation = Delegation.objects.create(
        department=department, deputy=deputy, set_by=by, valid_from=valid_from, valid_until=valid_until
    )
    days = f"{date_format(valid_from, 'd.m.Y')} – {date_format(valid_until, 'd.m.Y')}"
    record(events.DELEGATED, delegation, by=by, days=days)
    return delegation


@logs_refusals(REFUSED, about=attrgetter("department"))
@transaction.atomic
def end_delegation(delegation, *, by, today=None):
    """The head takes the deputyship back: from today on it no longer holds."""
    delegation = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
    permissions.can_delegate(by, delegation.department).enforce()
    today = today or timezone.localdate()
    record(events.DELEGATION_ENDED, delegation, by=by)
    if delegation.valid_from >= today:
        delegation.delete()
    else:
        delegation.valid_until = min(delegation.valid_until, today - timedelta(days=1))
        delegation.save(update_fields=["valid_until"])
