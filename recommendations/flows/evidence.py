# SPDX-License-Identifier: EUPL-1.2
"""Stale evidence: what to do when a figure is no longer what a recommendation was built on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from activity.flows import logs_refusals, record
from core.errors import WrongState
from core.sentences import sentence as _
from recommendations import events, permissions
from recommendations.flows.decision import reopen
from recommendations.flows.doubts import close
from recommendations.flows.locking import locked, signature_of
from recommendations.models import DoubtAnswer

if TYPE_CHECKING:
    from accounts.models import User
    from recommendations.models import Recommendation


@logs_refusals(events.STEP_REFUSED)
@transaction.atomic
def answer_doubts(recommendation: Recommendation, *, by: User, answer: str, reason: str) -> Recommendation:
    """Say of all changed figures at once: still valid, or reopen the matter. Either way with a reason."""
    answer, reason = DoubtAnswer(answer), reason.strip()
    recommendation = locked(recommendation)
    permissions.can_check_evidence(by, recommendation).enforce()
    if not reason:
        raise WrongState(_("Please write down the reason. It goes to the office and into the record."))
    evidence = list(recommendation.evidence.filter(doubts__answer="").distinct())
    signature = signature_of(by, recommendation.lead_department)
    if answer == DoubtAnswer.REOPENED:
        reopen(recommendation, by=by, reason=reason)
    else:
        record(events.EVIDENCE_CONFIRMED, recommendation, by=by, signature=signature, evidence=evidence, reason=reason)
    close(evidence, answer, reason=reason, answered_by=by, signature=signature)
    return recommendation
