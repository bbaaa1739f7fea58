# SPDX-License-Identifier: EUPL-1.2
"""“Who decides here?”: the answer for one recommendation and one reader, from the functions that enforce it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from accounts.models import Department, User
from core.errors import NotAllowed
from recommendations import permissions
from recommendations.lifecycle import RECOMMENDATION, Status
from recommendations.models import DecisionKind, LeadTransfer

if TYPE_CHECKING:
    from accounts.querysets import DepartmentQuerySet
    from core.sentences import Sentence
    from core.verdicts import Verdict
    from recommendations.models import Recommendation


@dataclass(frozen=True)
class Authority:
    """Who decides, who stands in, what follows; what the reader may do, and why not the rest."""

    department: object
    heads: list
    delegations: list
    is_suggestion: bool
    consultations: list
    transfer: Any = None  # the open change of the lead, if there is one
    vacant: list = field(default_factory=list)  # departments that are to act and have neither head nor deputy
    may: list[str] = field(default_factory=list)
    may_not: list[tuple[str, str | Sentence]] = field(default_factory=list)


def who_decides(recommendation: Recommendation, user: User) -> Authority:
    """The card for one reader: of what one may not, only what concerns this person."""
    transfer = open_transfer(recommendation)
    asked = answers(recommendation, user, transfer)
    may_not = [(label, verdict.reason) for label, verdict in asked if not verdict and _concerns(label, verdict, asked)]
    department = recommendation.lead_department
    heads, delegations = [], []
    if department:
        heads = list(User.objects.heading(department))
        delegations = list(department.delegations.in_force().in_order())
    paper = recommendation.paper
    return Authority(
        department=department,
        heads=heads,
        delegations=delegations,
        is_suggestion=recommendation.is_suggestion,
        consultations=list(paper.consultations.select_related("committee", "agenda_item__meeting")) if paper else [],
        transfer=transfer,
        vacant=list(_waited_for(recommendation, transfer)),
        may=[label for label, verdict in asked if verdict],
        may_not=may_not,
    )


def _waited_for(recommendation: Recommendation, transfer: LeadTransfer | None) -> DepartmentQuerySet:
    """Of the departments that are to decide, co-sign or consent now, those in which nobody may."""
    asked = recommendation.statements.open().filter(recommendation__status=Status.CONSULTATION)
    keys = {recommendation.lead_department_id, *asked.values_list("department", flat=True)}
    if transfer:
        keys |= {transfer.from_department_id, transfer.to_department_id}
    return Department.objects.without_anybody_to_decide().filter(pk__in=keys - {None})  # type: ignore[misc]


def open_transfer(recommendation: Recommendation) -> LeadTransfer | None:
    """The change of the lead that waits for consent, if there is one."""
    return LeadTransfer.objects.open().filter(recommendation=recommendation).for_display().first()


def answers(
    recommendation: Recommendation, user: User, transfer: LeadTransfer | None = None
) -> list[tuple[str, Verdict]]:
    """Everything that may be asked of a recommendation in its state, with the verdict for one person."""
    asked = [(_("Decide"), permissions.can_decide(user, recommendation))]
    if recommendation.is_suggestion and asked[0][1]:
        asked.append((_("Approve"), permissions.can_decide(user, recommendation, DecisionKind.APPROVE)))
    if recommendation.is_undecided:
        asked += [
            (_("Change text and evidence"), permissions.can_edit(user, recommendation)),
            (_("Submit for decision"), permissions.can_submit(user, recommendation)),
            (_("Withdraw the recommendation"), permissions.can_withdraw(user, recommendation)),
        ]
    if RECOMMENDATION.allows("start_consultation", recommendation):
        asked.append((_("Start co-signing"), permissions.can_start_consultation(user, recommendation)))
    if RECOMMENDATION.allows("take_back", recommendation):
        asked.append((_("Take the text back"), permissions.can_take_back(user, recommendation)))
    if recommendation.status == Status.CONSULTATION:
        asked += [
            (_("Answer for %(body)s") % {"body": statement.body}, permissions.can_sign(user, statement))
            for statement in recommendation.statements.open().select_related("department", "actor", "recommendation")
        ]
    if RECOMMENDATION.allows("make_paper", recommendation):
        asked.append((_("Make a paper for the committees"), permissions.can_make_paper(user, recommendation)))
    if RECOMMENDATION.allows("reopen", recommendation):
        asked.append((_("Reopen what was decided"), permissions.can_reopen(user, recommendation)))
    if recommendation.approval_id:
        asked.append((_("Plan measures"), permissions.can_plan_measure(user, recommendation)))
    if transfer:
        asked += [
            (_("Release the lead"), permissions.can_release_lead(user, transfer)),
            (_("Take the lead"), permissions.can_accept_lead(user, transfer)),
        ]
    elif recommendation.life.lead_may_change:
        asked.append((_("Propose another lead department"), permissions.can_propose_transfer(user, recommendation)))
    return asked


def _concerns(label: str, verdict: Verdict, asked: Sequence[tuple[str, Verdict]]) -> bool:
    """Deciding is always explained; of the rest only what this person could do at another time."""
    return label == asked[0][0] or verdict.error is not NotAllowed
