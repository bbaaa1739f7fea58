# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from committees import events as committees
from recommendations import events
from tasks import flows
from tasks.models import TaskKind

if TYPE_CHECKING:
    from activity.models import Event

MAKES = {
    events.RETURNED.code: TaskKind.REVISE,
    events.APPROVAL_VOIDED.code: TaskKind.REVISE,
    events.REOPENED.code: TaskKind.REVISE,
    events.APPROVED.code: TaskKind.MAKE_PAPER,
    events.APPROVED_WITH_CHANGES.code: TaskKind.MAKE_PAPER,
}
FULFILS = {
    events.SUBMITTED.code: TaskKind.REVISE,
    events.WITHDRAWN.code: TaskKind.REVISE,
    events.PAPER_MADE.code: TaskKind.MAKE_PAPER,
    events.IMPLEMENTATION_BEGUN.code: TaskKind.MAKE_PAPER,
}


def follow_recommendation(sender: type[Event], event: Event, **kwargs: Any) -> None:
    if kind := MAKES.get(event.kind):
        recommendation = event.subject
        flows.add(owner=recommendation.author, title=recommendation.title, recommendation=recommendation, kind=kind)
    if kind := FULFILS.get(event.kind):
        flows.fulfil(event.subject, kind)  # type: ignore[arg-type]


def follow_committee(sender: type[Event], event: Event, **kwargs: Any) -> None:
    """A meeting left a question or an assignment behind: its owner has something to do, until it is done."""
    if event.kind == committees.QUESTION_RAISED.code:
        question = event.subject
        flows.add(
            owner=question.owner,
            title=question.text[:200],
            due_on=question.due_on,
            kind=TaskKind.ANSWER,
            about=question,
        )
    elif event.kind == committees.ASSIGNED.code:
        one = event.subject
        flows.add(owner=one.owner, title=one.text[:200], due_on=one.due_on, kind=TaskKind.ASSIGNMENT, about=one)
    elif event.kind == committees.QUESTION_ANSWERED.code:
        flows.fulfil_about(question=event.subject)
    elif event.kind == committees.ASSIGNMENT_DONE.code:
        flows.fulfil_about(assignment=event.subject)
