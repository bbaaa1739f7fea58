# SPDX-License-Identifier: EUPL-1.2
"""Who may do what with a recommendation. Each answer carries its reason; screens show it, flows enforce it.

The order is always: the person first (may this person ever?), then the state (may it be done now?). Being a
superuser opens nothing here: every question asks for roles, dated delegations and authorship.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Department
from accounts.roles import ADMINISTRATION, COORDINATION, DATA_PROTECTION, MONITORING, holds
from committees.permissions import can_prepare
from core.verdicts import YES, no, not_now
from recommendations.models import APPROVALS, Position, Status
from recommendations.querysets import TRANSFERABLE

REOPENABLE = (Status.APPROVED, Status.IN_COMMITTEE, Status.RESOLVED, Status.IMPLEMENTING, Status.REJECTED)
EDITABLE = (Status.DRAFT, Status.CO_CREATION, Status.RETURNED)

# After the approval: who may move a recommendation on, "office" or "lead" department.
ONWARD = {
    (Status.APPROVED, Status.IMPLEMENTING): "lead",
    (Status.IN_COMMITTEE, Status.RESOLVED): "office",
    (Status.RESOLVED, Status.IMPLEMENTING): "lead",
    (Status.IMPLEMENTING, Status.IMPLEMENTED): "lead",
    (Status.IMPLEMENTING, Status.PARTLY): "lead",
    (Status.IMPLEMENTING, Status.STOPPED): "lead",
    (Status.IMPLEMENTED, Status.EVALUATION): "office",
    (Status.PARTLY, Status.EVALUATION): "office",
    (Status.EVALUATION, Status.CLOSED): "office",
    (Status.STOPPED, Status.CLOSED): "office",
}


def _coordinates(user):
    if holds(user, COORDINATION):
        return YES
    return no(_("Only the coordination may do this."))


def decides_for(user, department):
    """Whether this person is head or, today, deputy of the department."""
    return user.is_active and Department.objects.decided_by(user).filter(pk=department.pk).exists()


def _works_for(user, department):
    return user.is_active and Department.objects.of(user).filter(pk=department.pk).exists()


def can_draft(user):
    """The coordination drafts recommendations."""
    return _coordinates(user)


def can_edit(user, recommendation):
    """The coordination changes text and evidence until the recommendation goes on its way."""
    if not (verdict := _coordinates(user)):
        return verdict
    if recommendation.status in (Status.CONSULTATION, Status.SUBMITTED):
        return not_now(_("The text is fixed while others read it. Take the recommendation back first."))
    if recommendation.status not in EDITABLE:
        return not_now(_("What was decided is not changed any more."))
    return YES


def can_co_create(user, recommendation):
    """The coordination works on a draft together with actors."""
    if not (verdict := _coordinates(user)):
        return verdict
    if recommendation.status not in EDITABLE:
        return not_now(_("Actors work on a draft; this one is on its way already."))
    return YES


def can_mediate(user, statement):
    """The coordination mediates between a department that disagrees and the lead department, before the decision."""
    if not (verdict := _coordinates(user)):
        return verdict
    if statement.position != Position.DISAGREE or hasattr(statement, "mediation"):
        return not_now(_("There is no open dissent to mediate."))
    if statement.recommendation.status not in (Status.CONSULTATION, Status.SUBMITTED):
        return not_now(_("Dissent is mediated before the decision."))
    return YES


def can_start_consultation(user, recommendation):
    """The coordination asks departments to co-sign a draft that has a lead department."""
    if not (verdict := _coordinates(user)):
        return verdict
    if recommendation.status not in EDITABLE:
        return not_now(_("Co-signing starts from a draft."))
    if recommendation.lead_department is None:
        return not_now(_("Name the lead department first."))
    return YES


def can_sign(user, statement):
    """Head or deputy sign for their own department only; the office records what a body outside answers."""
    if statement.department is None:
        if not (verdict := _coordinates(user)):
            return verdict
    elif not decides_for(user, statement.department):
        return no(
            _("Only the head of %(department)s answers for this department.") % {"department": statement.department}
        )
    if statement.recommendation.status != Status.CONSULTATION:
        return not_now(_("Statements are given while co-signing runs."))
    if statement.position:
        return not_now(_("This statement has been given."))
    return YES


def can_remind(user, statement):
    """The coordination reminds a department whose statement is open."""
    if not (verdict := _coordinates(user)):
        return verdict
    if statement.recommendation.status != Status.CONSULTATION or statement.position:
        return not_now(_("There is nothing to remind of."))
    return YES


def can_submit(user, recommendation, *, today=None):
    """The coordination submits a complete recommendation, after co-signing once all answered or the time is over."""
    if not (verdict := _coordinates(user)):
        return verdict
    if recommendation.status not in (*EDITABLE, Status.CONSULTATION):
        return not_now(_("Only a draft can be submitted."))
    if recommendation.lead_department is None:
        return not_now(_("Without a lead department nobody may decide. Name the lead department first."))
    if not recommendation.responsible_level:
        return not_now(_("Without a responsible level nobody may decide. Name the responsible level first."))
    if not recommendation.proposed_resolution.strip():
        return not_now(_("The proposed resolution is missing."))
    if not recommendation.rationale.strip():
        return not_now(_("The rationale is missing."))
    if not recommendation.evidence.exists():
        return not_now(_("No figure is pinned as evidence yet."))
    if recommendation.evidence.filter(doubts__answer="").exists():
        return not_now(_("A pinned figure was changed since. Check the evidence first."))
    if recommendation.status == Status.CONSULTATION:
        today = today or timezone.localdate()
        waiting = recommendation.statements.open().filter(due_on__gte=today).select_related("department", "actor")
        if statement := waiting.first():
            return not_now(_("Possible once %(body)s has answered or the time is over.") % {"body": statement.body})
    return YES


def can_take_back(user, recommendation):
    """The coordination takes a recommendation back to change it, as long as nothing is decided."""
    if not (verdict := _coordinates(user)):
        return verdict
    if recommendation.status not in (Status.CONSULTATION, Status.SUBMITTED):
        return not_now(_("Only what is in co-signing or submitted can be taken back."))
    return YES


def can_withdraw(user, recommendation):
    """The coordination withdraws a recommendation for good, as long as nothing is decided."""
    if not (verdict := _coordinates(user)):
        return verdict
    if not recommendation.is_undecided:
        return not_now(_("Only what is not decided yet can be withdrawn."))
    return YES


def can_decide(user, recommendation, kind=None):
    """The head of the lead department, or the deputy on that day, decides what others wrote and submitted.

    ``kind`` asks for one decision; approving also needs that the department may decide the matter at all.
    """
    if not user.is_active:
        return no(_("This account is switched off."))
    if user.pk in (recommendation.author_id, recommendation.last_changed_by_id, recommendation.submitted_by_id):
        return no(_("Whoever wrote, changed or submitted the text does not decide it (four eyes)."))
    department = recommendation.lead_department
    if department is None:
        return no(_("No lead department is named. Therefore nobody may decide."))
    if not recommendation.responsible_level:
        return no(_("No responsible level is named. Therefore nobody may decide."))
    if not decides_for(user, department):
        if holds(user, COORDINATION):
            return no(
                _("The coordination never decides. Only the head of %(department)s does.") % {"department": department}
            )
        return no(_("Only the head of %(department)s decides.") % {"department": department})
    if kind in APPROVALS and recommendation.is_suggestion:
        return no(
            _("%(level)s decides this matter. It is a suggestion; there is no approval for it.")
            % {"level": recommendation.get_responsible_level_display()}
        )
    if recommendation.status != Status.SUBMITTED:
        decision = recommendation.decisions.filter(round=recommendation.round).first()
        if decision and decision.decided_by_id != user.pk:
            return not_now(
                _("%(name)s has decided already: %(decision)s.")
                % {"name": decision.signature, "decision": decision.outcome}
            )
        return not_now(_("Only what is submitted can be decided."))
    return YES


def can_reopen(user, recommendation):
    """Head or deputy of the lead department open again what was decided; what was rejected the coordination too."""
    department = recommendation.lead_department
    restarts = recommendation.status == Status.REJECTED and holds(user, COORDINATION)
    if not restarts and not (department and decides_for(user, department)):
        return no(_("Only the head of the lead department reopens what was decided."))
    if recommendation.status not in REOPENABLE:
        return not_now(_("Only what was approved or rejected can be reopened, until it is implemented."))
    return YES


def _others_were_asked(recommendation):
    return recommendation.round > 0 or recommendation.statements.exists()


def can_name_lead(user, recommendation):
    """The coordination names the lead department freely until others were asked; then both departments must agree."""
    if not (verdict := can_edit(user, recommendation)):
        return verdict
    if _others_were_asked(recommendation):
        return not_now(_("Departments were asked already. Another lead needs both departments: propose the change."))
    return YES


def can_propose_transfer(user, recommendation):
    """The coordination or the head of the present lead proposes another lead, once others were asked."""
    lead = recommendation.lead_department
    if not holds(user, COORDINATION) and not (lead and decides_for(user, lead)):
        return no(_("Only the coordination or the head of the lead department proposes another lead."))
    if recommendation.status not in TRANSFERABLE:
        return not_now(_("The lead changes only while the matter is open and not implemented yet."))
    if lead is None or not _others_were_asked(recommendation):
        return not_now(_("Nobody was asked yet. The office names the lead in the draft."))
    if recommendation.lead_transfers.filter(state="open").exists():
        return not_now(_("A change of the lead waits for consent already."))
    return YES


def _can_consent(user, transfer, department, *, given, given_by_other_side):
    if not decides_for(user, department):
        return no(_("Only the head of %(department)s consents for this department.") % {"department": department})
    if user.pk == transfer.proposed_by_id == given_by_other_side:
        return no(_("Whoever proposed the change does not give both consents."))
    if not transfer.is_open or transfer.recommendation.status not in TRANSFERABLE:
        return not_now(_("This proposal is settled."))
    if given:
        return not_now(_("This consent has been given."))
    return YES


def can_release_lead(user, transfer):
    """Head or deputy of the present lead department let the lead go."""
    return _can_consent(
        user,
        transfer,
        transfer.from_department,
        given=transfer.released_at,
        given_by_other_side=transfer.accepted_by_id,
    )


def can_accept_lead(user, transfer):
    """Head or deputy of the new department take the lead."""
    return _can_consent(
        user, transfer, transfer.to_department, given=transfer.accepted_at, given_by_other_side=transfer.released_by_id
    )


def can_refuse_transfer(user, transfer):
    """Head or deputy of either department refuse a change of the lead, also after they had agreed."""
    if not any(decides_for(user, one) for one in (transfer.from_department, transfer.to_department)):
        return no(_("Only the heads of the two departments refuse a change of the lead."))
    if not transfer.is_open:
        return not_now(_("This proposal is settled."))
    return YES


def can_withdraw_transfer(user, transfer):
    """The coordination, or whoever proposed it, takes a proposal back that is not settled."""
    if user.pk != transfer.proposed_by_id and not holds(user, COORDINATION):
        return no(_("Only the coordination or whoever proposed the change takes it back."))
    if not transfer.is_open:
        return not_now(_("This proposal is settled."))
    return YES


def can_check_evidence(user, recommendation):
    """Head or deputy say whether what they approved still holds on a changed figure; before that the office does."""
    lead = recommendation.lead_department
    if recommendation.approval_id and not (lead and decides_for(user, lead)):
        return no(_("Only the head of %(department)s says whether the approval still holds.") % {"department": lead})
    if not recommendation.approval_id and not (verdict := _coordinates(user)):
        return verdict
    if not recommendation.evidence.filter(doubts__answer="").exists():
        return not_now(_("No pinned figure was changed."))
    return YES


def can_make_paper(user, recommendation):
    """After the approval the coordination or the lead department makes a paper for the committees."""
    lead = recommendation.lead_department
    if not holds(user, COORDINATION) and not (lead and _works_for(user, lead)):
        return no(_("Only the coordination or the lead department makes the paper."))
    if recommendation.status == Status.IN_COMMITTEE:
        return not_now(_("There is a paper already."))
    if recommendation.status != Status.APPROVED:
        return not_now(_("Only what the department has approved goes to the committees."))
    return YES


def can_advance(user, recommendation, to):
    """After the approval the lead department moves implementation on, the office the rest."""
    who = ONWARD.get((recommendation.status, to))
    if who == "office" and not (verdict := _coordinates(user)):
        return verdict
    if who == "lead" and not _works_for(user, recommendation.lead_department):
        return no(_("Only %(department)s may do this.") % {"department": recommendation.lead_department})
    if who is None:
        return not_now(_("This step does not follow from the present state."))
    return YES


def can_plan_measure(user, recommendation):
    """The lead department plans measures once the recommendation is approved."""
    if recommendation.lead_department is None or not _works_for(user, recommendation.lead_department):
        return no(_("Only the lead department plans measures."))
    if recommendation.approval_id is None:
        return not_now(_("Measures follow from an approved recommendation."))
    return YES


def can_report_measure(user, measure):
    """The responsible department reports on its measure."""
    if not _works_for(user, measure.department):
        return no(_("Only %(department)s reports on this measure.") % {"department": measure.department})
    return YES


def can_start_measure(user, measure):
    """A measure starts once it is fixed how its effect will be looked at, or why no figure can show it."""
    if not (verdict := can_report_measure(user, measure)):
        return verdict
    recommendation = measure.recommendation
    if not recommendation.effect_reviews.filter(replaced_at=None).exists():
        return not_now(
            _("Before the measure starts, %(department)s fixes the effect review: figure, target and day.")
            % {"department": recommendation.lead_department}
        )
    return YES


def can_replan_measure(user, measure):
    """The lead department changes the plan of an unfinished measure, with a reason; the former plan stays readable."""
    lead = measure.recommendation.lead_department
    if lead is None or not _works_for(user, lead):
        return no(_("Only the lead department changes the plan of a measure."))
    if measure.is_finished:
        return not_now(_("What is done or stopped is not planned anew."))
    if measure.recommendation.approval_id is None:
        return not_now(_("The approval no longer holds. The measure can be planned anew after the next approval."))
    return YES


def can_change_steps(user, measure):
    """Responsible and lead department write the small steps of an unfinished measure."""
    lead = measure.recommendation.lead_department
    if not _works_for(user, measure.department) and not (lead and _works_for(user, lead)):
        return no(_("Only %(department)s changes the steps of this measure.") % {"department": measure.department})
    if measure.is_finished:
        return not_now(_("The steps of a finished measure are not changed any more."))
    return YES


def can_report_done(user, committee):
    """Whoever prepares the committee's meetings notes that a done measure was reported there."""
    return can_prepare(user, committee)


