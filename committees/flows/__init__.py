# SPDX-License-Identifier: EUPL-1.2
from committees.flows.agenda import (
    add_agenda_item,
    add_urgent_item,
    delete_template,
    edit_agenda_item,
    fill_agenda,
    move_agenda_item,
    put_on_agenda,
    record_urgency,
    remove_agenda_item,
    renumber,
    save_template,
)
from committees.flows.attachments import attach, detach, hand_out
from committees.flows.attendance import expected, record_attendance
from committees.flows.bodies import succeed
from committees.flows.conflicts import declare_conflict, withdraw_conflict
from committees.flows.follow_up import (
    accept_assignment,
    answer_question,
    give_assignment,
    next_meeting_day,
    raise_question,
    report_assignment_done,
)
from committees.flows.meetings import NEXT_STATES, set_meeting_state
from committees.flows.minutes import (
    account_of,
    approve_minutes,
    begin_minutes,
    submit_minutes,
    take_back_minutes,
    write_minutes,
)
from committees.flows.papers import add_annex, create_paper, edit_paper, supplement_paper
from committees.flows.results import record_result
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
    "accept_assignment",
    "account_of",
    "add_agenda_item",
    "add_annex",
    "add_urgent_item",
    "answer_question",
    "approve_minutes",
    "attach",
    "begin_minutes",
    "create_paper",
    "declare_conflict",
    "delete_template",
    "detach",
    "edit_agenda_item",
    "edit_paper",
    "expected",
    "fill_agenda",
    "give_assignment",
    "hand_out",
    "make_authoritative",
    "move_agenda_item",
    "move_consultation",
    "next_meeting_day",
    "next_number",
    "place",
    "put_on_agenda",
    "raise_question",
    "record_attendance",
    "record_result",
    "record_urgency",
    "release",
    "remove_agenda_item",
    "renumber",
    "report_assignment_done",
    "reword",
    "save_template",
    "schedule",
    "set_meeting_state",
    "submit_minutes",
    "succeed",
    "supplement_paper",
    "take_back_minutes",
    "take_path",
    "unschedule",
    "withdraw_conflict",
    "write_minutes",
]
