# SPDX-License-Identifier: EUPL-1.2
"""What the database refuses, a row for each constraint: what a thing would have to be to break it.

``WHOLE`` are things that the database takes; what is required besides is filled in by model-bakery. ``BREAKS`` says for
each condition which fields break it, ``TWICE`` for an "only once" which fields make it hold. ``Same`` is the value of
another field, and what can be called is made.
"""

from dataclasses import dataclass
from datetime import time, timedelta
from itertools import cycle
from operator import attrgetter

from django.utils import timezone
from model_bakery import baker

from core.canonical import CanonicalJSONField

TODAY, NOW = timezone.localdate(), timezone.now()
EARLIER = TODAY - timedelta(days=1)


@dataclass(frozen=True)
class Same:
    """As another field of the same thing is."""

    field: str

    def of(self, thing):
        return thing if self.field == "self" else attrgetter(self.field)(thing)


baker.generators.add(CanonicalJSONField, dict)


def made(model, **fields):
    return lambda: baker.make(model, **fields)


USER, ITEM, PAPER = made("accounts.User"), made("committees.AgendaItem"), made("committees.Paper")
DEPARTMENT, EVIDENCE = made("accounts.Department"), made("recommendations.Evidence", value=1)


def submitted():
    """A recommendation on which the database takes a decision."""
    department = DEPARTMENT()
    return baker.make(
        "recommendations.Recommendation", status="submitted", submitted_at=NOW, round=1, lead_department=department
    )


WHOLE = {
    "Attendance": {"name": "Gast"},
    "Doubt": {"evidence": EVIDENCE},
    "AgendaTemplateItem": {"position": 1},
    "ConflictOfInterest": {"agenda_item": ITEM},
    "Consultation": {"paper": PAPER},
    "Decision": {
        "recommendation": submitted,
        "department": Same("recommendation.lead_department"),
        "round": 1,
        "kind": "approve",
    },
    "EffectReview": {"no_figure_reason": "–"},
    "Evidence": {"value": 1},
    "FormerPlan": {"reason": "–"},
    "Measure": {"due_on": TODAY},
    "Meeting": {"start": NOW},
    "Membership": {"start_on": TODAY},
    "Observation": {"value": 1},
    "ReleasedValue": {"value": 1},
    "Statement": {"department": DEPARTMENT},
    "Grant": {"cause": "appointed", "proposed_by": USER, "valid_from": TODAY},
    "LegislativeTerm": {"start_on": TODAY},
    "Delegation": {"valid_from": TODAY, "valid_until": TODAY},
}

# what cannot be told from the constraint: fields with which the condition of "only once" holds
TWICE = {
    "attendance_once": {"name": "", "membership": made("committees.Membership", start_on=TODAY)},
    "attendance_one_chair": {"role": "chair"},
    "conflict_paper_once": {"agenda_item": None, "paper": PAPER},
    "consultation_agenda_item_once": {"agenda_item": ITEM},
    "consultation_one_body_decides": {"authoritative": True, "role": "decision"},
    "consultation_without_paper_once": {
        "paper": None,
        "agenda_item": ITEM,
        "result": "noted",
        "recorded_at": NOW,
    },
    "decision_number_once": {"decision_number": "1/26"},
    "paper_supplement_once": {"supplement_to": PAPER, "supplement_number": 1},
    "statement_once_per_actor": {"department": None, "actor": made("actors.Actor")},
    "task_once_while_open": {"kind": "revise", "recommendation": made("recommendations.Recommendation")},
    "task_once_per_question": {"kind": "answer", "question": made("committees.Question")},
    "task_once_per_assignment": {"kind": "assignment", "assignment": made("committees.Assignment")},
    "user_email_unique": {"email": cycle(("Anke@lindenfurt.example", "anke@lindenfurt.example")).__next__},
}

