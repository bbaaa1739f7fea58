# SPDX-License-Identifier: EUPL-1.2
"""Whether what a document says has been overtaken since it was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from committees.models import Meeting, Paper
from recommendations.models import Doubt, PaperOfRecommendation, Recommendation
from reports.kinds import parts

if TYPE_CHECKING:
    from reports.models import Document


@dataclass(frozen=True)
class Overtaken:
    """Figures that were changed since, whether the approval was taken back, and the paper that took the place."""

    doubts: list
    reopened: bool
    successor: str = ""  # number of the later paper of the same recommendation
    moved_to: datetime | None = None  # when the meeting begins now
    cancelled: bool = False

    def __bool__(self) -> bool:
        return bool(self.doubts or self.reopened or self.moved_to or self.cancelled)


def overtaken(document: Document) -> Overtaken:
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
    meeting = subject if isinstance(subject, Meeting) else None
    return Overtaken(
        list(doubts),
        reopened=bool(origin and not origin.holds),
        successor=later.reference if later and later.pk != subject.pk and later.is_public else "",
        moved_to=meeting.start if meeting and _is_of_another_day(document.content, meeting) else None,
        cancelled=bool(meeting and not meeting.life.takes_place),
    )


def _is_of_another_day(content: Mapping[str, Any], meeting: Meeting) -> bool:
    """Whether a pack prints another beginning than the meeting has now."""
    begins = {"day": parts.day(meeting.start), "time": f"{timezone.localtime(meeting.start):%H:%M}"}
    return any(name in content and content[name] != value for name, value in begins.items())
