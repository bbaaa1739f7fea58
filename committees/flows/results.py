# SPDX-License-Identifier: EUPL-1.2
"""What a committee resolved. The committee resolved it in its meeting, not this software."""

from operator import attrgetter

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.flows import logs_refusals, record
from committees import events, permissions
from committees.models import Consultation, ConsultationRole, DecisionNumber, Result
from committees.voting import voters_of
from core.errors import WrongState

NUMBERED = (Result.UNCHANGED, Result.CHANGED, Result.REJECTED)  # what a committee resolved bears a number
ASIDE = 10_000


def _draw_number(committee, year):
    """The next decision number; the counter stays locked until the result is stored, so no number is lost."""
    DecisionNumber.objects.get_or_create(committee=committee, year=year)
    counter = DecisionNumber.objects.select_for_update().get(committee=committee, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return str(counter)


@logs_refusals(events.REFUSED, about=attrgetter("paper"))
@transaction.atomic
def record_result(
    consultation, *, by, result, votes_yes=None, votes_no=None, votes_abstain=None, note="", referred_to=None
):
    """Write down a result with its votes; resolved items get the committee's next decision number of the year."""
    consultation = Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    permissions.can_record_result(by, consultation).enforce()
    consultation.result = Result(result)
    if not consultation.result:
        raise WrongState(_("Please choose the result."))
    if consultation.result == Result.REFERRED and referred_to is None:
        raise WrongState(_("Please choose the committee to which the paper was referred."))
    voters = voters_of(consultation.agenda_item)
    if problem := voters.problem(votes_yes, votes_no, votes_abstain):
        raise WrongState(problem)
    consultation.votes_yes, consultation.votes_no = votes_yes, votes_no
    consultation.votes_abstain, consultation.votes_biased = votes_abstain, voters.biased
    consultation.result_note = note
    consultation.referred_to = referred_to if consultation.result == Result.REFERRED else None
    if consultation.result in NUMBERED:
        year = timezone.localdate(consultation.agenda_item.meeting.start).year
        consultation.decision_number = _draw_number(consultation.committee, year)
    consultation.recorded_by, consultation.recorded_at = by, timezone.now()
    consultation.save()
    _add_stops(consultation)
    record(
        events.RESULT_RECORDED,
        consultation.paper,
        by=by,
        reference=consultation.paper.reference,
        committee=str(consultation.committee),
        result=str(consultation.get_result_display()),
        consultation=consultation.pk,
    )
    return consultation


def _add_stops(consultation):
    """What was adjourned comes back; what was referred goes to the other body first, and back to who decides."""
    same = (consultation.committee, consultation.role, consultation.resolution_text)
    stops = []
    if consultation.result == Result.ADJOURNED:
        stops = [same]
    elif consultation.result == Result.REFERRED:
        stops = [(consultation.referred_to, ConsultationRole.PRELIMINARY, "")]
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
