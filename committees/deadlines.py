# SPDX-License-Identifier: EUPL-1.2
"""Days to keep before a meeting, counted back from it. Nobody is asked to deliver on a weekend or a holiday."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from core.workdays import working_day_before

DATA, COSIGNING, SUBMISSION, DISPATCH, MEETING = "data", "cosigning", "submission", "dispatch", "meeting"


@dataclass(frozen=True)
class Deadline:
    """One day to keep. ``counted`` is the day that the period gives; a holiday or weekend moves ``day`` before it."""

    kind: str
    name: str
    day: date
    counted: date
    holiday: str = ""

    @property
    def is_moved(self):
        return self.day != self.counted


def deadlines_of(meeting):
    """Data, co-signing, submission, dispatch and the meeting, the earliest first; no period, no deadline."""
    held_on = timezone.localdate(meeting.start)
    committee = meeting.committee
    counted = [
        (DATA, _("Data are fixed"), _before(held_on, committee.data_cutoff_days)),
        (COSIGNING, _("Co-signing ends"), _before(held_on, committee.cosigning_days)),
        (SUBMISSION, _("Submission"), _before(held_on, committee.submission_days)),
        (DISPATCH, _("Dispatch"), _before(held_on, committee.notice_days)),
    ]
    found = [Deadline(MEETING, _("Meeting"), held_on, held_on)]
    for kind, name, day in counted:
        if kind == SUBMISSION and meeting.submission_deadline:
            found.append(Deadline(kind, name, meeting.submission_deadline, meeting.submission_deadline))
        elif day:
            moved, holiday = working_day_before(day)
            found.append(Deadline(kind, name, moved, day, holiday))
    order = (DATA, COSIGNING, SUBMISSION, DISPATCH, MEETING)
    return sorted(found, key=lambda deadline: (deadline.day, order.index(deadline.kind)))


def _before(held_on, days):
    return None if days is None else held_on - timedelta(days=days)
