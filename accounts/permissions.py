# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from accounts.incompatible import DEPUTY, HEAD, conflict
from accounts.models import Confirmer, Department, Grant, User
from accounts.roles import ADMINISTRATION, DATA_PROTECTION, holds
from accounts.sheets import this_year
from core.sentences import sentence as _
from core.verdicts import YES, no, not_now

if TYPE_CHECKING:
    from core.sentences import Sentence
    from core.verdicts import Verdict


def can_administer(user: User) -> Verdict:
    """Accounts and departments are kept by the administration of the software."""
    return YES if holds(user, ADMINISTRATION) else no(_("Only the administration keeps accounts and departments."))


def can_send_link(user: User, person: User) -> Verdict:
    """The administration sends a link by which somebody sets the own password, while the account is on."""
    if not (verdict := can_administer(user)):
        return verdict
    return YES if person.is_active else not_now(_("This account is switched off."))


def can_read_log(user: User) -> Verdict:
    """Data protection and audit read the log of the whole house."""
    return YES if holds(user, DATA_PROTECTION) else no(_("Only data protection and audit read the log."))


def can_appoint(user: User, department: Department, person: User) -> Verdict:
    """The administration proposes who heads a department; nobody themselves, and nobody whose role excludes it."""
    if not holds(user, ADMINISTRATION):
        return no(_("Only the administration proposes who heads a department."))
    if user.pk == person.pk:
        return no(_("Nobody proposes themselves."))
    if not (verdict := _is_free(person, HEAD)):
        return verdict
    if Grant.objects.open().filter(department=department, person=person).exists():
        return not_now(_("This proposal waits for confirmation already."))
    if Department.objects.headed_by(person).filter(pk=department.pk).exists():
        return not_now(_("%(name)s heads this department already.") % {"name": person.name})
    return YES


def can_confirm(user: User, grant: Grant) -> Verdict:
    """The present head or the superior confirms a grant; data protection where the department has no head."""
    if user.pk == grant.person_id:
        return no(_("Nobody confirms their own grant."))
    if user.pk == grant.proposed_by_id:
        return no(_("Whoever proposed a grant does not confirm it."))
    if not confirms_as(user, grant.department):
        return no(_("Confirmed by: %(who)s.") % {"who": who_confirms(grant.department)})
    if not grant.is_open:
        return not_now(_("This proposal is settled."))
    return _is_free(grant.person, HEAD)


def can_turn_down(user: User, grant: Grant) -> Verdict:
    """Who may confirm a grant may turn it down; whoever proposed it takes it back."""
    if user.pk != grant.proposed_by_id and (user.pk == grant.person_id or not confirms_as(user, grant.department)):
        return no(_("Confirmed by: %(who)s.") % {"who": who_confirms(grant.department)})
    return YES if grant.is_open else not_now(_("This proposal is settled."))


def can_end_grant(user: User, grant: Grant) -> Verdict:
    """The head in person, the superior and the administration end a grant, with a reason; it does not come back."""
    if user.pk != grant.person_id and not is_superior(user) and not holds(user, ADMINISTRATION):
        return no(_("A grant is ended by the head in person, the superior or the administration."))
    if grant.confirmed_at is None or grant.ended_at is not None:
        return not_now(_("Only a grant that was confirmed and has not ended can be ended."))
    return YES


def can_confirm_sheet(user: User, department: Department) -> Verdict:
    """Once a year the head in person confirms who decides what in the department; a deputy does not."""
    if not Department.objects.headed_by(user).filter(pk=department.pk).exists():
        return no(_("Only the head of a department confirms who decides what."))
    if department.sheets.filter(year=this_year()).exists():
        return not_now(_("The sheet of this year is confirmed."))
    return YES


def confirms_as(user: User, department: Department) -> str:
    """As what this person confirms who heads a department; empty for everybody else, deputies among them."""
    if not user.is_authenticated or not user.is_active:
        return ""
    heads = User.objects.heading(department)
    if user in heads:
        return Confirmer.HEAD
    if is_superior(user):
        return Confirmer.SUPERIOR
    if holds(user, DATA_PROTECTION) and not heads:
        return Confirmer.DATA_PROTECTION
    return ""


def who_confirms(department: Department) -> list[str | Sentence]:
    """Who confirms a grant for this department, one by one: names, and a role where nobody is named."""
    heads = [user.name for user in User.objects.heading(department)]
    above = [user.name for user in User.objects.superior()]
    return [*heads, *above] if heads else [*above, _("data protection and audit")]


def is_superior(user: User) -> bool:
    return user.is_active and User.objects.superior().filter(pk=user.pk).exists()


def can_delegate(user: User, department: Department | None = None, deputy: User | None = None) -> Verdict:
    """Only the head lets somebody stand in, and only for the own department; a deputy cannot pass it on.

    With a ``deputy`` also whether this person may be one: of the department, head of another, or on the head's list.
    """
    headed = Department.objects.headed_by(user)
    if not (headed.exists() if department is None else headed.filter(pk=department.pk).exists()):
        return no(_("Only the head of a department sets a deputy."))
    if deputy is None:
        return YES
    if user.pk == deputy.pk:
        return no(_("Nobody stands in for themselves."))
    if not (verdict := _is_free(deputy, DEPUTY)):
        return verdict
    if not User.objects.eligible_as_deputies(department).filter(pk=deputy.pk).exists():
        return no(
            _("A deputy comes from the department, is head of another, or stands in the list that the head keeps.")
        )
    return YES


def can_list_candidate(user: User, department: Department, person: User) -> Verdict:
    """The head lists whom a role does not exclude from standing in."""
    verdict = can_delegate(user, department)
    return _is_free(person, DEPUTY) if verdict else verdict


def can_hold(person: User, roles: Collection[str]) -> Verdict:
    """Whether somebody who decides, or is proposed to, may also hold these roles of the house."""
    if person.pk is None:
        return YES
    for standing, rows in ((HEAD, person.grants), (DEPUTY, person.delegations)):
        if (reason := conflict(roles, standing)) and rows.living().exists():
            return no(reason)
    return YES


def _is_free(person: User, standing: str) -> Verdict:
    if not person.is_active:
        return no(_("This account is switched off."))
    if reason := conflict(person.office_roles, standing):
        return no(reason)
    return YES
