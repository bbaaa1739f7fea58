# SPDX-License-Identifier: EUPL-1.2
"""Accounts and departments, as the administration keeps them; and what people change on their own account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from accounts import events, mail, permissions
from accounts.changes import ROLES
from accounts.flows.roles import role_labels, sync_roles
from accounts.models import User
from accounts.roles import ADMINISTRATION
from activity.events import REFUSED
from activity.flows import locked_form, logs_refusals, of_form, record, save_recorded, without
from core.errors import WrongState
from core.sentences import sentence as _

if TYPE_CHECKING:
    from accounts.forms import DepartmentForm, SettingsForm, UserForm
    from accounts.models import Department
    from activity.kinds import Kind


@logs_refusals(REFUSED, about=of_form)
@transaction.atomic
def save_account(form: UserForm, *, by: User) -> User:
    """Create or change an account with its roles; what was and what is stands in the log.

    A new account has no password: the person gets a link. The last active administrator stays one.
    """
    form = locked_form(form)
    permissions.can_administer(by).enforce()
    is_new = form.instance.pk is None
    before = {} if is_new else _written(User.objects.get(pk=form.instance.pk))
    if is_new:
        form.instance.set_unusable_password()
    user = form.save()
    if not User.objects.holding(ADMINISTRATION).exists():
        raise WrongState(_("This is the last administrator. Give somebody else the role first."))
    now = _written(user)
    roles = sorted(user.groups.values_list("name", flat=True))
    kind = events.USER_CREATED if is_new else events.USER_CHANGED
    record(kind, user, by=by, roles=roles, note=(before, now))
    if is_new:
        _send_link(user, by, events.USER_INVITED)
    return user


@logs_refusals(REFUSED)
@transaction.atomic
def send_link(user: User, *, by: User) -> None:
    """Send somebody the link by which they set their password; the administration sees neither link nor password."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    permissions.can_send_link(by, user).enforce()
    _send_link(user, by, events.USER_INVITED if not user.has_usable_password() else events.PASSWORD_LINK_SENT)


def _send_link(user: User, by: User, kind: Kind) -> None:
    record(kind, user, by=by)
    transaction.on_commit(lambda: mail.send_link(user), robust=True)


@without(verdict="it is the own account", refusals="nothing is refused")
@transaction.atomic
def save_settings(form: SettingsForm, *, by: User) -> User:
    """Somebody changes the own account."""
    before = _written(User.objects.select_for_update(of=("self",)).get(pk=by.pk), *form.fields)
    user = form.save()
    if (now := _written(user, *form.fields)) != before:
        record(events.SETTINGS_CHANGED, user, by=by, note=(before, now))
    return user


@without(lock="nothing is changed", verdict="it has been done", refusals="nothing is refused")
@transaction.atomic
def note_password(user: User) -> None:
    """A person has set the own password. The log keeps that it was done, and nothing of the password."""
    record(events.PASSWORD_SET, user, by=user)


def _written(user: User, *fields: str) -> dict[str, Any]:
    """What an account says, by field; its roles by what they are called."""
    said = {field: getattr(user, field) for field in fields or ("name", "email", "is_active")}
    if not fields:
        labels = role_labels()
        said[ROLES] = [labels.get(name, name) for name in sorted(user.groups.values_list("name", flat=True))]
    return said


@logs_refusals(REFUSED, about=of_form)
@transaction.atomic
def save_department(form: DepartmentForm, *, by: User) -> Department:
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
