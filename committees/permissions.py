# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accounts.models import Department
from accounts.roles import COORDINATION, holds
from committees.hooks import is_commissioned
from committees.lifecycle import MEETING, MINUTES, WERE_HELD, MeetingState, MinutesState
from committees.models import Committee, Membership, Minutes
from core import clock
from core.dates import moment
from core.sentences import sentence as _
from core.verdicts import YES, no, not_now

if TYPE_CHECKING:
    from accounts.models import User
    from committees.models import (
        AgendaItem,
        Assignment,
        Attachment,
        ConflictOfInterest,
        Consultation,
        Meeting,
        Paper,
        Question,
    )
    from core.verdicts import Verdict


def _keeps(user: User, committee: Committee) -> bool:
    return Committee.objects.kept_by(user).filter(pk=committee.pk).exists()


def can_maintain_committees(user: User) -> Verdict:
    """The coordination keeps the register of committees."""
    return YES if holds(user, COORDINATION) else no(_("Only the coordination maintains committees."))


def can_import_oparl(user: User) -> Verdict:
    """The coordination connects other council information systems."""
    return YES if holds(user, COORDINATION) else no(_("Only the coordination imports from other systems."))


def can_prepare(user: User, committee: Committee) -> Verdict:
    """The committee's secretary and the coordination prepare its meetings and keep its membership."""
    if holds(user, COORDINATION) or _keeps(user, committee):
        return YES
    return no(_("Only the secretary of %(committee)s and the coordination may do this.") % {"committee": committee})


def can_invite(user: User, meeting: Meeting) -> Verdict:
    """The secretary invites to a planned meeting once somebody sits in the body who can be invited."""
    if not (verdict := can_prepare(user, meeting.committee)):
        return verdict
    if not MEETING.allows("invite", meeting):
        return not_now(_("One invites once, to a meeting that is planned."))
    if not meeting.members_on_the_day().exists():
        return not_now(_("Nobody sits in this body on the day of the meeting. Enter its members first."))
    return YES


def can_hold(user: User, meeting: Meeting) -> Verdict:
    """The secretary notes that a meeting was held, from its beginning on."""
    if not (verdict := can_prepare(user, meeting.committee)):
        return verdict
    if not MEETING.allows("hold", meeting):
        return not_now(_("Only a meeting to which the body was invited was held, once."))
    if meeting.start > clock.now():
        return not_now(
            _("The meeting begins on %(moment)s. Before that it was not held.") % {"moment": moment(meeting.start)}
        )
    return YES


def can_cancel(user: User, meeting: Meeting) -> Verdict:
    """The secretary cancels a meeting that was not held yet."""
    if not (verdict := can_prepare(user, meeting.committee)):
        return verdict
    if not MEETING.allows("cancel", meeting):
        return not_now(_("Only a meeting that was not held yet can be cancelled."))
    return YES


def can_change_agenda(user: User, meeting: Meeting) -> Verdict:
    """The agenda is changed until the meeting is held."""
    if not (verdict := can_prepare(user, meeting.committee)):
        return verdict
    if not meeting.life.agenda_is_open:
        return not_now(_("The agenda of a meeting that was held or cancelled is not changed any more."))
    return YES


def can_number(user: User, meeting: Meeting) -> Verdict:
    """The numbers of an agenda are its secretary's, until the invitation draws them."""
    if not _keeps(user, meeting.committee):
        return no(_("Only the secretary of %(committee)s numbers its agendas.") % {"committee": meeting.committee})
    if not meeting.life.agenda_is_open or meeting.life.is_invited:
        return not_now(_("The numbers of an agenda stay as they went out."))
    return YES


def can_add_item(user: User, meeting: Meeting) -> Verdict:
    """New items come on the agenda until the committee is invited; afterwards only as urgent ones."""
    if not (verdict := can_change_agenda(user, meeting)):
        return verdict
    if meeting.life.is_invited:
        return not_now(_("The committee is invited. New items come on the agenda as urgent ones."))
    return YES


