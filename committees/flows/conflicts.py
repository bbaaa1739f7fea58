# SPDX-License-Identifier: EUPL-1.2
"""Conflicts of interest (Befangenheit): declared before or in the meeting, withdrawn only with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from activity.flows import logs_refusals, record
from committees import events, permissions
from committees.models import AgendaItem, ConflictOfInterest, Membership, Paper
from core.errors import WrongState
from core.sentences import sentence as _

if TYPE_CHECKING:
    from accounts.models import User
    from committees.models import Consultation
    from committees.querysets import ConflictQuerySet


@logs_refusals(events.REFUSED, about=lambda item: item.meeting)
@transaction.atomic
def declare_conflict(item: AgendaItem, *, by: User, membership: Membership, reason: str = "") -> ConflictOfInterest:
    """A member says, or the secretary notes in the meeting, that the member may not take part in an item."""
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting__committee").get(pk=item.pk)
    permissions.can_declare_conflict(by, item, membership).enforce()
    if ConflictOfInterest.objects.active().filter(agenda_item=item, membership=membership).exists():
        raise WrongState(_("This conflict of interest is noted already."))
    conflict = ConflictOfInterest.objects.create(
        membership=membership, agenda_item=item, reason=reason.strip(), declared_by=by
    )
    record(events.CONFLICT_DECLARED, item.meeting, by=by, number=item.number)
    return conflict


def carry_conflicts(consultation: Consultation) -> None:
    """A paper leaves an item: whoever is biased on that item stays biased on the paper, wherever it goes next."""
    declared = ConflictOfInterest.objects.active().filter(agenda_item=consultation.agenda_item_id)
    for one in declared.exclude(membership__conflicts__in=_on_paper(consultation.paper_id)):
        ConflictOfInterest.objects.create(
            membership_id=one.membership_id,
            paper_id=consultation.paper_id,
            reason=one.reason,
            declared_by_id=one.declared_by_id,
        )


def _on_paper(paper_id: int | None) -> ConflictQuerySet:
    return ConflictOfInterest.objects.active().filter(paper=paper_id)


@logs_refusals(events.REFUSED)
@transaction.atomic
def declare_on_paper(paper: Paper, *, by: User, reason: str = "") -> list[ConflictOfInterest]:
    """A member takes no part in a whole paper, in whatever body of its sequence the member sits; it is gone at once."""
    paper = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    permissions.can_declare_on_paper(by, paper).enforce()
    seats = Membership.objects.dealing_with(paper).filter(person__user=by)
    declared = ConflictOfInterest.objects.active().filter(paper=paper).values("membership")
    made = [
        ConflictOfInterest.objects.create(membership=seat, paper=paper, reason=reason.strip(), declared_by=by)
        for seat in seats.exclude(pk__in=declared)
    ]
    if not made:
        raise WrongState(_("This conflict of interest is noted already."))
    record(events.CONFLICT_ON_PAPER, paper, by=by, reference=paper.reference)
    return made


@logs_refusals(events.REFUSED, about=lambda conflict: conflict.subject)
@transaction.atomic
def withdraw_conflict(conflict: ConflictOfInterest, *, by: User, reason: str) -> ConflictOfInterest:
    """Take a declaration back; it stays in the record together with the reason."""
    conflict = ConflictOfInterest.objects.select_for_update(of=("self",)).get(pk=conflict.pk)
    permissions.can_withdraw_conflict(by, conflict).enforce()
    if not reason.strip():
        raise WrongState(_("Please write down why the declaration is withdrawn."))
    conflict.withdrawn_at, conflict.withdrawn_by = timezone.now(), by
    conflict.withdrawal_reason = reason.strip()
    conflict.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
    if item := conflict.agenda_item:
        record(events.CONFLICT_WITHDRAWN, item.meeting, by=by, number=item.number)
    else:
        record(events.CONFLICT_ON_PAPER_WITHDRAWN, conflict.paper, by=by, reference=conflict.paper.reference)
    return conflict
