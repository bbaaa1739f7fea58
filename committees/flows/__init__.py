# SPDX-License-Identifier: EUPL-1.2
from committees.flows.attachments import attach, detach, hand_out
from committees.flows.meetings import (
    NEXT_STATES,
    add_agenda_item,
    move_agenda_item,
    put_on_agenda,
    remove_agenda_item,
    set_meeting_state,
)
from committees.flows.papers import add_annex, create_paper, edit_paper, record_result, supplement_paper
from committees.flows.sequence import (
    make_authoritative,
    move_consultation,
    next_number,
    place,
    release,
    reword,
    schedule,
    take_path,
    unschedule,
)

__all__ = [
    "NEXT_STATES",
    "add_agenda_item",
    "add_annex",
    "attach",
    "create_paper",
    "detach",
    "edit_paper",
    "hand_out",
    "make_authoritative",
    "move_agenda_item",
    "move_consultation",
    "next_number",
    "place",
    "put_on_agenda",
    "record_result",
    "release",
    "remove_agenda_item",
    "reword",
    "schedule",
    "set_meeting_state",
    "supplement_paper",
    "take_path",
    "unschedule",
]
