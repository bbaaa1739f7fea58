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
from committees.flows.attendance import Presence, expected, record_attendance
from committees.flows.bodies import save_membership, succeed
from committees.flows.calendars import calendar_owner, make_calendar, revoke_calendar
from committees.flows.conflicts import declare_conflict, declare_on_paper, withdraw_conflict
from committees.flows.follow_up import (
    accept_assignment,
    answer_question,
    give_assignment,
    next_meeting_day,
    raise_question,
    report_assignment_done,
)
from committees.flows.meetings import cancel, follow_move, hold, invite
from committees.flows.minutes import (
    approve_minutes,
    begin_minutes,
    submit_minutes,
    take_back_minutes,
    write_minutes,
)
from committees.flows.oparl import (
    advance,
    choose,
    confirm,
    discard,
    import_now,
    order_import,
    retry_import,
    save_source,
    waiting_imports,
)
from committees.flows.papers import add_annex, create_paper, edit_paper, supplement_paper
from committees.flows.results import correct_result, record_item_result, record_result
from committees.flows.sequence import (
    make_authoritative,
    move_consultation,
    place,
    release,
    reword,
    schedule,
    take_off_agendas,
    take_path,
    unschedule,
)
