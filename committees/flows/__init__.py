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
from committees.flows.oparl import (
    advance,
    confirm,
    decide,
    discard,
    import_now,
    order_import,
    retry_import,
    save_source,
)
from committees.flows.papers import add_annex, create_paper, record_result, schedule, unschedule

__all__ = [
    "NEXT_STATES",
    "add_agenda_item",
    "add_annex",
    "advance",
    "calendar_owner",
    "confirm",
    "create_paper",
    "decide",
    "discard",
    "import_now",
    "make_calendar",
    "move_agenda_item",
    "order_import",
    "put_on_agenda",
    "record_result",
    "remove_agenda_item",
    "retry_import",
    "revoke_calendar",
    "save_source",
    "schedule",
    "set_meeting_state",
    "unschedule",
]
