# SPDX-License-Identifier: EUPL-1.2
"""Everything a person can try on a recommendation, and the table of who may do it in which state.

The table is written by hand from the rules of the house, not read from the code that it checks.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from committees import flows as committees
from committees.models import AgendaItem, Consultation, MeetingState
from core.errors import WrongState
from recommendations import flows
from recommendations.models import Measure, Recommendation, Status

OFFICE = {"coordination"}
LEAD_DECIDES = {"head_a", "deputy_a"}
LEAD_WORKS = LEAD_DECIDES | {"clerk_a"}
DRAFTS = {Status.DRAFT, Status.CO_CREATION, Status.RETURNED}
UNDECIDED = DRAFTS | {Status.CONSULTATION, Status.SUBMITTED, Status.DEFERRED}
APPROVED = {
    Status.APPROVED,
    Status.IN_COMMITTEE,
    Status.RESOLVED,
    Status.IMPLEMENTING,
    Status.IMPLEMENTED,
    Status.PARTLY,
    Status.STOPPED,
    Status.EVALUATION,
    Status.CLOSED,
}


@dataclass(frozen=True)
class Action:
    """Something to try: the flow, the roles that may, the states in which it may be done, the state afterwards."""

    try_it: object
    roles: set
    states: set
    leads_to: str = ""


def _decide(kind, **fields):
    return lambda one, by, matrix: flows.decide(one, by=by, kind=kind, reason="Grund", **fields)


def moves_on(try_it):
    """Something that others may do as well counts only where the recommendation moves on by it."""

    def trial(one, by, matrix):
        before = one.status
        try_it(one, by, matrix)
        if Recommendation.objects.get(pk=one.pk).status == before:
            raise WrongState("")

    return trial


@moves_on
def _give_a_result(one, by, matrix):
    """A body that has met is asked; its secretary and the office record what it resolved, nobody else does."""
    if one.paper is None or one.paper.consultations.filter(authoritative=True).exists():
        raise WrongState("")
    held = matrix.meetings[matrix.x.pk, MeetingState.HELD]
    position = 100 + held.agenda_items.count()
    item = AgendaItem.objects.create(meeting=held, position=position, number=str(position), title="Punkt")
    stop = Consultation.objects.create(
        paper=one.paper, position=99, committee=matrix.x, role="decision", authoritative=True, agenda_item=item
    )
    committees.record_result(stop, by=by, result="unchanged")


@moves_on
def _begin(one, by, matrix):
    """The first measure begins; how its effect is looked at is fixed."""
    lead = matrix.users["head_a"]
    measure = flows.plan_measure(one, by=lead, title="Maßnahme", department=matrix.a, due_on=timezone.localdate())
    _plan_effect(one, lead, matrix)
    flows.report_measure(measure, by=by, status="running")


def _conclude(*, done, left):
    """The implementation ends with so many measures done and so many left."""

    def conclude(one, by, matrix):
        Measure.objects.filter(recommendation=one).delete()
        for number in range(done + left):
            Measure.objects.create(
                recommendation=one,
                title="Maßnahme",
                department=matrix.a,
                due_on=timezone.localdate(),
                started_on=timezone.localdate(),
                status="done" if number < done else "running",
                done_on=timezone.localdate() if number < done else None,
            )
        reasons = {measure.pk: "Grund" for measure in one.measures.unfinished()}
        flows.conclude(one, by=by, reasons=reasons, partly=True, note="Grund")

    return conclude


def _consult(one, by, matrix):
    day = timezone.localdate() + timedelta(days=3)
    flows.start_consultation(one, by=by, due_on=day, departments=[matrix.b])


def _defer(one, by, matrix):
    day = timezone.localdate() + timedelta(days=3)
    flows.decide(one, by=by, kind="defer", reason="Grund", deferred_until=day)


def _meet(one, by, matrix):
    flows.co_create(one, by=by, held_on=timezone.localdate(), actors=[matrix.actor], outcome="Ergebnis")


def _propose(one, by, matrix):
    return flows.propose_transfer(one, by=by, to_department=matrix.b, reason="Grund")


def _answer_proposal(flow, **fields):
    """What somebody answers when the office has proposed that department B takes the lead."""
    return lambda one, by, matrix: flow(_propose(one, matrix.office, matrix), by=by, **fields)


def _transfer(one, by, matrix):
    """The whole way: the office proposes, the present head releases, and this person accepts."""
    transfer = _propose(one, matrix.office, matrix)
    flows.release_lead(transfer, by=matrix.users["head_a"])
    flows.accept_lead(transfer, by=by)


# Others were asked, and it is not implemented yet: another lead needs both departments.
LEAD_FIXED = {
    Status.CONSULTATION,
    Status.SUBMITTED,
    Status.RETURNED,
    Status.DEFERRED,
    Status.APPROVED,
    Status.IN_COMMITTEE,
    Status.RESOLVED,
    Status.IMPLEMENTING,
}


def _plan_effect(one, by, matrix):
    day = timezone.localdate() + timedelta(days=300)
    flows.plan_effect(one, by=by, review_on=day, no_figure_reason="Grund", reason="Grund")


def _close(one, by, matrix):
    if one.status == Status.EVALUATION and not one.effect_reviews.answered().exists():
        flows.review_effect(one, by=matrix.users["head_a"], effect="improved", note="besser")
    flows.close(one, by=by)


# In the matrix the department's paragraph is missing there, so several at once are not closed.
NOT_AT_ONCE = {("close", Status.EVALUATION)}

ACTIONS = {
    "edit": Action(lambda one, by, m: flows.edit(one, by=by, summary="neu"), OFFICE, DRAFTS),
    "co_create": Action(_meet, OFFICE | {"clerk_a"}, DRAFTS, Status.CO_CREATION),
    "consult": Action(_consult, OFFICE, DRAFTS, Status.CONSULTATION),
    # not during co-signing: in the matrix an answer is still open there
    "submit": Action(lambda one, by, m: flows.submit(one, by=by), OFFICE, DRAFTS, Status.SUBMITTED),
    "take_back": Action(
        lambda one, by, m: flows.take_back(one, by=by), OFFICE, {Status.CONSULTATION, Status.SUBMITTED}, Status.DRAFT
    ),
    "withdraw": Action(
        lambda one, by, m: flows.withdraw(one, by=by, reason="Grund"), OFFICE, UNDECIDED, Status.WITHDRAWN
    ),
    "approve": Action(_decide("approve"), LEAD_DECIDES, {Status.SUBMITTED}, Status.APPROVED),
    "approve_changed": Action(
        _decide("changed", changed_resolution="Anders."), LEAD_DECIDES, {Status.SUBMITTED}, Status.APPROVED
    ),
    "return": Action(_decide("return"), LEAD_DECIDES, {Status.SUBMITTED}, Status.RETURNED),
    "defer": Action(_defer, LEAD_DECIDES, {Status.SUBMITTED}, Status.DEFERRED),
    "reject": Action(_decide("reject"), LEAD_DECIDES, {Status.SUBMITTED}, Status.REJECTED),
    "reopen": Action(
        lambda one, by, m: flows.reopen(one, by=by, reason="Grund"),
        LEAD_DECIDES,
        {Status.APPROVED, Status.IN_COMMITTEE, Status.RESOLVED, Status.IMPLEMENTING, Status.REJECTED},
        Status.RETURNED,
    ),
    "make_paper": Action(
        lambda one, by, m: flows.make_paper(one, by=by, paper_type="decision"),
        OFFICE | LEAD_WORKS,
        {Status.APPROVED},
        Status.IN_COMMITTEE,
    ),
    "resolve": Action(_give_a_result, OFFICE | {"secretary"}, {Status.IN_COMMITTEE}, Status.RESOLVED),
    "begin": Action(_begin, LEAD_WORKS, {Status.APPROVED, Status.RESOLVED}, Status.IMPLEMENTING),
    "conclude": Action(_conclude(done=2, left=0), LEAD_WORKS, {Status.IMPLEMENTING}, Status.IMPLEMENTED),
    "conclude_partly": Action(_conclude(done=1, left=1), LEAD_WORKS, {Status.IMPLEMENTING}, Status.PARTLY),
    "give_up": Action(_conclude(done=0, left=1), LEAD_WORKS, {Status.IMPLEMENTING}, Status.STOPPED),
    "evaluate": Action(
        lambda one, by, m: flows.evaluate(one, by=by), OFFICE, {Status.IMPLEMENTED, Status.PARTLY}, Status.EVALUATION
    ),
    "close": Action(_close, OFFICE, {Status.EVALUATION, Status.STOPPED}, Status.CLOSED),
    "plan_measure": Action(
        lambda one, by, m: flows.plan_measure(
            one, by=by, title="Maßnahme", department=one.lead_department, due_on=timezone.localdate()
        ),
        LEAD_WORKS,
        {Status.APPROVED, Status.IN_COMMITTEE, Status.RESOLVED, Status.IMPLEMENTING},
    ),
    "name_lead": Action(
        lambda one, by, m: flows.edit(one, by=by, lead_department=m.b), OFFICE, {Status.DRAFT, Status.CO_CREATION}
    ),
    "propose_transfer": Action(_propose, OFFICE | LEAD_DECIDES, LEAD_FIXED),
    "release_lead": Action(_answer_proposal(flows.release_lead), LEAD_DECIDES, LEAD_FIXED),
    "accept_lead": Action(_answer_proposal(flows.accept_lead), {"head_b"}, LEAD_FIXED),
    "refuse_transfer": Action(
        _answer_proposal(flows.refuse_transfer, reason="Grund"), LEAD_DECIDES | {"head_b"}, LEAD_FIXED
    ),
    "review_effect": Action(
        lambda one, by, m: flows.review_effect(one, by=by, effect="improved", note="besser"),
        LEAD_WORKS,
        {Status.EVALUATION},
    ),
    "propose_effect": Action(
        lambda one, by, m: flows.propose_effect(one, by=by, effect="improved", note="besser"),
        {"coordination", "monitoring"},
        {Status.EVALUATION},
    ),
    "plan_effect": Action(_plan_effect, LEAD_WORKS, APPROVED - {Status.CLOSED}),
    "assign_goals": Action(lambda one, by, m: flows.assign_goals(one, by=by, goals=[m.goal]), OFFICE, set(Status)),
}


def may(action, role, status):
    """What the table says; the office also starts anew what was rejected."""
    known = ACTIONS[action]
    if action == "reopen" and status == Status.REJECTED and role in OFFICE:
        return True
    return role in known.roles and status in known.states
