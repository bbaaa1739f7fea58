# SPDX-License-Identifier: EUPL-1.2
"""Stale evidence: what to do when a figure is no longer what a recommendation was built on."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.flows import logs_refusals, record
from core.errors import WrongState
from recommendations import events, permissions
from recommendations.evidence_chain import links_of
from recommendations.flows.decision import reopen
from recommendations.flows.locking import locked, signature_of
from recommendations.models import Doubt, DoubtAnswer, Evidence, Recommendation


def check_evidence():
    """Compare every pinned figure in use with its source and raise doubts; how many recommendations are concerned.

    Asked again without a new change it does nothing. A doubt that was answered is not raised again for the same value.
    """
    found = {}
    for link in links_of(Evidence.objects.in_use()):
        found.setdefault(link.evidence.recommendation_id, []).append(link)
    return sum(_check(Recommendation(pk=pk), links) for pk, links in found.items())


@transaction.atomic
def _check(recommendation, links):
    last = {}
    for doubt in Doubt.objects.filter(evidence__recommendation=recommendation).order_by("pk"):
        last[doubt.evidence_id] = doubt
    stale, restored = [], []
    for link in links:
        doubt = last.get(link.evidence.pk)
        if link.is_stale and not (doubt and _is_about(doubt, link)):
            stale.append(link)
        elif not link.is_stale and doubt and doubt.answer == DoubtAnswer.OPEN:
            restored.append(link)
    if not stale and not restored:
        return False
    recommendation = locked(recommendation)
    _close([link.evidence for link in stale + restored], DoubtAnswer.RESTORED)
    for link in stale:
        value, sign = _now(link)
        Doubt.objects.create(evidence=link.evidence, value=value, sign=sign)
        record(events.EVIDENCE_STALE, recommendation, by=None, evidence=str(link.evidence))
    for link in restored:
        record(events.EVIDENCE_RESTORED, recommendation, by=None, evidence=str(link.evidence))
    return True


def _now(link):
    if link.today is None:
        return None, ""
    return (None if link.today.value is None else round(link.today.value, 10)), link.today.sign or ""


def _is_about(doubt, link):
    return doubt.answer != DoubtAnswer.RESTORED and (doubt.value, doubt.sign) == _now(link)


def _close(evidence, answer, **fields):
    Doubt.objects.open().filter(evidence__in=evidence).update(answer=answer, answered_at=timezone.now(), **fields)


@logs_refusals(events.STEP_REFUSED)
@transaction.atomic
def answer_doubts(recommendation, *, by, answer, reason):
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
        names = ", ".join(str(one) for one in evidence)
        record(events.EVIDENCE_CONFIRMED, recommendation, by=by, signature=signature, evidence=names, reason=reason)
    _close(evidence, answer, reason=reason, answered_by=by, signature=signature)
    return recommendation
