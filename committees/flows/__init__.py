# SPDX-License-Identifier: EUPL-1.2
from committees.flows.calendars import calendar_owner, make_calendar, revoke_calendar
from committees.flows.meetings import (
    NEXT_STATES,
    add_agenda_item,
    move_agenda_item,
    put_on_agenda,
    remove_agenda_item,
    set_meeting_state,
)
from committees.flows.papers import add_annex, create_paper, record_result, schedule, unschedule

__all__ = [
    "NEXT_STATES",
    "add_agenda_item",
    "add_annex",
    "calendar_owner",
    "create_paper",
    "make_calendar",
    "move_agenda_item",
    "put_on_agenda",
    "record_result",
    "remove_agenda_item",
    "revoke_calendar",
    "schedule",
    "set_meeting_state",
    "unschedule",
]