def can_add_urgent(user: User, meeting: Meeting) -> Verdict:
    """After the invitation the secretary adds items only as urgent ones, until the meeting was closed."""
    if not (verdict := can_prepare(user, meeting.committee)):
        return verdict
    if not (meeting.life.is_invited or meeting.life.results_are_open):
        return not_now(_("Urgent items are added between the invitation and the end of the meeting."))
    return YES


def can_keep_record(user: User, meeting: Meeting) -> Verdict:
    """Attendance, questions and assignments are noted by the secretary from the invitation on."""
    if not (verdict := can_prepare(user, meeting.committee)):
        return verdict
    if not meeting.life.record_is_kept:
        return not_now(_("This is recorded once the committee was invited to the meeting."))
    return YES


def can_read_record(user: User, committee: Committee) -> Verdict:
    """Attendance and the non-public part are for the committee's members, its secretary and the coordination."""
    if can_prepare(user, committee) or Committee.objects.of_member(user).filter(pk=committee.pk).exists():
        return YES
    return no(_("Only the committee's members, its secretary and the coordination read this."))


def can_read_paper(user: User, paper: Paper) -> Verdict:
    """A conflict of interest withholds a paper from the member; the house reads it as before."""
    if type(paper).objects.visible_to(user).filter(pk=paper.pk).exists():
        return YES
    return no(
        _(
            "You have declared a conflict of interest. Therefore you do not receive this paper, and you take no part "
            "in the debate and the vote."
        )
    )


def _is_own(user: User, membership: Membership) -> bool:
    return user.is_active and membership.person.user_id == user.pk


def can_declare_conflict(user: User, item: AgendaItem, membership: Membership) -> Verdict:
    """A member declares the own conflict, the secretary notes anybody's, as long as no result is recorded."""
    if membership.committee_id != item.meeting.committee_id:
        return no(_("Only members of this committee are biased here."))
    if not _is_own(user, membership) and not (verdict := can_prepare(user, item.meeting.committee)):
        return verdict
    if item.meeting.life.is_over:
        return not_now(_("This meeting is over."))
    if item.consultations.exclude(result="").exists():
        return not_now(_("The result of this item is recorded already."))
    return YES


def can_declare_on_paper(user: User, paper: Paper) -> Verdict:
    """A member of a body that is still to deal with a paper declares the own conflict before it is on an agenda."""
    if not user.is_active or not Membership.objects.dealing_with(paper).filter(person__user=user).exists():
        return no(_("Only members of a body that is to deal with this paper declare a conflict of interest here."))
    return YES


def can_withdraw_conflict(user: User, conflict: ConflictOfInterest) -> Verdict:
    """The member, or the secretary for the member, withdraws a declaration before the result is recorded."""
    if not _is_own(user, conflict.membership) and not (verdict := can_prepare(user, conflict.membership.committee)):
        return verdict
    if conflict.withdrawn_at:
        return not_now(_("This declaration was withdrawn already."))
    if conflict.agenda_item:
        return can_declare_conflict(user, conflict.agenda_item, conflict.membership)
    paper: Any = conflict.paper
    if paper.consultations.filter(committee=conflict.membership.committee_id).exclude(result="").exists():
        return not_now(_("The committee has dealt with the paper already."))
    return YES


def can_write_minutes(user: User, meeting: Meeting) -> Verdict:
    """The secretary writes the minutes once the meeting was held, until they are submitted."""
    if not (verdict := can_prepare(user, meeting.committee)):
        return verdict
    if not meeting.life.was_held:
        return not_now(_("Minutes are written once the meeting was held."))
    if Minutes.objects.filter(meeting=meeting).exclude(state=MinutesState.DRAFT).exists():
        return not_now(_("The minutes are submitted. Take them back to change them."))
    return YES


