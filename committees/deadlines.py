# SPDX-License-Identifier: EUPL-1.2
"""Days to keep before a meeting, counted back from it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Deadline:
    name: str
    day: date


def deadlines_of(meeting):
    """Submission, dispatch and the meeting itself, the earliest first; without a period there is no deadline."""
    held_on = timezone.localdate(meeting.start)
    committee = meeting.committee
    found = []
    submission = meeting.submission_deadline
    if submission is None and committee.submission_days is not None:
        submission = held_on - timedelta(days=committee.submission_days)
    if submission:
        found.append(Deadline(_("Submission"), submission))
    if committee.notice_days is not None:
        found.append(Deadline(_("Dispatch"), held_on - timedelta(days=committee.notice_days)))
    found.append(Deadline(_("Meeting"), held_on))
    return sorted(found, key=lambda deadline: deadline.day)