BREAKS = {
    "task_names_its_barrier": {"kind": "barrier"},
    "actor_dissolved_after_founded": {"founded_on": TODAY, "dissolved_on": EARLIER},
    "agenda_item_non_public_has_reason": {"is_public": False},
    "agenda_item_urgent_has_reason": {"is_urgent": True, "urgent_reason": "Frist"},
    "agenda_template_item_non_public_has_reason": {"is_public": False},
    "annex_non_public_has_reason": {"is_public": False},
    "assignment_done_before_accepted": {"accepted_at": NOW},
    "attachment_non_public_has_reason": {"is_public": False},
    "attendance_of_member_or_named": {"name": ""},
    "checklist_item_done_by_somebody": {"done_at": NOW},
    "conflict_on_item_or_paper": {"paper": PAPER},
    "conflict_withdrawn_with_reason": {"withdrawn_at": NOW, "withdrawn_by": USER},
    "consultation_authoritative_decides": {"authoritative": True, "role": "hearing"},
    "consultation_result_is_recorded": {"result": "noted"},
    "consultation_without_paper_is_a_result": {"paper": None, "agenda_item": ITEM},
    "decision_change_keeps_proposal": {"kind": "changed"},
    "decision_deferral_has_date": {"kind": "defer", "reason": "–"},
    "decision_refusal_has_reason": {"kind": "return"},
    "delegation_ends_after_start": {"valid_until": EARLIER},
    "delegation_ends_after_its_hour": {"from_time": time(9), "until_time": time(8)},
    "delegation_in_an_order": {"position": 0},
    "delegation_to_somebody_else": {"deputy": Same("set_by")},
    "document_ready_has_file": {"state": "ready", "finished_at": NOW},
    "document_subject_whole": {"subject_id": 1},
    "document_withdrawn_with_reason": {"withdrawn_at": NOW, "withdrawn_by": USER},
    "doubt_answer_has_date": {"answer": "valid", "reason": "–"},
    "doubt_answer_has_reason": {"answer": "valid", "answered_at": NOW},
    "effect_review_answer_complete": {"answered_at": NOW, "effect": "improved"},
    "effect_review_figure_or_reason": {"no_figure_reason": ""},
    "effect_review_replaced_has_reason": {"replaced_at": NOW},
    "effect_review_target_has_direction": {"direction": "at_most"},
    "evidence_value_or_sign": {"sign": "."},
    "former_plan_has_reason": {"reason": ""},
    "grant_by_two_people": {"confirmed_by": Same("proposed_by"), "confirmed_at": NOW, "confirmed_as": "head"},
    "grant_ends_after_start": {"valid_until": EARLIER},
    "grant_ends_with_reason": {"ended_at": NOW},
    "grant_not_confirmed_for_oneself": {
        "confirmed_by": Same("person"),
        "confirmed_at": NOW,
        "confirmed_as": "head",
    },
    "grant_not_proposed_for_oneself": {"proposed_by": Same("person")},
    "grant_proposed_and_confirmed": {"confirmed_by": USER, "confirmed_at": NOW},
    "meeting_ends_after_start": {"end": NOW},
    "measure_budget_not_negative": {"budget": -1},
    "measure_delay_has_reason": {"light": "red"},
    "measure_done_has_date": {"status": "done"},
    "measure_reported_is_done": {"reported_done_on": TODAY},
    "measure_started_before_done": {"status": "done", "started_on": TODAY, "done_on": EARLIER},
    "measure_starts_before_due": {"starts_on": TODAY + timedelta(days=1)},
    "measure_stopped_has_reason": {"status": "stopped"},
    "meetingattestation_names_its_source": {"source": ""},
    "statusattestation_names_its_source": {"source": ""},
    "membership_ends_after_start": {"end_on": EARLIER},
    "membership_succeeds_another": {"succeeds": Same("self")},
    "minutes_approval_complete": {"state": "approved", "approved_at": NOW},
    "observation_value_or_sign": {"sign": "."},
    "paper_non_public_has_reason": {"is_public": False},
    "paper_supplement_is_numbered": {"supplement_number": 1},
    "paper_urgent_has_reason": {"paper_type": "urgent"},
    "passage_chapter_known": {"chapter": "anything"},
    "position_ends_after_start": {"start_on": TODAY, "end_on": EARLIER},
    "question_answer_complete": {"answer": "Ja", "answered_at": NOW},
    "recommendation_approval_has_decision": {"status": "approved"},
    "recommendation_deferral_has_date": {"status": "deferred"},
    "recommendation_submission_complete": {"status": "submitted", "submitted_at": NOW},
    "released_value_or_sign": {"value": None},
    "statement_closed_without_an_answer": {"closed_at": NOW, "position": "agree", "signed_at": NOW},
    "statement_is_signed": {"position": "agree"},
    "statement_of_one_body": {"actor": made("actors.Actor")},
    "statement_says_why": {"position": "disagree", "signed_at": NOW},
    "task_names_its_question_or_assignment": {"kind": "answer"},
    "term_ends_after_start": {"end_on": EARLIER},
    "transfer_agreed_by_both": {
        "state": "agreed",
        "settled_at": NOW,
        "released_at": NOW,
        "released_by": USER,
        "accepted_at": NOW,
    },
    "transfer_not_by_one_alone": {
        "state": "agreed",
        "settled_at": NOW,
        "released_at": NOW,
        "released_by": Same("proposed_by"),
        "accepted_at": NOW,
        "accepted_by": Same("proposed_by"),
    },
    "transfer_refusal_has_reason": {"state": "refused", "settled_at": NOW, "refused_by": USER},
    "transfer_settled_has_date": {"state": "withdrawn"},
    "transfer_state_known": {"state": "anything", "settled_at": NOW},
    "transfer_to_another": {"to_department": Same("from_department")},
}


def a_thing(model, fields):
    """A thing with these fields, not yet in the database."""
    fields = {**WHOLE.get(model.__name__, {}), **fields}
    given = {name: value() if callable(value) else value for name, value in fields.items()}
    thing = baker.prepare(
        model, _save_related=True, **{name: value for name, value in given.items() if not isinstance(value, Same)}
    )
    if any(isinstance(value, Same) and value.field == "self" for value in given.values()):
        thing.save()
    for name, value in given.items():
        if isinstance(value, Same):
            setattr(thing, name, value.of(thing))
    return thing