def can_edit_minutes(user: User, minutes: Minutes) -> Verdict:
    """A draft is changed and submitted by the secretary; submitted minutes are fixed, approved ones locked."""
    if not (verdict := can_prepare(user, minutes.meeting.committee)):
        return verdict
    if minutes.life.is_approved:
        return not_now(_("Approved minutes are not changed any more."))
    if minutes.life.is_submitted:
        return not_now(_("The minutes are submitted. Take them back to change them."))
    return YES


def can_take_back_minutes(user: User, minutes: Minutes) -> Verdict:
    """The secretary takes submitted minutes back until they are approved."""
    if not (verdict := can_prepare(user, minutes.meeting.committee)):
        return verdict
    if not MINUTES.allows("take_back", minutes):
        return not_now(_("Only submitted minutes are taken back."))
    return YES


def can_approve_minutes(user: User, minutes: Minutes) -> Verdict:
    """The secretary records that the next meeting approved the submitted minutes."""
    if not (verdict := can_prepare(user, minutes.meeting.committee)):
        return verdict
    if minutes.life.is_approved:
        return not_now(_("These minutes are approved already."))
    if not MINUTES.allows("approve", minutes):
        return not_now(_("Minutes are submitted before they are approved."))
    return YES


def can_answer(user: User, question: Question) -> Verdict:
    """Whoever is named answers a question; the coordination and the secretary may for them. Once."""
    if question.owner_id != user.pk and not (verdict := can_prepare(user, question.agenda_item.meeting.committee)):
        return verdict
    if question.answered_at:
        return not_now(_("This question is answered already."))
    return YES


def can_report_assignment(user: User, assignment: Assignment) -> Verdict:
    """Whoever owns an assignment reports it done."""
    if assignment.owner_id != user.pk:
        return no(_("Only the person responsible reports this assignment as done."))
    if assignment.done_at:
        return not_now(_("This assignment is reported as done already."))
    return YES


def can_accept_assignment(user: User, assignment: Assignment) -> Verdict:
    """The secretary records that the body accepted what was reported as done."""
    if not (verdict := can_prepare(user, assignment.agenda_item.meeting.committee)):
        return verdict
    if not assignment.done_at:
        return not_now(_("Only what was reported as done can be accepted."))
    if assignment.accepted_at:
        return not_now(_("This assignment was accepted already."))
    return YES


def can_create_paper(user: User) -> Verdict:
    """Papers are made by the coordination or by a department."""
    if holds(user, COORDINATION) or Department.objects.any_of(user):
        return YES
    return no(_("Only the coordination or a department makes papers."))


def can_schedule(user: User, paper: Paper, committee: Committee) -> Verdict:
    """The secretary may; the office too where it has the mandate or a department stands behind the paper.

    A department stands behind every paper that was made of an approved recommendation, and behind its own.
    """
    if _keeps(user, committee):
        return YES
    if Department.objects.of(user).filter(pk=paper.lead_department_id).exists():
        return YES
    if holds(user, COORDINATION):
        if committee.office_may_propose or is_commissioned(paper):
            return YES
        return no(_("The office has no mandate to bring topics into %(committee)s itself.") % {"committee": committee})
    return no(_("Only the secretary, the lead department or the coordination puts a paper on the agenda."))


def can_extend_sequence(user: User, paper: Paper) -> Verdict:
    """Whether adding a body is offered: to whoever may bring the paper before any body at all."""
    if Committee.objects.open_for(user, paper).exists():
        return YES
    if holds(user, COORDINATION):
        return no(_("The office has no mandate to bring topics into any body itself; the lead department has."))
    return no(_("Only the secretary, the lead department or the coordination puts a paper on the agenda."))


def can_add_annex(user: User, paper: Paper) -> Verdict:
    """The coordination and the lead department add annexes."""
    if holds(user, COORDINATION) or Department.objects.of(user).filter(pk=paper.lead_department_id).exists():
        return YES
    return no(_("Only the coordination or the lead department adds annexes."))


def can_enter_results(user: User, meeting: Meeting) -> Verdict:
    """Results of a meeting are entered by its secretary once it was held."""
    if not (verdict := can_prepare(user, meeting.committee)):
        return verdict
    if not meeting.life.was_held:
        return not_now(_("Results are recorded once the meeting was held."))
    return YES