def can_plan_effect(user, recommendation):
    """The lead department fixes how the effect will be looked at, from the approval until the matter is closed."""
    lead = recommendation.lead_department
    if lead is None or not _works_for(user, lead):
        return no(_("Only the lead department fixes the effect review."))
    if recommendation.approval_id is None:
        return not_now(_("The effect review follows from an approved recommendation."))
    if recommendation.status == Status.CLOSED:
        return not_now(_("This matter is closed."))
    return YES


def can_propose_effect(user, recommendation):
    """Coordination and education monitoring may propose what the figures show; the department has the word."""
    if not (holds(user, COORDINATION) or holds(user, MONITORING)):
        return no(_("Only the coordination or education monitoring proposes the state of the effect."))
    if not _under_review(recommendation):
        return not_now(_("The effect review has not begun."))
    if recommendation.effect_reviews.answered().exists() and not recommendation.effect_reviews.waiting():
        return not_now(_("The department has answered already."))
    return YES


def can_review_effect(user, recommendation):
    """The lead department says in one paragraph how things developed, once the day has come or the review began."""
    lead = recommendation.lead_department
    if lead is None or not _works_for(user, lead):
        return no(_("Only the lead department writes the paragraph of the effect review."))
    if not _under_review(recommendation):
        return not_now(_("The effect review has not begun."))
    return YES


def _under_review(recommendation):
    if recommendation.status == Status.EVALUATION:
        return True
    return recommendation.effect_reviews.due().exists()


def can_maintain_goals(user):
    """The coordination keeps the tree of strategic goals and what hangs on it."""
    return YES if holds(user, COORDINATION) else no(_("Only the coordination maintains the strategic goals."))


def can_simulate(user):
    """Administration and data protection look up what somebody sees and may do; it is logged."""
    if holds(user, ADMINISTRATION) or holds(user, DATA_PROTECTION):
        return YES
    return no(_("Only the administration and data protection look at what somebody else sees and may do."))


def needs_remarks(position):
    """Remarks and disagreement say why."""
    return position in (Position.REMARKS, Position.DISAGREE)
