# SPDX-License-Identifier: EUPL-1.2
from recommendations import events
from tasks import flows
from tasks.models import TaskKind

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
    events.ADVANCED.code: TaskKind.MAKE_PAPER,
}


def follow_recommendation(sender, event, **kwargs):
    if kind := MAKES.get(event.kind):
        recommendation = event.subject
        flows.add(owner=recommendation.author, title=recommendation.title, recommendation=recommendation, kind=kind)
    if kind := FULFILS.get(event.kind):
        flows.fulfil(event.subject, kind)
