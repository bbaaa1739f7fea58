# SPDX-License-Identifier: EUPL-1.2
"""Who sits in a body, and who follows whom."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from activity.flows import logs_refusals, record
from committees import events, permissions
from committees.models import Membership
from committees.seats import clash
from core.errors import WrongState
from core.sentences import sentence as _

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from actors.models import Actor, Person


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
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    permissions.can_prepare(by, membership.committee).enforce()
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
