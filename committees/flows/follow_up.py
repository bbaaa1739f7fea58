# SPDX-License-Identifier: EUPL-1.2
"""What a meeting leaves behind: questions to answer by the next one, and assignments with owner and date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from activity.flows import logs_refusals, record
from committees import events, permissions
from committees.lifecycle import TAKE_PLACE
from committees.models import AgendaItem, Assignment, Meeting, Question
from core.errors import WrongState
from core.sentences import sentence as _

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from committees.models import Membership


def next_meeting_day(meeting: Meeting) -> date | None:
    """The day of the committee's next meeting, where one is planned."""
    following = (
        Meeting.objects.filter(committee=meeting.committee_id, start__gt=meeting.start)
        .filter(state__in=TAKE_PLACE)
        .order_by("start")
        .first()
    )
    return timezone.localdate(following.start) if following else None


@logs_refusals(events.REFUSED, about=lambda item: item.meeting)
@transaction.atomic
def raise_question(
    item: AgendaItem,
    *,
    by: User,
    asked_by: Membership,
    text: str,
    owner: User,
    due_on: date | None = None,
) -> Question:
    """Note a member's question; the answer is due by the next meeting unless another day is named."""
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting__committee").get(pk=item.pk)
    permissions.can_keep_record(by, item.meeting).enforce()
    if asked_by.committee_id != item.meeting.committee_id:
        raise WrongState(_("Questions are asked by members of this committee."))
    due_on = due_on or next_meeting_day(item.meeting)
    question = Question.objects.create(agenda_item=item, asked_by=asked_by, text=text, owner=owner, due_on=due_on)
    record(events.QUESTION_RAISED, question, by=by, number=item.number, committee=item.meeting.committee)
    return question


@logs_refusals(events.REFUSED)
@transaction.atomic
def answer_question(question: Question, *, by: User, text: str) -> Question:
    """Answer a question in words; the asking member and the next meeting read it."""
    question = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    permissions.can_answer(by, question).enforce()
    if not text.strip():
        raise WrongState(_("Please write the answer."))
    question.answer, question.answered_by, question.answered_at = text.strip(), by, timezone.now()
    question.save(update_fields=["answer", "answered_by", "answered_at"])
    meeting = question.agenda_item.meeting
    record(
        events.QUESTION_ANSWERED,
        question,
        by=by,
        number=question.agenda_item.number,
        committee=meeting.committee,
    )
    return question


@logs_refusals(events.REFUSED, about=lambda item: item.meeting)
@transaction.atomic
def give_assignment(item: AgendaItem, *, by: User, text: str, owner: User, due_on: date | None = None) -> Assignment:
    """Note what the committee asked somebody to do."""
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting__committee").get(pk=item.pk)
    permissions.can_keep_record(by, item.meeting).enforce()
    assignment = Assignment.objects.create(agenda_item=item, text=text, owner=owner, due_on=due_on)
    record(events.ASSIGNED, assignment, by=by, number=item.number, committee=item.meeting.committee)
    return assignment


@logs_refusals(events.REFUSED)
@transaction.atomic
def report_assignment_done(assignment: Assignment, *, by: User) -> Assignment:
    """The owner reports it done; the body has not accepted it by that."""
    assignment = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    permissions.can_report_assignment(by, assignment).enforce()
    assignment.done_at = timezone.now()
    assignment.save(update_fields=["done_at"])
    item = assignment.agenda_item
    record(events.ASSIGNMENT_DONE, assignment, by=by, number=item.number, committee=item.meeting.committee)
    return assignment


@logs_refusals(events.REFUSED)
@transaction.atomic
def accept_assignment(assignment: Assignment, *, by: User) -> Assignment:
    """Note that the body took the report and is content with it."""
    assignment = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    permissions.can_accept_assignment(by, assignment).enforce()
    assignment.accepted_at = timezone.now()
    assignment.save(update_fields=["accepted_at"])
    item = assignment.agenda_item
    record(events.ASSIGNMENT_ACCEPTED, assignment, by=by, number=item.number, committee=item.meeting.committee)
    return assignment