def frozen_fields(paper: Paper) -> set[str]:
    """What nobody changes on the paper itself, because a department approved it word for word."""
    if getattr(paper, "origin", None) is None:
        return set()
    return {"title", "proposed_resolution", "lead_department"}


def can_edit_paper(user: User, paper: Paper) -> Verdict:
    """The coordination and the lead department change a paper, until the first body has dealt with it."""
    if not (verdict := can_add_annex(user, paper)):
        return verdict
    if paper.consultations.exclude(result="").exists():
        return not_now(_("A body has dealt with the paper; it stays as it is. Add a supplement."))
    return YES


def can_read_original(user: User, attachment: Attachment) -> Verdict:
    """The file as it was uploaded may hold names and notes: office and lead department keep it for themselves."""
    return can_add_annex(user, attachment.paper)


def can_detach(user: User, attachment: Attachment) -> Verdict:
    """A file is taken away by whoever may add one, until a body has met about the paper."""
    if not (verdict := can_add_annex(user, attachment.paper)):
        return verdict
    if attachment.paper.consultations.filter(agenda_item__meeting__state__in=WERE_HELD).exists():
        return not_now(_("A body has met about the paper; its files stay."))
    return YES


def can_record_result(user: User, consultation: Consultation) -> Verdict:
    """What a committee resolved is recorded from the agenda item of a held meeting, once."""
    if not (verdict := can_prepare(user, consultation.committee)):
        return verdict
    item = consultation.agenda_item
    if item is None or not item.meeting.life.was_held:
        return not_now(_("Results are recorded once the meeting was held."))
    if consultation.result:
        return not_now(_("The result is recorded already."))
    return YES


def can_add_results(user: User, meeting: Meeting) -> Verdict:
    """Results without a paper are added once the meeting was held, until its minutes are submitted."""
    if not (verdict := can_prepare(user, meeting.committee)):
        return verdict
    if meeting.state == MeetingState.CLOSED:
        return not_now(_("The meeting is closed; its minutes tell all its results."))
    if not meeting.life.results_are_open:
        return not_now(_("Results are recorded once the meeting was held."))
    if Minutes.objects.filter(meeting=meeting).exclude(state=MinutesState.DRAFT).exists():
        return not_now(_("The minutes are submitted. Take them back to add a result."))
    return YES


def can_record_item_result(user: User, item: AgendaItem) -> Verdict:
    """What a committee resolved under an item without a paper is recorded once."""
    if not (verdict := can_add_results(user, item.meeting)):
        return verdict
    if item.is_heading:
        return not_now(_("A heading has no result; the items below it have."))
    if item.consultations.filter(paper__isnull=False).exists():
        return not_now(_("There is a paper on this item; its result is recorded with the paper."))
    if item.consultations.exists():
        return not_now(_("The result is recorded already."))
    return YES


def can_correct_result(user: User, consultation: Consultation) -> Verdict:
    """A recorded result is corrected by the secretary until the minutes are approved and the meeting is closed."""
    if not (verdict := can_prepare(user, consultation.committee)):
        return verdict
    if not consultation.result:
        return not_now(_("There is no result yet that could be corrected."))
    if consultation.agenda_item is None:
        return not_now(_("There is no result yet that could be corrected."))
    return can_correct_results(user, consultation.agenda_item.meeting)


def can_correct_results(user: User, meeting: Meeting) -> Verdict:
    """Whether the results of this meeting may be corrected still."""
    if not (verdict := can_prepare(user, meeting.committee)):
        return verdict
    if not meeting.life.results_are_open:
        return not_now(_("The meeting is closed; its results are not changed any more."))
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes and minutes.life.is_approved:
        return not_now(_("The minutes are approved; the results of this meeting are not changed any more."))
    if minutes and minutes.life.is_submitted:
        return not_now(_("The minutes are submitted. Take them back to correct the result."))
    return YES
