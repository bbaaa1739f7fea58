# SPDX-License-Identifier: EUPL-1.2
"""Days to keep before a meeting, counted back from it. Nobody is asked to deliver on a weekend or a holiday."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from committees.lifecycle import MeetingState
from core.workdays import working_day_before

DATA, COSIGNING, SUBMISSION, DISPATCH, MEETING = "data", "cosigning", "submission", "dispatch", "meeting"
# For narrow columns, each with its own translation; the page explains them in a legend.
SHORT = {
    DATA: pgettext_lazy("short deadline", "data"),
    COSIGNING: pgettext_lazy("short deadline", "co-sign."),
    SUBMISSION: pgettext_lazy("short deadline", "subm."),
    DISPATCH: pgettext_lazy("short deadline", "disp."),
    MEETING: pgettext_lazy("short deadline", "meeting"),
}
NAMES = {
    DATA: gettext_lazy("Data are fixed"),
    COSIGNING: gettext_lazy("Co-signing ends"),
    SUBMISSION: gettext_lazy("Submission"),
    DISPATCH: gettext_lazy("Dispatch"),
    MEETING: gettext_lazy("Meeting"),
}


@dataclass(frozen=True)
class Deadline:
    """One day to keep. ``counted`` is the day that the period gives; a holiday or weekend moves ``day`` before it.

    ``is_settled`` says that the day is over and nothing is owed any more; a dispatch that did not go out is owed.
    """

    kind: str
    name: str
    day: date
    counted: date
    holiday: str = ""
    is_settled: bool = False

    @property
    def is_moved(self):
        return self.day != self.counted


def deadlines_of(meeting, *, today=None):
    """Data, co-signing, submission, dispatch and the meeting, the earliest first; no period, no deadline."""
    held_on = timezone.localdate(meeting.start)
    committee = meeting.committee
    counted = [
        (DATA, _before(held_on, committee.data_cutoff_days)),
        (COSIGNING, _before(held_on, committee.cosigning_days)),
        (SUBMISSION, _before(held_on, committee.submission_days)),
        (DISPATCH, _before(held_on, committee.notice_days)),
    ]
    today = today or timezone.localdate()
    found = [Deadline(MEETING, str(NAMES[MEETING]), held_on, held_on, is_settled=held_on < today)]
    for kind, day in counted:
        name = str(NAMES[kind])
        if kind == SUBMISSION and meeting.submission_deadline:
            written = meeting.submission_deadline
            found.append(Deadline(kind, name, written, written, is_settled=written < today))
        elif day:
            moved, holiday = working_day_before(day)
            went_out = kind != DISPATCH or meeting.state != MeetingState.PLANNED
            found.append(Deadline(kind, name, moved, day, holiday, is_settled=moved < today and went_out))
    order = (DATA, COSIGNING, SUBMISSION, DISPATCH, MEETING)
    return sorted(found, key=lambda deadline: (deadline.day, order.index(deadline.kind)))


def _before(held_on, days):
    return None if days is None else held_on - timedelta(days=days)
