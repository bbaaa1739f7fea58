# SPDX-License-Identifier: EUPL-1.2
from committees.views.bodies import (
    committee_detail,
    committee_edit,
    committee_list,
    membership_create,
    membership_edit,
    membership_list,
)
from committees.views.calendars import body_calendar, calendar, calendar_feed, meeting_calendar
from committees.views.meetings import (
    agenda_item_create,
    agenda_item_delete,
    agenda_item_move,
    meeting_create,
    meeting_detail,
    meeting_edit,
    meeting_list,
    meeting_state,
)
from committees.views.papers import (
    annex_create,
    consultation_create,
    consultation_delete,
    paper_create,
    paper_detail,
    paper_list,
    result_record,
)

__all__ = [
    "agenda_item_create",
    "agenda_item_delete",
    "agenda_item_move",
    "annex_create",
    "body_calendar",
    "calendar",
    "calendar_feed",
    "committee_detail",
    "committee_edit",
    "committee_list",
    "consultation_create",
    "consultation_delete",
    "meeting_calendar",
    "meeting_create",
    "meeting_detail",
    "meeting_edit",
    "meeting_list",
    "meeting_state",
    "membership_create",
    "membership_edit",
    "membership_list",
    "paper_create",
    "paper_detail",
    "paper_list",
    "result_record",
]
