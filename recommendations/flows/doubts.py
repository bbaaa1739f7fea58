# SPDX-License-Identifier: EUPL-1.2
"""A pinned figure is no longer what its source says: that is noticed and written down as a doubt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from activity.flows import record
from recommendations import events
from recommendations.evidence_chain import links, links_of
from recommendations.flows.locking import locked
from recommendations.models import Doubt, DoubtAnswer, Evidence, Recommendation

if TYPE_CHECKING:
    from decimal import Decimal

    from recommendations.evidence_chain import Link


def check_evidence() -> int:
    """Compare every pinned figure in use with its source and raise doubts; how many recommendations are concerned.

    Asked again without a new change it does nothing. A doubt that was answered is not raised again for the same value.
    """
    found = {}
    for link in links_of(Evidence.objects.in_use()):
        found.setdefault(link.evidence.recommendation_id, []).append(link)
    return sum(_check(Recommendation(pk=pk), links) for pk, links in found.items())


def notice_changes(recommendation: Recommendation) -> None:
    """Raise at once what ``check_evidence`` would raise for this recommendation, before somebody decides on it."""
    _check(recommendation, links(recommendation))


@transaction.atomic
def _check(recommendation: Recommendation, links: Iterable[Link]) -> bool:
    last: dict[int, Doubt] = {}
    for given in Doubt.objects.filter(evidence__recommendation=recommendation).order_by("pk"):
        last[given.evidence_id] = given
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
    close([link.evidence for link in stale + restored], DoubtAnswer.RESTORED)
    for link in stale:
        value, sign = _now(link)
        Doubt.objects.create(evidence=link.evidence, value=value, sign=sign)
        record(events.EVIDENCE_STALE, recommendation, by=None, evidence=link.evidence)
    for link in restored:
        record(events.EVIDENCE_RESTORED, recommendation, by=None, evidence=link.evidence)
    return True


def _now(link: Link) -> tuple[Decimal | None, str]:
    if link.today is None:
        return None, ""
    return (None if link.today.value is None else round(link.today.value, 10)), link.today.sign or ""


def _is_about(doubt: Doubt, link: Link) -> bool:
    return doubt.answer != DoubtAnswer.RESTORED and (doubt.value, doubt.sign) == _now(link)


def close(evidence: Sequence[Evidence], answer: DoubtAnswer, **fields: Any) -> None:
    """Answer the open doubts about these figures."""
    Doubt.objects.open().filter(evidence__in=evidence).update(answer=answer, answered_at=timezone.now(), **fields)
