# SPDX-License-Identifier: EUPL-1.2
"""The way of a paper through the bodies: which, in which order and role, when, and whose resolution holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from activity.flows import logs_refusals, record, without
from committees import events, permissions
from committees.flows.agenda import drop_empty, put_on_agenda
from committees.flows.conflicts import carry_conflicts
from committees.flows.papers import locked
from committees.models import Consultation, ConsultationRole
from committees.plans import open_meetings, plan_of
from core import clock
from core.errors import WrongState
from core.sentences import sentence as _

if TYPE_CHECKING:
    from accounts.models import User
    from activity.kinds import Kind
    from committees.models import AgendaItem, Committee, Paper


@logs_refusals(events.REFUSED)
@transaction.atomic
def schedule(
    paper: Paper,
    *,
    by: User,
    committee: Committee,
    role: str,
    agenda_item: AgendaItem | None = None,
    resolution_text: str = "",
) -> Consultation:
    """Add a stop to the paper's sequence of consultations, on an agenda where one is named.

    The last body that decides is the one whose resolution holds, until somebody says otherwise.
    """
    paper = locked(paper)
    permissions.can_schedule(by, paper, committee).enforce()
    if agenda_item:
        _enforce_agenda(paper, committee, agenda_item)
    position = (paper.consultations.aggregate(last=Max("position"))["last"] or 0) + 1
    authoritative = role == ConsultationRole.DECISION
    if authoritative:
        if paper.consultations.filter(authoritative=True).exclude(result="").exists():
            authoritative = False
        else:
            paper.consultations.filter(authoritative=True).update(authoritative=False)
    consultation = Consultation.objects.create(
        paper=paper,
        position=position,
        committee=committee,
        role=role,
        authoritative=authoritative,
        agenda_item=agenda_item,
        **(_placed(by) if agenda_item else {}),
        resolution_text=resolution_text,
    )
    _record(events.SCHEDULED if agenda_item else events.PLANNED, consultation, by)
    return consultation


def _enforce_agenda(paper: Paper, committee: Committee, agenda_item: AgendaItem) -> None:
    if agenda_item.meeting.committee_id != committee.pk:
        raise WrongState(_("This agenda item belongs to another committee."))
    if not agenda_item.meeting.life.agenda_is_open:
        raise WrongState(_("The agenda of a meeting that was held or cancelled is not changed any more."))
    if agenda_item.is_public and not paper.is_public:
        raise WrongState(_("A non-public paper is dealt with under a non-public item; a public one tells its title."))
    if paper.consultations.filter(agenda_item=agenda_item).exists():
        raise WrongState(_("The paper is on this agenda item already."))
    # what a supplement is about stands in the invitation already
    supplements = agenda_item.consultations.filter(paper=paper.supplement_to_id).exists()
    if agenda_item.meeting.life.is_invited and not agenda_item.is_urgent and not supplements:
        raise WrongState(
            _("The committee is invited. The items it was invited to get no further papers; make an urgent item.")
        )


def _record(kind: Kind, consultation: Consultation, by: User) -> None:
    record(
        kind,
        consultation.paper,
        by=by,
        reference=consultation.paper.reference,
        committee=consultation.committee,
        role=consultation.role,
    )


def _open_stop(consultation: Consultation, by: User) -> Consultation:
    """The stop as it stands now, where this person may change it and the body has not dealt with it."""
    paper = locked(cast("Paper", consultation.paper))
    consultation = Consultation.objects.select_related("paper", "committee", "agenda_item__meeting").get(
        pk=consultation.pk
    )
    permissions.can_schedule(by, paper, consultation.committee).enforce()
    if consultation.result:
        raise WrongState(_("The committee has dealt with it; this stop stays."))
    return consultation


@logs_refusals(events.REFUSED, about=attrgetter("paper"))
@transaction.atomic
def unschedule(consultation: Consultation, *, by: User) -> None:
    """Take a stop without a result off the sequence."""
    consultation = _open_stop(consultation, by)
    _record(events.UNSCHEDULED, consultation, by)
    carry_conflicts(consultation)
    consultation.delete()


@without(verdict="whoever opened the matter again was asked", refusals="nothing is asked")
@transaction.atomic
def take_off_agendas(paper: Paper, *, by: User) -> None:
    """A paper that no approval carries any more goes before no body: its stops to come fall, and it leaves agendas.

    What a body has met about stays, for its result is still to be recorded. An item that was made for the paper goes
    with it as long as nobody is invited; afterwards it stays, without the paper.
    """
    paper = locked(paper)
    for stop in paper.consultations.filter(result="").select_related("committee", "paper", "agenda_item__meeting"):
        item = stop.agenda_item
        if item and item.meeting.life.was_held:
            continue
        if item:
            carry_conflicts(stop)
        _record(events.UNSCHEDULED, stop, by)
        stop.delete()
        if item:
            record(events.PAPER_OFF_AGENDA, item.meeting, by=by, reference=paper.reference, number=item.number)
            drop_empty(item, paper)


def _placed(by: User) -> dict[str, Any]:
    """Since when a stop is on an agenda, and who put it there."""
    return {"placed_on": timezone.localdate(clock.now()), "placed_by_label": by.name}


@logs_refusals(events.REFUSED, about=attrgetter("paper"))
@transaction.atomic
def place(consultation: Consultation, *, by: User, agenda_item: AgendaItem) -> Consultation:
    """Put a planned stop on an agenda."""
    consultation = _open_stop(consultation, by)
    if consultation.agenda_item_id:
        raise WrongState(_("This stop is on an agenda already. Take it off first."))
    _enforce_agenda(cast("Paper", consultation.paper), consultation.committee, agenda_item)
    consultation.agenda_item = agenda_item
    for name, value in _placed(by).items():
        setattr(consultation, name, value)
    consultation.save(update_fields=["agenda_item", "placed_on", "placed_by_label"])
    _record(events.SCHEDULED, consultation, by)
    return consultation


@logs_refusals(events.REFUSED, about=attrgetter("paper"))
@transaction.atomic
def release(consultation: Consultation, *, by: User) -> Consultation:
    """Take the paper off an agenda; the stop stays in the sequence, without a day."""
    consultation = _open_stop(consultation, by)
    if consultation.agenda_item is None:
        raise WrongState(_("This stop is on no agenda."))
    if consultation.agenda_item.meeting.life.was_held:
        raise WrongState(_("The agenda of a meeting that was held or cancelled is not changed any more."))
    carry_conflicts(consultation)
    consultation.agenda_item, consultation.placed_on, consultation.placed_by_label = None, None, ""
    consultation.save(update_fields=["agenda_item", "placed_on", "placed_by_label"])
    _record(events.RELEASED, consultation, by)
    return consultation


@logs_refusals(events.REFUSED, about=attrgetter("paper"))
@transaction.atomic
def reword(consultation: Consultation, *, by: User, role: str, resolution_text: str) -> Consultation:
    """Change what a body is asked to do with the paper, and the wording it is given."""
    consultation = _open_stop(consultation, by)
    consultation.role, consultation.resolution_text = role, resolution_text
    if role != ConsultationRole.DECISION:
        consultation.authoritative = False
    consultation.save(update_fields=["role", "resolution_text", "authoritative"])
    _record(events.REWORDED, consultation, by)
    return consultation


@logs_refusals(events.REFUSED, about=attrgetter("paper"))
@transaction.atomic
def make_authoritative(consultation: Consultation, *, by: User) -> Consultation:
    """Say whose resolution is the one that holds; it is exactly one body's."""
    consultation = _open_stop(consultation, by)
    if consultation.role != ConsultationRole.DECISION:
        raise WrongState(_("Only a body that decides can decide finally."))
    paper = cast("Paper", consultation.paper)
    if paper.consultations.filter(authoritative=True).exclude(result="").exists():
        raise WrongState(_("The body that decides finally has dealt with it already."))
    paper.consultations.filter(authoritative=True).update(authoritative=False)
    consultation.authoritative = True
    consultation.save(update_fields=["authoritative"])
    _record(events.AUTHORITATIVE, consultation, by)
    return consultation


