# SPDX-License-Identifier: EUPL-1.2
"""What a committee resolved. The committee resolved it in its meeting, not this software."""

from __future__ import annotations

from copy import copy
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from activity.flows import logs_refusals, record
from committees import events, permissions
from committees.models import (
    AGREED,
    AgendaItem,
    Authority,
    Consultation,
    ConsultationRole,
    DecisionNumber,
    Meeting,
    Result,
    contradicts,
)
from committees.voting import voters_of
from core.errors import WrongState
from core.sentences import sentence as _

if TYPE_CHECKING:
    from accounts.models import User
    from committees.models import Committee

NUMBERED = (Result.UNCHANGED, Result.CHANGED, Result.REJECTED)  # what a committee resolved bears a number
DECIDES = (Authority.DECIDING, Authority.PARTLY)
REROUTED = (Result.ADJOURNED, Result.REFERRED)  # what adds stops to the sequence
ASIDE = 10_000


def _draw_number(committee: Committee, year: int) -> str:
    """The next decision number; the counter stays locked until the result is stored, so no number is lost."""
    DecisionNumber.objects.get_or_create(committee=committee, year=year)
    counter = DecisionNumber.objects.select_for_update().get(committee=committee, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return str(counter)


@logs_refusals(events.REFUSED, about=attrgetter("paper"))
@transaction.atomic
def record_result(
    consultation: Consultation,
    *,
    by: User,
    result: str,
    votes_yes: int | None = None,
    votes_no: int | None = None,
    votes_abstain: int | None = None,
    note: str = "",
    referred_to: Committee | None = None,
    votes_reason: str = "",
) -> Consultation:
    """Write down a result with its votes; resolved items get the committee's next decision number of the year."""
    consultation = Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    permissions.can_record_result(by, consultation).enforce()
    _fill(consultation, by, result, (votes_yes, votes_no, votes_abstain), note, referred_to, votes_reason)
    consultation.save()
    _add_stops(consultation)
    record(
        events.RESULT_RECORDED,
        consultation.paper,
        by=by,
        reference=consultation.paper.reference,
        committee=consultation.committee,
        result=consultation.result,
        consultation=consultation.pk,
    )
    return consultation


@logs_refusals(events.REFUSED, about=attrgetter("meeting"))
@transaction.atomic
def record_item_result(
    item: AgendaItem,
    *,
    by: User,
    result: str,
    votes_yes: int | None = None,
    votes_no: int | None = None,
    votes_abstain: int | None = None,
    note: str = "",
    referred_to: Committee | None = None,
    votes_reason: str = "",
) -> Consultation:
    """Write down what a committee resolved under an item without a paper: its wording stands here alone."""
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting__committee").get(pk=item.pk)
    permissions.can_record_item_result(by, item).enforce()
    committee = item.meeting.committee
    role = ConsultationRole.DECISION if committee.authority in DECIDES else ConsultationRole.RECOMMENDATION
    consultation = Consultation(agenda_item=item, committee=committee, position=1, role=role)
    _fill(consultation, by, result, (votes_yes, votes_no, votes_abstain), note, referred_to, votes_reason)
    consultation.save()
    record(
        events.ITEM_RESULT_RECORDED,
        item.meeting,
        by=by,
        number=item.number,
        result=consultation.result,
        consultation=consultation.pk,
    )
    return consultation


def _fill(
    consultation: Consultation,
    by: User,
    result: str,
    votes: tuple[int | None, int | None, int | None],
    note: str,
    referred_to: Committee | None,
    votes_reason: str,
) -> None:
    """The result with its votes; a number that was drawn once stays, whatever is corrected.

    Votes that say something else than the result need a reason: usually one of the two is a slip.
    """
    consultation.result = Result(result)
    if not consultation.result:
        raise WrongState(_("Please choose the result."))
    if consultation.result == Result.REFERRED and referred_to is None:
        raise WrongState(_("Please choose the committee to which it was referred."))
    if consultation.paper is None and consultation.result in AGREED and not note.strip():
        raise WrongState(_("There is no paper. Please write down the wording that was resolved."))
    voters = voters_of(consultation.agenda_item)  # type: ignore[arg-type]
    if problem := voters.problem(*votes):
        raise WrongState(problem)
    odd = contradicts(consultation.result, *votes[:2])
    if odd and not votes_reason.strip():
        raise WrongState(
            _(
                "The votes contradict the result: %(yes)s for it, %(no)s against it, and yet “%(result)s”. Please "
                "correct one of the two, or write down why both are right."
            )
            % {"yes": votes[0] or 0, "no": votes[1] or 0, "result": consultation.result}
        )
    consultation.votes_reason = votes_reason.strip() if odd else ""
    consultation.votes_yes, consultation.votes_no, consultation.votes_abstain = votes
    consultation.votes_biased = voters.biased
    consultation.result_note = note
    consultation.referred_to = referred_to if consultation.result == Result.REFERRED else None
    if consultation.result in NUMBERED and not consultation.decision_number:
        year = timezone.localdate(consultation.agenda_item.meeting.start).year
        consultation.decision_number = _draw_number(consultation.committee, year)
    consultation.recorded_by, consultation.recorded_at = by, timezone.now()


@logs_refusals(events.REFUSED, about=attrgetter("subject"))
@transaction.atomic
def correct_result(
    consultation: Consultation,
    *,
    by: User,
    reason: str,
    result: str,
    votes_yes: int | None = None,
    votes_no: int | None = None,
    votes_abstain: int | None = None,
    note: str = "",
    referred_to: Committee | None = None,
    votes_reason: str = "",
) -> Consultation:
    """Correct what was recorded wrongly: the former result stays in the history, the decision number stays its own.

    A draft of the minutes tells the record, and so the corrected result; what somebody wrote there stays.
    """
    item = AgendaItem.objects.select_related("meeting").get(pk=consultation.agenda_item_id)  # type: ignore[misc]
    Meeting.objects.select_for_update(of=("self",)).get(pk=item.meeting_id)
    consultation = Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    permissions.can_correct_result(by, consultation).enforce()
    if not reason.strip():
        raise WrongState(_("Please write down why the result is corrected."))
    former, former_note = consultation.result, consultation.result_note
    before = copy(consultation)
    rerouted = former in REROUTED or Result(result) in REROUTED
    if rerouted and (former != result or referred_to != consultation.referred_to):
        _take_stops_back(consultation)
    else:
        rerouted = False
    held = consultation.authoritative
    _fill(consultation, by, result, (votes_yes, votes_no, votes_abstain), note, referred_to, votes_reason)
    consultation.save()
    if rerouted:
        _add_stops(consultation)
    told: dict[str, Any] = {
        "before": before,
        "after": consultation,
        "reason": reason.strip(),
        "former_note": former_note,
    }
    told |= {"former": former, "consultation": consultation.pk}
    if consultation.paper is None:
        record(events.ITEM_RESULT_CORRECTED, consultation.subject, by=by, number=item.number, **told)
        return consultation
    record(
        events.RESULT_CORRECTED,
        consultation.paper,
        by=by,
        reference=consultation.paper.reference,
        committee=consultation.committee,
        held=held,
        **told,
    )
    return consultation


def _take_stops_back(consultation: Consultation) -> None:
    """Undo what the former result added to the sequence, as long as nothing was done with it."""
    if consultation.paper is None or consultation.result not in REROUTED:
        return
    count = 2 if consultation.result == Result.REFERRED and consultation.role == ConsultationRole.DECISION else 1
    following = Consultation.objects.filter(paper=consultation.paper_id, position__gt=consultation.position)
    added = list(following.order_by("position")[:count])
    expected = [consultation.committee_id] if consultation.result == Result.ADJOURNED else [consultation.referred_to_id]
    expected += [consultation.committee_id] * (count - 1)
    if [one.committee_id for one in added] != expected or any(one.agenda_item_id or one.result for one in added):
        raise WrongState(
            _(
                "After this result the paper was planned further. Take the stops that follow off their agendas and "
                "bring them back into their order first."
            )
        )
    holds = any(one.authoritative for one in added)
    for one in added:
        one.delete()
    if holds:
        consultation.authoritative = True
        consultation.save(update_fields=["authoritative"])


def _add_stops(consultation: Consultation) -> None:
    """What was adjourned comes back; what was referred goes to the other body first, and back to who decides."""
    same = (consultation.committee, consultation.role, consultation.resolution_text)
    stops = []
    if consultation.paper is None:  # nothing travels on: the committee puts it on an agenda again
        return
    if consultation.result == Result.ADJOURNED:
        stops = [same]
    elif consultation.result == Result.REFERRED:
        stops = [(consultation.referred_to, ConsultationRole.PRELIMINARY, "")]  # type: ignore[list-item]
        if consultation.role == ConsultationRole.DECISION:
            stops.append(same)
    if not stops:
        return
    later = Consultation.objects.filter(paper=consultation.paper_id, position__gt=consultation.position)
    later.update(position=F("position") + ASIDE)  # by way of aside: positions are unique
    Consultation.objects.filter(paper=consultation.paper_id, position__gt=ASIDE).update(
        position=F("position") - ASIDE + len(stops)
    )
    holds = consultation.authoritative
    if holds:  # the resolution that holds is still to come
        consultation.authoritative = False
        consultation.save(update_fields=["authoritative"])
    for place, (committee, role, text) in enumerate(stops, start=1):
        Consultation.objects.create(
            paper=consultation.paper,
            position=consultation.position + place,
            committee=committee,
            role=role,
            authoritative=holds and place == len(stops),
            resolution_text=text,
        )
