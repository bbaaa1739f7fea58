# SPDX-License-Identifier: EUPL-1.2
"""What can happen to accounts, departments, grants and deputyships, and who is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.changes import Changes, Term
from accounts.models import Cause, Confirmer, User
from accounts.roles import DATA_PROTECTION
from activity.data import Choice, Days, Fields, Many, Number, Remark, Text
from activity.kinds import Kind

if TYPE_CHECKING:
    from accounts.models import Grant


def department_and_person(thing: Grant) -> set[User]:
    """Heads, deputies and staff of the department, the person it is about, and who proposed or confirmed it."""
    department = thing.department
    house = User.objects.heading(department) | User.objects.standing_in_for(department)
    named = ("person", "proposed_by", "confirmed_by", "deputy", "set_by")
    people = {getattr(thing, name, None) for name in named} - {None}
    return {*house, *User.objects.appointed("staff", department), *people}


def who_may_confirm(grant: Grant) -> set[User]:
    """Everybody told of a grant, and whoever is to confirm it."""
    heads = User.objects.heading(grant.department)
    others = () if heads else User.objects.holding(DATA_PROTECTION)
    return department_and_person(grant) | {*User.objects.superior(), *others}


ACCOUNT = {"roles": Many(Text()), "note": Changes()}  # roles by the names of their groups

USER_CREATED = Kind("user.created", _("%(by)s created the account of %(subject)s. Roles: %(roles)s."), data=ACCOUNT)
USER_CHANGED = Kind("user.changed", _("%(by)s changed the account of %(subject)s. Roles: %(roles)s."), data=ACCOUNT)
USER_INVITED = Kind(
    "user.invited",
    _("%(by)s sent %(subject)s a link to set the first password."),
    audience=lambda user: {user},
)
PASSWORD_LINK_SENT = Kind(
    "user.password_link_sent",
    _("%(by)s sent %(subject)s a link to set a new password."),
    audience=lambda user: {user},
)
PASSWORD_SET = Kind("user.password_set", _("%(subject)s set the own password."))
SETTINGS_CHANGED = Kind("user.settings_changed", _("%(subject)s changed the own settings."), data={"note": Changes()})
DEPARTMENT_CREATED = Kind("department.created", _("%(by)s created the department “%(subject)s”."))
DEPARTMENT_CHANGED = Kind(
    "department.changed",
    _("%(by)s changed the department “%(subject)s”: %(fields)s."),
    data={"fields": Fields("accounts.Department")},
)
GRANT_PROPOSED = Kind(
    "grant.proposed",
    _("%(by)s proposed a head: %(subject)s, %(days)s (%(cause)s). It waits for confirmation."),
    audience=who_may_confirm,
    shape="warn",
    tone="soon",
    data={"days": Days(), "cause": Choice(Cause)},
)
GRANT_CONFIRMED = Kind(
    "grant.confirmed",
    _("%(by)s confirmed as %(confirmed_as)s who decides: %(subject)s, %(days)s."),
    audience=department_and_person,
    shape="done",
    tone="ok",
    data={"days": Days(), "confirmed_as": Choice(Confirmer)},
)
GRANT_TURNED_DOWN = Kind(
    "grant.turned_down",
    _("%(by)s did not let the proposal come about: %(subject)s."),
    audience=department_and_person,
    shape="dash",
    tone="",
    data={"reason": Text()},
)
GRANT_ENDED = Kind(
    "grant.ended",
    _("%(by)s ended the right to decide of %(subject)s, and the deputyships that rest on it."),
    audience=department_and_person,
    shape="dash",
    tone="",
    data={"reason": Text()},
)
GRANT_REFUSED = Kind(
    "grant.refused",
    _("%(by)s wanted to change who decides: %(subject)s."),
    shape="no",
    tone="bad",
    refused=True,
    data={"reason": Remark()},
)
SHEET_DUE = Kind(
    "sheet.due",
    _("The sheet “Who decides what” of %(subject)s waits to be confirmed for %(year)s."),
    audience=lambda department: set(User.objects.heading(department)),
    shape="warn",
    tone="soon",
    data={"year": Number()},
)
SHEET_CONFIRMED = Kind(
    "sheet.confirmed",
    _("%(by)s confirmed who decides what in %(subject)s."),
    audience=department_and_person,
    shape="done",
    tone="ok",
)
SHEET_REFUSED = Kind(
    "sheet.refused",
    _("%(by)s wanted to confirm who decides what: %(subject)s."),
    shape="no",
    tone="bad",
    refused=True,
    data={"reason": Remark()},
)
DELEGATED = Kind(
    "delegation.set",
    _("%(by)s set a deputy: %(subject)s, %(days)s."),
    audience=department_and_person,
    data={"days": Term()},
)
DELEGATION_ENDED = Kind(
    "delegation.ended", _("%(by)s ended the deputyship: %(subject)s."), audience=department_and_person
)
DELEGATION_REFUSED = Kind(
    "delegation.refused",
    _("%(by)s wanted to set a deputy: %(subject)s."),
    shape="no",
    tone="bad",
    refused=True,
    data={"reason": Remark()},
)
CANDIDATE_LISTED = Kind("candidate.listed", _("%(by)s put on the list of possible deputies: %(subject)s."))
CANDIDATE_UNLISTED = Kind("candidate.unlisted", _("%(by)s took off the list of possible deputies: %(subject)s."))
