# SPDX-License-Identifier: EUPL-1.2
"""Whether what a document says has been overtaken since it was made."""

from dataclasses import dataclass

from committees.models import Meeting, Paper
from recommendations.models import Doubt, Recommendation


@dataclass(frozen=True)
class Overtaken:
    """Figures that were changed since, and whether the approval was taken back."""

    doubts: list
    reopened: bool

    def __bool__(self):
        return bool(self.doubts or self.reopened)


def overtaken(document):
    """What has changed since a ready document was made; false where nothing has."""
    subject = document.subject
    if document.finished_at is None or subject is None:
        return Overtaken([], False)
    if isinstance(subject, Paper):
        about = Recommendation.objects.filter(paper=subject)
    elif isinstance(subject, Meeting):
        about = Recommendation.objects.filter(paper__consultations__agenda_item__meeting=subject).distinct()
    elif isinstance(subject, Recommendation):
        about = Recommendation.objects.filter(pk=subject.pk)
    else:
        return Overtaken([], False)
    doubts = Doubt.objects.filter(evidence__recommendation__in=about).since(document.finished_at)
    reopened = isinstance(subject, Paper) and about.filter(approval=None).exists()
    return Overtaken(list(doubts), reopened)
