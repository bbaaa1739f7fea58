# SPDX-License-Identifier: EUPL-1.2
"""What the committees resolved on a recommendation: the word that holds, the words of the others, the department's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from committees.models import AGREED, Consultation, Result
from core.canonical import checksum

if TYPE_CHECKING:
    from committees.querysets import ConsultationQuerySet
    from recommendations.models import Recommendation, ResolutionConfirmation


@dataclass(frozen=True)
class Word:
    """What one body resolved, and who confirmed for the lead department that it goes on with a changed wording."""

    consultation: Any
    confirmation: Any = None
    changes: Any = ()

    @property
    def is_changed(self) -> bool:
        return self.consultation.result == Result.CHANGED


def holding(recommendation: Recommendation) -> Consultation | None:
    """The resolution that holds: of the body that decides finally, where it agreed."""
    if recommendation.paper_id is None:
        return None
    of_paper = Consultation.objects.filter(paper=recommendation.paper_id, authoritative=True, result__in=AGREED)
    return of_paper.for_display().first()


def unconfirmed(recommendation: Recommendation) -> Any:
    """The resolution that holds, where it changes the department's words and the department has not confirmed that."""
    resolution = holding(recommendation)
    if resolution is None or resolution.result != Result.CHANGED:
        return None
    return None if confirmation_of(recommendation, resolution) else resolution


def confirmation_of(recommendation: Recommendation, consultation: Consultation) -> ResolutionConfirmation | None:
    """The confirmation of what was resolved, in the words that stand there now."""
    in_these_words = recommendation.confirmations.filter(consultation=consultation, wording=consultation.result_note)
    return in_these_words.order_by("pk").last()


def mark_of(consultation: Any) -> str:
    """What somebody has seen who read these words, as a form sends it."""
    return checksum([consultation.pk, consultation.result_note])


def words_of(recommendation: Recommendation, consultations: ConsultationQuerySet) -> list[Word]:
    """What bodies said about the present paper, in the order of its way; only among those that a reader may see."""
    if recommendation.paper_id is None:
        return []
    recorded = consultations.filter(paper=recommendation.paper_id).recorded().for_display().order_by("position")
    return [Word(one, confirmation_of(recommendation, one)) for one in recorded]
