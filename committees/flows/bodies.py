# SPDX-License-Identifier: EUPL-1.2
"""Who sits in a body, and who follows whom."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from activity.flows import logs_refusals, of_form, record, save_recorded
from committees import events, permissions
from committees.models import Committee, Membership
from committees.seats import clash
from core.errors import WrongState
from core.sentences import sentence as _

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from actors.models import Actor, Person
    from committees.forms import MembershipForm


@logs_refusals(events.REFUSED, about=of_form)
@transaction.atomic
def save_membership(form: MembershipForm, *, by: User) -> Membership:
    """Enter or change a membership; the body is held meanwhile, so that two at once do not seat a person twice."""
    committee = _held(form.instance.committee_id)
    if problem := permissions.can_prepare(by, committee) and clash(form.instance):
        raise WrongState(problem)
    return save_recorded(
        form,
        by=by,
        may=partial(permissions.can_prepare, committee=committee),
        created=events.MEMBERSHIP_CREATED,
        changed=events.MEMBERSHIP_CHANGED,
    )


def _held(committee: int) -> Committee:
    """The body, whose seats nobody else changes until the transaction ends."""
    return Committee.objects.select_for_update(of=("self",)).get(pk=committee)


@logs_refusals(events.REFUSED)
@transaction.atomic
def succeed(
    membership: Membership,
    *,
    by: User,
    person: Person,
    start_on: date,
    on_behalf_of: Actor | None = None,
    role: str | None = None,
    voting_right: bool | None = None,
) -> Membership:
    """A successor takes the seat: the predecessor's membership ends the day before, and both are linked."""
    committee = _held(membership.committee_id)
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    permissions.can_prepare(by, committee).enforce()
    if Membership.objects.filter(succeeds=membership).exists():
        raise WrongState(_("This seat has a successor already."))
    if person.pk == membership.person_id:
        raise WrongState(_("A person does not succeed to their own seat."))
    if start_on <= membership.start_on:
        raise WrongState(_("The successor's first day lies before the predecessor's first day."))
    last_day = start_on - timedelta(days=1)
    if membership.end_on is None or membership.end_on > last_day:
        membership.end_on = last_day
        membership.save(update_fields=["end_on"])
    successor = Membership(
        committee=membership.committee,
        person=person,
        role=role or membership.role,
        voting_right=membership.voting_right if voting_right is None else voting_right,
        on_behalf_of=on_behalf_of,
        term=membership.term,
        succeeds=membership,
        start_on=start_on,
        end_on=membership.term.end_on if membership.term else None,
    )
    if problem := clash(successor):
        raise WrongState(problem)
    successor.save()
    record(events.SUCCEEDED, successor, by=by, predecessor=membership.person)
    return successor
