# SPDX-License-Identifier: EUPL-1.2
"""What follows an approval: the paper for the committees."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db import transaction
from django.utils import timezone

from activity.flows import logs_refusals, record
from committees import flows as committees
from recommendations import events, permissions
from recommendations.flows.locking import locked
from recommendations.lifecycle import RECOMMENDATION
from recommendations.models import PaperOfRecommendation

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Department, User
    from committees.models import Paper
    from recommendations.models import Decision, Recommendation


@logs_refusals(events.STEP_REFUSED)
@transaction.atomic
def make_paper(recommendation: Recommendation, *, by: User, paper_type: str, date: date | None = None) -> Paper:
    """Make the approved recommendation a numbered paper; its resolution is the wording the department approved.

    Papers of earlier approvals stay linked, so that their readers learn what became of them.
    """
    recommendation = locked(recommendation)
    permissions.can_make_paper(by, recommendation).enforce()
    approval = cast("Decision", recommendation.approval)  # without one there is no paper
    recommendation.paper = committees.create_paper(
        by=by,
        title=recommendation.title,
        paper_type=paper_type,
        lead_department=cast("Department", recommendation.lead_department),
        involved_departments=recommendation.involved_departments.all(),
        proposed_resolution=approval.content["proposed_resolution"],
        file_reference=recommendation.file_reference,
        date=date or timezone.localdate(),
    )
    RECOMMENDATION.take("make_paper", recommendation)
    recommendation.save(update_fields=["paper", "status", "changed_at"])
    PaperOfRecommendation.objects.create(recommendation=recommendation, paper=recommendation.paper, approval=approval)
    record(events.PAPER_MADE, recommendation, by=by, reference=recommendation.paper.reference)
    return recommendation.paper
