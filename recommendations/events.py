# SPDX-License-Identifier: EUPL-1.2
"""What can happen to a recommendation, and who is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.data import Choice, Day, Fields, Many, Number, Remark, Text, Thing
from activity.kinds import Kind
from committees.models import Result
from recommendations.data import Report, Target, Ticks
from recommendations.models import Effect, Position, Status

if TYPE_CHECKING:
    from accounts.models import Department
    from recommendations.models import Measure, Recommendation


def authors(recommendation: Recommendation) -> set[User]:
    return {recommendation.author, recommendation.last_changed_by}


def _heads_of(*departments: Department | None) -> set[User]:
    return set(User.objects.heading(*departments))


def _people_of(department: Department) -> set[User]:
    """Head and staff of a department."""
    return _heads_of(department) | set(User.objects.appointed("staff", department))


def deciders(recommendation: Recommendation) -> set[User]:
    """Head of the lead department, and whoever stands in today."""
    department = recommendation.lead_department
    return _deciders_of(department) if department else set()


def _deciders_of(department: Department) -> set[User]:
    return _heads_of(department) | set(User.objects.standing_in_for(department))


def asked(recommendation: Recommendation) -> set[User]:
    """Heads of the departments that were asked to co-sign."""
    statements = recommendation.statements.of_this_round().exclude(department=None)
    return _heads_of(*(statement.department for statement in statements.select_related("department")))


def everybody_concerned(recommendation: Recommendation) -> set[User]:
    department = recommendation.lead_department
    return authors(recommendation) | (_people_of(department) if department else set())


def heads_of_both(recommendation: Recommendation) -> set[User]:
    """Authors, and who decides for the two departments between which the lead passes or was to pass."""
    transfer: Any = recommendation.lead_transfers.select_related("from_department", "to_department").first()
    return authors(recommendation) | {
        user for department in (transfer.from_department, transfer.to_department) for user in _deciders_of(department)
    }


def responsible_for(measure: Measure) -> set[User | None]:
    """The contact person of a measure, head and staff of its department."""
    return {measure.owner, *_people_of(measure.department)}


EVIDENCE = {"evidence": Thing()}
STATEMENT = {"body": Thing(), "position": Choice(Position), "signature": Remark(), "reason": Text()}
DECISION = {
    "signature": Text(),
    "department": Text(),
    "reason": Text(),
    "version": Number(),
    "deferred_until": Day(),
    "sha256": Text(),
}
REOPENING = {"reason": Text(), "version": Number()}
RESULT = {"committee": Thing(), "result": Choice(Result)}
MEASURE = {"measure": Text(), "measure_id": Number()}
TRANSFER = {"former": Thing(), "department": Thing()}

CREATED = Kind("recommendation.created", _("%(by)s drafted the recommendation “%(subject)s”."))
CHANGED = Kind(
    "recommendation.changed",
    _("%(by)s saved version %(version)s: %(fields)s."),
    data={"version": Number(), "fields": Fields("recommendations.Recommendation")},
)
EVIDENCE_PINNED = Kind("recommendation.evidence_pinned", _("%(by)s pinned evidence: %(evidence)s."), data=EVIDENCE)
EVIDENCE_REMOVED = Kind(
    "recommendation.evidence_removed", _("%(by)s removed evidence: %(evidence)s."), shape="dash", tone="", data=EVIDENCE
)
EVIDENCE_STALE = Kind(
    "recommendation.evidence_stale",
    _("A figure that “%(subject)s” stands on was changed at its source: %(evidence)s."),
    audience=lambda recommendation: everybody_concerned(recommendation) | deciders(recommendation),
    shape="warn",
    tone="soon",
    data=EVIDENCE,
)
EVIDENCE_RESTORED = Kind(
    "recommendation.evidence_restored",
    _("The figure that “%(subject)s” stands on is as pinned again: %(evidence)s."),
    data=EVIDENCE,
)
EVIDENCE_CONFIRMED = Kind(
    "recommendation.evidence_confirmed",
    _("%(signature)s: “%(subject)s” is still valid although the figure was changed (%(evidence)s)."),
    audience=everybody_concerned,
    shape="done",
    tone="ok",
    data={"signature": Text(), "evidence": Many(Thing()), "reason": Text()},
)
CO_CREATED = Kind(
    "recommendation.co_created",
    _("%(by)s worked on “%(subject)s” with actors on %(held_on)s: %(actors)s."),
    data={"held_on": Day(), "actors": Many(Thing()), "note": Text()},
)
MEDIATED = Kind(
    "recommendation.mediated",
    _("%(by)s mediated the dissent of %(body)s on “%(subject)s” on %(held_on)s: %(outcome)s"),
    audience=asked,
    data={"body": Thing(), "held_on": Day(), "outcome": Text()},
)
CONSULTATION_STARTED = Kind(
    "recommendation.consultation_started",
    _("%(by)s started co-signing of “%(subject)s”. Asked until %(due_on)s: %(bodies)s."),
    audience=asked,
    data={"due_on": Day(), "bodies": Many(Thing())},
)
STATEMENT_SIGNED = Kind(
    "recommendation.statement_signed",
    _("%(body)s on “%(subject)s”: %(position)s (%(signature)s)."),
    audience=authors,
    shape="done",
    tone="ok",
    data=STATEMENT,
)
STATEMENT_DISSENTED = Kind(
    "recommendation.statement_dissented",
    _("%(body)s on “%(subject)s”: %(position)s (%(signature)s)."),
    audience=authors,
    shape="no",
    tone="bad",
    data=STATEMENT,
)
REMINDED = Kind(
    "recommendation.reminded",
    _("%(by)s reminded %(body)s of the statement on “%(subject)s”."),
    audience=asked,
    data={"body": Thing()},
)
DUE_SOON = Kind(
    "recommendation.statement_due",
    _("The statement of %(body)s on “%(subject)s” is due soon."),
    audience=asked,
    data={"body": Thing()},
)
SUBMITTED = Kind(
    "recommendation.submitted",
    _("%(by)s submitted “%(subject)s” to %(department)s for decision."),
    audience=deciders,
    shape="wait",
    data={"department": Thing()},
)
TAKEN_BACK = Kind(
    "recommendation.taken_back", _("%(by)s took “%(subject)s” back to change it."), audience=deciders, shape="back"
)
APPROVED = Kind(
    "recommendation.approved",
    _("%(signature)s approved “%(subject)s” for %(department)s."),
    audience=everybody_concerned,
    shape="done",
    tone="ok",
    data=DECISION,
)
APPROVED_WITH_CHANGES = Kind(
    "recommendation.approved_with_changes",
    _("%(signature)s approved “%(subject)s” with changes for %(department)s."),
    audience=everybody_concerned,
    shape="done",
    tone="ok",
    data=DECISION,
)
APPROVAL_VOIDED = Kind(
    "recommendation.approval_voided",
    _("%(by)s reopened “%(subject)s”. The approval of version %(version)s no longer holds."),
    audience=everybody_concerned,
    shape="back",
    tone="bad",
    data=REOPENING,
)
REOPENED = Kind(
    "recommendation.reopened",
    _("%(by)s reopened “%(subject)s”. It can be changed and submitted again."),
    audience=everybody_concerned,
    shape="back",
    tone="soon",
    data=REOPENING,
)
RETURNED = Kind(
    "recommendation.returned",
    _("%(signature)s returned “%(subject)s”."),
    audience=authors,
    shape="back",
    tone="soon",
    data=DECISION,
)
DEFERRED = Kind(
    "recommendation.deferred",
    _("%(signature)s deferred “%(subject)s” until %(deferred_until)s."),
    audience=authors,
    shape="pause",
    tone="soon",
    data=DECISION,
)
REJECTED = Kind(
    "recommendation.rejected",
    _("%(signature)s rejected “%(subject)s”."),
    audience=authors,
    shape="no",
    tone="bad",
    data=DECISION,
)
RESUBMITTED = Kind(
    "recommendation.resubmitted", _("“%(subject)s” waits for a decision again."), audience=deciders, shape="wait"
)
WITHDRAWN = Kind(
    "recommendation.withdrawn",
    _("%(by)s withdrew “%(subject)s”."),
    audience=deciders,
    shape="dash",
    tone="",
    data={"reason": Text()},
)
PAPER_MADE = Kind(
    "recommendation.paper_made",
    _("%(by)s made paper %(reference)s of “%(subject)s”."),
    audience=everybody_concerned,
    data={"reference": Text()},
)
ADVANCED = Kind(  # of earlier days, when states were set by hand
    "recommendation.advanced",
    _("%(by)s set “%(subject)s” to: %(status)s."),
    audience=everybody_concerned,
    data={"status": Choice(Status), "note": Remark()},
)
RESOLVED = Kind(
    "recommendation.resolved",
    _("%(committee)s resolved on “%(subject)s”: %(result)s."),
    audience=everybody_concerned,
    shape="done",
    tone="ok",
    data=RESULT,
)
RESOLUTION_CHANGED = Kind(
    "recommendation.resolution_changed",
    _("%(committee)s resolved “%(subject)s” in other words. Please confirm the difference; then measures may begin."),
    audience=deciders,
    shape="wait",
    data={"committee": Thing()},
)
RESOLUTION_CONFIRMED = Kind(
    "recommendation.resolution_confirmed",
    _("%(signature)s confirmed the words in which %(committee)s resolved “%(subject)s”."),
    audience=everybody_concerned,
    shape="done",
    tone="ok",
    data={"signature": Text(), "committee": Thing(), "note": Text()},
)
REFUSED = Kind(
    "recommendation.refused",
    _("%(committee)s did not resolve “%(subject)s”: %(result)s."),
    audience=everybody_concerned,
    shape="no",
    tone="bad",
    data=RESULT,
)
RESULT_CORRECTED = Kind(
    "recommendation.result_corrected",
    _("%(committee)s, corrected result on “%(subject)s”: %(result)s."),
    audience=everybody_concerned,
    shape="back",
    data=RESULT,
)
IMPLEMENTATION_BEGUN = Kind(
    "recommendation.implementation_begun",
    _("With “%(measure)s” the implementation of “%(subject)s” has begun."),
    audience=everybody_concerned,
    data={"measure": Text()},
)
NOT_BEGUN = Kind(
    "recommendation.not_begun",
    _("“%(measure)s” has not begun after all, and with it the implementation of “%(subject)s”."),
    audience=everybody_concerned,
    shape="back",
    data={"measure": Text()},
)
CONCLUDED = Kind(
    "recommendation.concluded",
    _("%(by)s ended the implementation of “%(subject)s”: %(outcome)s."),
    data={"outcome": Choice(Status), "note": Text()},
    audience=everybody_concerned,
    shape="done",
    tone="ok",
)
EVALUATION_BEGUN = Kind(
    "recommendation.evaluation_begun",
    _("%(by)s began the effect review of “%(subject)s”."),
    audience=everybody_concerned,
)
CLOSED = Kind("recommendation.closed", _("%(by)s closed “%(subject)s”."), audience=everybody_concerned, shape="done")
CORRECTION_NOT_FOLLOWED = Kind(
    "recommendation.correction_not_followed",
    _(
        "The result of %(committee)s on “%(subject)s” was corrected to: %(result)s. The matter has moved on and "
        "keeps its state. Please see what is to be done."
    ),
    audience=everybody_concerned,
    shape="warn",
    tone="soon",
    data=RESULT,
)
MEASURE_PLANNED = Kind("recommendation.measure_planned", _("%(by)s planned the measure “%(measure)s”."), data=MEASURE)
MEASURE_REPLANNED = Kind(
    "recommendation.measure_replanned",
    _("%(by)s changed the plan of the measure “%(measure)s”: %(changes)s."),
    audience=authors,
    shape="back",
    tone="soon",
    data={**MEASURE, "changes": Fields("recommendations.Measure"), "reason": Text()},
)
MEASURE_REPORTED = Kind(
    "recommendation.measure_reported",
    _("%(by)s reported on the measure “%(measure)s”: %(state)s."),
    audience=authors,
    data={**MEASURE, "state": Report(), "reason": Text()},
)
STEP_ADDED = Kind(
    "recommendation.step_added",
    _("%(by)s added a step to the measure “%(measure)s”: %(step)s."),
    data={**MEASURE, "step": Text()},
)
STEP_REMOVED = Kind(
    "recommendation.step_removed",
    _("%(by)s removed a step of the measure “%(measure)s”: %(step)s."),
    shape="dash",
    data={**MEASURE, "step": Text()},
)
STEPS_TICKED = Kind(
    "recommendation.steps_ticked",
    _("%(by)s on the steps of the measure “%(measure)s”: %(steps)s."),
    shape="done",
    data={**MEASURE, "steps": Ticks()},
)
MEASURE_DUE = Kind(
    "measure.due",
    _("The measure “%(subject)s” is due on %(due_on)s."),
    audience=responsible_for,
    shape="warn",
    tone="soon",
    data={"due_on": Day()},
)
DONE_REPORTED = Kind(
    "recommendation.done_reported",
    _("%(by)s noted that “%(measure)s” was reported to %(committee)s as done."),
    data={**MEASURE, "committee": Thing()},
)
EFFECT_PLANNED = Kind(
    "recommendation.effect_planned",
    _("%(by)s fixed how the effect of “%(subject)s” is looked at on %(review_on)s: %(what)s."),
    audience=authors,
    data={"review_on": Day(), "what": Target(), "reason": Text()},
)
EFFECT_DUE = Kind(
    "recommendation.effect_due",
    _("The day has come to look at the effect of “%(subject)s”: %(what)s."),
    audience=everybody_concerned,
    shape="warn",
    tone="soon",
    data={"what": Target()},
)
EFFECT_PROPOSED = Kind(
    "recommendation.effect_proposed",
    _("%(by)s proposes for the effect review of “%(subject)s”: %(effect)s."),
    audience=everybody_concerned,
    data={"effect": Choice(Effect), "note": Text()},
)
EFFECT_REVIEWED = Kind(
    "recommendation.effect_reviewed",
    _("%(signature)s on the development after the measure: %(effect)s."),
    audience=everybody_concerned,
    data={"signature": Text(), "effect": Choice(Effect), "note": Text()},
)
TRANSFER_PROPOSED = Kind(
    "recommendation.transfer_proposed",
    _("%(by)s proposed that the lead of “%(subject)s” passes from %(former)s to %(department)s."),
    audience=heads_of_both,
    shape="wait",
    data={**TRANSFER, "reason": Text()},
)
LEAD_RELEASED = Kind(
    "recommendation.lead_released",
    _("%(signature)s released the lead of “%(subject)s” for %(former)s."),
    audience=heads_of_both,
    data={**TRANSFER, "signature": Text()},
)
LEAD_ACCEPTED = Kind(
    "recommendation.lead_accepted",
    _("%(signature)s accepted the lead of “%(subject)s” for %(department)s."),
    audience=heads_of_both,
    data={**TRANSFER, "signature": Text()},
)
TRANSFER_REFUSED = Kind(
    "recommendation.transfer_declined",
    _("%(signature)s did not agree that %(department)s takes the lead of “%(subject)s”. It stays with %(former)s."),
    audience=heads_of_both,
    shape="no",
    tone="soon",
    data={**TRANSFER, "signature": Text(), "reason": Text()},
)
TRANSFER_WITHDRAWN = Kind(
    "recommendation.transfer_withdrawn",
    _("%(by)s took back the proposal that %(department)s takes the lead of “%(subject)s”."),
    audience=heads_of_both,
    shape="dash",
    tone="",
    data=TRANSFER,
)
LEAD_TRANSFERRED = Kind(
    "recommendation.lead_transferred",
    _("The lead of “%(subject)s” passed from %(former)s to %(department)s. Version %(version)s is to be submitted."),
    audience=lambda recommendation: heads_of_both(recommendation) | everybody_concerned(recommendation),
    shape="done",
    tone="ok",
    data={**TRANSFER, "version": Number(), "reason": Text()},
)
GOAL_CREATED = Kind("goal.created", _("%(by)s entered the strategic goal “%(subject)s”."))
GOAL_CHANGED = Kind(
    "goal.changed",
    _("%(by)s changed the strategic goal “%(subject)s”: %(fields)s."),
    data={"fields": Fields("recommendations.StrategicGoal")},
)
GOALS_ASSIGNED = Kind(
    "recommendation.goals_assigned",
    _("%(by)s assigned “%(subject)s” to strategic goals: %(goals)s."),
    data={"goals": Many(Thing())},
)
SIMULATED = Kind(
    "recommendation.simulated",
    _("%(by)s looked up what %(subject)s sees and may do. Recommendation: %(recommendation)s."),
    tone="",
    data={"recommendation": Text()},
)
DECISION_REFUSED = Kind(
    "recommendation.decision_refused",
    _("%(by)s wanted to decide “%(subject)s”."),
    shape="no",
    tone="bad",
    refused=True,
    data={"reason": Remark()},
)
STEP_REFUSED = Kind(
    "recommendation.step_refused",
    _("%(by)s wanted to change “%(subject)s”."),
    shape="no",
    tone="bad",
    refused=True,
    data={"reason": Remark()},
)
