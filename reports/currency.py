# SPDX-License-Identifier: EUPL-1.2
"""Whether what a document says has been overtaken since it was made."""

from dataclasses import dataclass

from committees.models import Meeting, Paper
from recommendations.models import Doubt, PaperOfRecommendation, Recommendation


@dataclass(frozen=True)
class Overtaken:
    """Figures that were changed since, whether the approval was taken back, and the paper that took the place."""

    doubts: list
    reopened: bool
    successor: str = ""  # number of the later paper of the same recommendation

    def __bool__(self):
        return bool(self.doubts or self.reopened)


def overtaken(document):
    """What has changed since a ready document was ordered, for then its content was frozen; false where nothing has."""
    subject = document.subject
    if document.finished_at is None or subject is None:
        return Overtaken([], False)
    origin = None
    if isinstance(subject, Paper):
        origin = PaperOfRecommendation.objects.select_related("recommendation__paper").filter(paper=subject).first()
        about = Recommendation.objects.filter(papers__paper=subject)
    elif isinstance(subject, Meeting):
        about = Recommendation.objects.filter(papers__paper__consultations__agenda_item__meeting=subject).distinct()
    elif isinstance(subject, Recommendation):
        about = Recommendation.objects.filter(pk=subject.pk)
    else:
        return Overtaken([], False)
    doubts = Doubt.objects.filter(evidence__recommendation__in=about).unsettled_or_since(document.requested_at)
    later = origin.recommendation.paper if origin else None
    return Overtaken(
        list(doubts),
        reopened=bool(origin and not origin.holds),
        successor=later.reference if later and later.pk != subject.pk and later.is_public else "",
    )
