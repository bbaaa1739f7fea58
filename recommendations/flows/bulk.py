# SPDX-License-Identifier: EUPL-1.2
"""The same step for several recommendations: each passes its own verdict, in a transaction of its own.

Deciding is not among the steps and never will be: a decision is read and taken one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.roles import COORDINATION, holds
from activity.flows import without
from core.errors import DomainError
from core.sentences import sentence as _
from core.verdicts import not_now
from recommendations import permissions
from recommendations.flows.consultation import remind
from recommendations.flows.decision import submit, take_back, withdraw
from recommendations.flows.implementation import close, evaluate
from recommendations.flows.locking import locked
from recommendations.models import Recommendation

if TYPE_CHECKING:
    from accounts.models import User
    from core.verdicts import Verdict
    from recommendations.querysets import StatementQuerySet


@dataclass(frozen=True)
class Step:
    """A step for several: what it is called, its verdict and its flow for one recommendation."""

    code: str
    label: Any
    verdict: Callable[[Any, Recommendation], Any]
    flow: Callable[..., Any]
    asks_reason: bool = False


@dataclass(frozen=True)
class Outcome:
    """What came of it for one recommendation; ``reason`` says why nothing did."""

    recommendation: Recommendation
    reason: str = ""


def _asked(recommendation: Recommendation) -> StatementQuerySet:
    return recommendation.statements.open().filter(department__isnull=False).select_related("recommendation")


def _can_remind(user: User, recommendation: Recommendation) -> Verdict:
    if not (verdict := permissions.can_draft(user)):
        return verdict
    statement = _asked(recommendation).first()
    return permissions.can_remind(user, statement) if statement else not_now(_("There is nothing to remind of."))


def _remind(recommendation: Recommendation, *, by: User) -> None:
    for statement in _asked(recommendation):
        remind(statement, by=by)


STEPS = {
    step.code: step
    for step in (
        Step("remind", pgettext_lazy("several", "Remind of open statements"), _can_remind, _remind),
        Step("submit", gettext_lazy("Submit for decision"), permissions.can_submit, submit),
        Step("take_back", gettext_lazy("Take the text back"), permissions.can_take_back, take_back),
        Step(
            "withdraw",
            gettext_lazy("Withdraw the recommendation"),
            permissions.can_withdraw,
            withdraw,
            asks_reason=True,
        ),
        Step("evaluate", gettext_lazy("Begin the effect review"), permissions.can_evaluate, evaluate),
        Step("close", gettext_lazy("Close the matter"), permissions.can_close, close),
    )
}


def steps_for(user: User) -> list[Step]:
    """The steps that the office is offered for several at once; the verdict on each single one comes after."""
    return list(STEPS.values()) if holds(user, COORDINATION) else []


def mark_of(recommendation: Recommendation) -> str:
    """What a reader has seen of a recommendation: enough to notice that it has moved since."""
    return f"{recommendation.pk}-{recommendation.version}-{recommendation.round}-{recommendation.status}"


@without(verdict="each step asks its own", record="each step records its own", refusals="each step notes its own")
def carry_out(step: Step, marks: Sequence[str], *, by: User, **fields: str) -> list[Outcome]:
    """Take the step for each marked recommendation by its ordinary flow; what moved since or may not is left alone."""
    return [_one(step, mark, by, fields) for mark in dict.fromkeys(marks)]  # type: ignore[misc]


def _one(step: Step, mark: str, by: User, fields: Mapping[str, str]) -> Outcome | None:
    with transaction.atomic():
        visible = Recommendation.objects.visible_to(by).filter(pk=mark.partition("-")[0]).first()
        if visible is None:
            return None
        recommendation = locked(visible)
        if mark_of(recommendation) != mark:
            return Outcome(recommendation, _("It was changed after you opened the list. Look at it first."))
        try:
            step.flow(recommendation, by=by, **fields)
        except DomainError as refusal:  # caught within the transaction: the flow's note of the refusal is kept
            return Outcome(recommendation, str(refusal))
        return Outcome(recommendation)