@logs_refusals(events.REFUSED, about=attrgetter("paper"))
@transaction.atomic
def move_consultation(consultation: Consultation, *, by: User, up: bool) -> None:
    """Swap a stop with its neighbour before or after; what a body has dealt with stays where it is."""
    consultation = _open_stop(consultation, by)
    stops = list(cast("Paper", consultation.paper).consultations.order_by("position"))
    index = next(i for i, other in enumerate(stops) if other.pk == consultation.pk)
    other = index - 1 if up else index + 1
    if not 0 <= other < len(stops):
        return
    if stops[other].result:
        raise WrongState(_("The body before it has dealt with the paper already; the order stays."))
    stops[index], stops[other] = stops[other], stops[index]
    _number(stops)
    _record(events.STOP_MOVED, consultation, by)


def _number(stops: Sequence[Consultation]) -> None:
    """Give stops the positions 1, 2, 3 … in this order, by way of numbers nobody has: positions are unique."""
    beyond = max(stop.position for stop in stops) + len(stops)
    for start in (beyond, 0):
        for index, stop in enumerate(stops, start + 1):
            stop.position = index
            stop.save(update_fields=["position"])


@logs_refusals(events.REFUSED)
@transaction.atomic
def take_path(paper: Paper, *, by: User, seen: Iterable[tuple[int, int]]) -> Paper:
    """Put a paper on the way that the planner suggests: its stops in order, each on the agenda of its meeting.

    ``seen`` are the pairs of stop and meeting that the person looked at. Where the suggestion is another one by now,
    nothing happens.
    """
    paper = locked(paper)
    plan = plan_of(paper, meetings=open_meetings(by))
    if not plan.path.is_workable:
        raise WrongState(_("There is no workable path at present."))
    if [(step.stop.key, step.slot.key) for step in plan.path.new] != list(seen):
        raise WrongState(_("The meetings or the sequence have changed meanwhile. Please look at the suggestion again."))
    stops = {stop.pk: stop for stop in paper.consultations.select_related("committee")}
    for step in plan.path.new:
        permissions.can_schedule(by, paper, stops[step.stop.key].committee).enforce()
    if plan.path.is_reordered:
        _number([stops[step.stop.key] for step in plan.path.steps])
    for step in plan.path.new:
        meeting = step.slot.meeting
        item = put_on_agenda(
            meeting,
            paper,
            by=by,
            is_public=paper.is_public,
            non_public_reason=paper.non_public_reason,
            urgent_reason=paper.urgency_reason,
            urgent_requested_by=str(paper.lead_department),
        )
        place(stops[step.stop.key], by=by, agenda_item=item)
    record(
        events.PATH_TAKEN,
        paper,
        by=by,
        reference=paper.reference,
        path=[step.slot.meeting for step in plan.path.new],
    )
    return paper
