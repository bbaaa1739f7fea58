# SPDX-License-Identifier: EUPL-1.2
"""What happened to a paper and its recommendation, in the words of the log, oldest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from activity.models import Event
from committees import events as committees
from recommendations import events as recommendations
from reports.kinds.parts import day

if TYPE_CHECKING:
    from committees.models import Paper
    from recommendations.models import Recommendation

# What a reader outside may know: steps of the thread, without remarks and without who typed what.
TOLD = {
    kind.code
    for kind in (
        recommendations.CREATED,
        recommendations.CO_CREATED,
        recommendations.CONSULTATION_STARTED,
        recommendations.STATEMENT_SIGNED,
        recommendations.STATEMENT_DISSENTED,
        recommendations.MEDIATED,
        recommendations.SUBMITTED,
        recommendations.TAKEN_BACK,
        recommendations.APPROVED,
        recommendations.APPROVED_WITH_CHANGES,
        recommendations.APPROVAL_VOIDED,
        recommendations.RETURNED,
        recommendations.DEFERRED,
        recommendations.RESUBMITTED,
        recommendations.PAPER_MADE,
        recommendations.ADVANCED,
        recommendations.RESOLVED,
        recommendations.REFUSED,
        recommendations.RESULT_CORRECTED,
        recommendations.IMPLEMENTATION_BEGUN,
        recommendations.NOT_BEGUN,
        recommendations.CONCLUDED,
        recommendations.EVALUATION_BEGUN,
        recommendations.CLOSED,
        recommendations.EFFECT_REVIEWED,
        committees.SCHEDULED,
        committees.RESULT_RECORDED,
        committees.RESULT_CORRECTED,
    )
}
INSIDE = {recommendations.CO_CREATED.code, recommendations.MEDIATED.code}  # they quote what was said inside


def history_of(paper: Paper, recommendation: Recommendation | None, full: bool) -> list[dict[str, str]]:
    """``[{"date", "text"}]`` of a paper and its recommendation; the public edition leaves out what was said inside."""
    told = TOLD if full else TOLD - INSIDE
    found = []
    for subject in (recommendation, paper):
        if subject is not None:
            found += Event.objects.about(subject).filter(kind__in=told)
    found.sort(key=lambda event: (event.at, event.pk))
    return [{"date": day(event.at), "text": event.sentence} for event in found]
