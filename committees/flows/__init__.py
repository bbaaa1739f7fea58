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
from committees.flows.papers import add_annex, create_paper, schedule, unschedule
from committees.flows.results import record_result

__all__ = [
    "NEXT_STATES",
    "accept_assignment",
    "account_of",
    "add_agenda_item",
    "add_annex",
    "add_urgent_item",
    "answer_question",
    "approve_minutes",
    "begin_minutes",
    "create_paper",
    "declare_conflict",
    "delete_template",
    "edit_agenda_item",
    "expected",
    "fill_agenda",
    "give_assignment",
    "move_agenda_item",
    "next_meeting_day",
    "put_on_agenda",
    "raise_question",
    "record_attendance",
    "record_result",
    "record_urgency",
    "remove_agenda_item",
    "renumber",
    "report_assignment_done",
    "save_template",
    "schedule",
    "set_meeting_state",
    "submit_minutes",
    "succeed",
    "take_back_minutes",
    "unschedule",
    "withdraw_conflict",
    "write_minutes",
]
