# SPDX-License-Identifier: EUPL-1.2
"""What can happen around committees. Sentences name no non-public title: notices travel further than agendas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from activity.data import Choice, Day, Fields, FieldsOf, Many, Number, Remark, Text, Thing
from activity.kinds import Kind
from committees.data import Outcome, Path
from committees.models import ConsultationRole, MeetingState, Result

if TYPE_CHECKING:
    from accounts.models import User
    from accounts.querysets import UserQuerySet
    from committees.models import Assignment, ImportRun, Meeting, Paper, Question


def members(meeting: Meeting) -> UserQuerySet:
    """Everybody with a login who sits in the committee today."""
    sitting = meeting.committee.memberships.current().filter(person__user__isnull=False)
    return get_user_model().objects.filter(pk__in=sitting.values("person__user"), is_active=True)


def invited(meeting: Meeting) -> set[User]:
    """Everybody with a login who was invited to the meeting, and who stands behind a paper on its agenda."""
    called = get_user_model().objects.filter(person__memberships__invitations__meeting=meeting)
    papers = [one.paper for one in _stops_of(meeting)]
    return {*called, *(user for paper in papers for user in authors(paper))}


def _stops_of(meeting: Meeting) -> list[Any]:
    stops = [one for item in meeting.agenda_items.all() for one in item.consultations.of_a_paper()]
    return [one for one in stops if not one.result]


def authors(paper: Paper) -> set[User]:
    """Whoever made a paper, head and staff of its lead department."""
    people, lead = get_user_model().objects, paper.lead_department
    return {paper.created_by, *people.heading(lead), *people.appointed("staff", lead)}


def secretaries_and_invited(meeting: Meeting) -> set[User]:
    """Whoever keeps the body, and everybody who was invited."""
    called = get_user_model().objects.filter(person__memberships__invitations__meeting=meeting)
    return {*get_user_model().objects.appointed("secretaries", meeting.committee), *called}


def questioned(question: Question) -> set[User | None]:
    """Who is to answer, and the member who asked."""
    return {question.owner, question.asked_by.person.user}


def asking(question: Question) -> set[User | None]:
    return {question.asked_by.person.user}


def assigned(assignment: Assignment) -> set[User]:
    return {assignment.owner}


def whoever_ordered(run: ImportRun) -> list[User | None]:
    return [run.ordered_by]


STATE = {"state": Choice(MeetingState), "reason": Remark()}
ITEM = {"number": Text()}
ITEM_OF_COMMITTEE = {**ITEM, "committee": Thing()}
PAPER = {"reference": Text()}
FILE = {**PAPER, "number": Number()}
STOP = {**PAPER, "committee": Thing(), "role": Choice(ConsultationRole)}
RECORDED = {"result": Choice(Result), "consultation": Number()}
CORRECTED = {
    "before": Outcome(),
    "after": Outcome(),
    "former": Choice(Result),
    "former_note": Text(),
    "reason": Text(),
    "consultation": Number(),
}
SOURCE = {"source": Text()}
IMPORTED = {**SOURCE, "created": Number(), "changed": Number(), "kept": Number()}

COMMITTEE_CREATED = Kind("committee.created", _("%(by)s created the committee “%(subject)s”."))
COMMITTEE_CHANGED = Kind(
    "committee.changed",
    _("%(by)s changed the committee “%(subject)s”: %(fields)s."),
    data={"fields": Fields("committees.Committee")},
)
MEMBERSHIP_CREATED = Kind("membership.created", _("%(by)s entered the membership %(subject)s."))
MEMBERSHIP_CHANGED = Kind(
    "membership.changed",
    _("%(by)s changed the membership %(subject)s: %(fields)s."),
    data={"fields": Fields("committees.Membership")},
)
TERM_CREATED = Kind("term.created", _("%(by)s entered the legislative term “%(subject)s”."))
TERM_CHANGED = Kind(
    "term.changed",
    _("%(by)s changed the legislative term “%(subject)s”: %(fields)s."),
    data={"fields": Fields("committees.LegislativeTerm")},
)
SUCCEEDED = Kind(
    "membership.succeeded",
    _("%(by)s entered %(subject)s as successor of %(predecessor)s."),
    data={"predecessor": Thing()},
)
MEETING_CREATED = Kind("meeting.created", _("%(by)s planned the meeting %(subject)s."))
MEETING_CHANGED = Kind(
    "meeting.changed",
    _("%(by)s changed the meeting %(subject)s: %(fields)s."),
    data={"fields": Fields("committees.Meeting")},
)
MEETING_MOVED = Kind("meeting.state_changed", _("%(by)s set the meeting %(subject)s to: %(state)s."), data=STATE)
MEETING_HELD = Kind("meeting.held", _("%(by)s noted that the meeting %(subject)s was held."))
MEETING_INVITED = Kind(
    "meeting.invited",
    _("%(by)s invited to the meeting %(subject)s."),
    audience=members,
    data={**STATE, "count": Number()},
)
MEETING_CANCELLED = Kind(
    "meeting.cancelled",
    _("%(by)s cancelled the meeting %(subject)s: %(reason)s"),
    audience=members,
    shape="no",
    tone="bad",
    data={**STATE, "papers": Many(Text())},
)
MEETING_RESCHEDULED = Kind(
    "meeting.rescheduled",
    _("%(by)s moved the meeting %(subject)s from %(before)s, %(before_time)s, to %(after)s, %(after_time)s."),
    audience=invited,
    shape="back",
    tone="soon",
    data={"before": Day(), "before_time": Text(), "after": Day(), "after_time": Text()},
)
PAPER_OFF_AGENDA = Kind(
    "meeting.paper_off_agenda",
    _("The matter of paper %(reference)s was opened again; it is off the agenda of %(subject)s, item %(number)s."),
    audience=secretaries_and_invited,
    shape="dash",
    tone="soon",
    data={**PAPER, "number": Text()},
)
AGENDA_RENUMBERED = Kind("meeting.agenda_renumbered", _("%(by)s renumbered the agenda of the meeting %(subject)s."))
AGENDA_FILLED = Kind(
    "meeting.agenda_filled",
    _("%(by)s put %(count)s usual items on the agenda of %(subject)s."),
    data={"count": Number()},
)
TEMPLATE_SAVED = Kind(
    "committee.template_saved",
    _("%(by)s kept the agenda template “%(template)s” of %(subject)s."),
    data={"template": Text()},
)
TEMPLATE_DELETED = Kind(
    "committee.template_deleted",
    _("%(by)s dropped the agenda template “%(template)s” of %(subject)s."),
    data={"template": Text()},
)
URGENCY_DECIDED = Kind(
    "meeting.urgency_decided",
    _("%(by)s recorded the vote on urgent item %(number)s of the meeting %(subject)s."),
    data=ITEM,
)
ATTENDANCE_RECORDED = Kind(
    "meeting.attendance_recorded", _("%(by)s recorded who attended the meeting %(subject)s."), shape="done", tone="ok"
)
CONFLICT_DECLARED = Kind(
    "meeting.conflict_declared",
    _("%(by)s noted a conflict of interest on item %(number)s of the meeting %(subject)s."),
    data=ITEM,
)
CONFLICT_WITHDRAWN = Kind(
    "meeting.conflict_withdrawn",
    _("%(by)s withdrew a conflict of interest on item %(number)s of the meeting %(subject)s."),
    shape="back",
    data=ITEM,
)
CONFLICT_ON_PAPER = Kind(
    "paper.conflict_declared", _("%(by)s declared a conflict of interest on paper %(reference)s."), data=PAPER
)
CONFLICT_ON_PAPER_WITHDRAWN = Kind(
    "paper.conflict_withdrawn",
    _("%(by)s withdrew a conflict of interest on paper %(reference)s."),
    shape="back",
    data=PAPER,
)
MINUTES_BEGUN = Kind("minutes.begun", _("%(by)s began the minutes of the meeting %(subject)s."))
MINUTES_WRITTEN = Kind("minutes.written", _("%(by)s worked on the minutes of the meeting %(subject)s."))
MINUTES_SUBMITTED = Kind(
    "minutes.submitted",
    _("%(by)s submitted the minutes of the meeting %(subject)s for approval."),
    audience=members,
    shape="wait",
)
MINUTES_TAKEN_BACK = Kind(
    "minutes.taken_back", _("%(by)s took the minutes of the meeting %(subject)s back to correct them."), shape="back"
)
MINUTES_APPROVED = Kind(
    "minutes.approved",
    _("%(by)s recorded that the minutes of %(subject)s were approved under item %(number)s of %(other)s."),
    shape="done",
    tone="ok",
    data={**ITEM, "other": Thing()},
)
QUESTION_RAISED = Kind(
    "question.raised",
    _("%(by)s noted a question on item %(number)s in %(committee)s. It is to be answered by the next meeting."),
    audience=questioned,
    shape="wait",
    data=ITEM_OF_COMMITTEE,
)
QUESTION_ANSWERED = Kind(
    "question.answered",
    _("%(by)s answered the question on item %(number)s in %(committee)s."),
    audience=asking,
    shape="done",
    tone="ok",
    data=ITEM_OF_COMMITTEE,
)
ASSIGNED = Kind(
    "assignment.given",
    _("%(by)s noted an assignment from item %(number)s in %(committee)s."),
    audience=assigned,
    data=ITEM_OF_COMMITTEE,
)
ASSIGNMENT_DONE = Kind(
    "assignment.done",
    _("%(by)s reported the assignment from item %(number)s in %(committee)s as done."),
    data=ITEM_OF_COMMITTEE,
)
ASSIGNMENT_ACCEPTED = Kind(
    "assignment.accepted",
    _("%(by)s recorded that %(committee)s accepted the assignment from item %(number)s."),
    audience=assigned,
    shape="done",
    tone="ok",
    data=ITEM_OF_COMMITTEE,
)
AGENDA_CHANGED = Kind(
    "meeting.agenda_changed", _("%(by)s changed the agenda of the meeting %(subject)s, item %(number)s."), data=ITEM
)
PAPER_CREATED = Kind("paper.created", _("%(by)s created paper %(reference)s."), data=PAPER)
PAPER_CHANGED = Kind("paper.changed", _("%(by)s changed paper %(reference)s."), data=PAPER)
SUPPLEMENTED = Kind(
    "paper.supplemented",
    _("%(by)s supplemented paper %(reference)s by %(supplement)s."),
    data={**PAPER, "supplement": Text()},
)
ANNEX_ADDED = Kind("paper.annex_added", _("%(by)s added annex %(number)s to paper %(reference)s."), data=FILE)
SCHEDULED = Kind("paper.scheduled", _("%(by)s put paper %(reference)s before %(committee)s (%(role)s)."), data=STOP)
PLANNED = Kind(
    "paper.planned", _("%(by)s plans to bring paper %(reference)s before %(committee)s (%(role)s)."), data=STOP
)
RELEASED = Kind(
    "paper.released",
    _("%(by)s took paper %(reference)s off the agenda of %(committee)s."),
    shape="dash",
    tone="",
    data=STOP,
)
MEETING_LOST = Kind(
    "paper.meeting_cancelled",
    _("The meeting of %(committee)s on %(day)s is cancelled. Paper %(reference)s needs another one."),
    audience=authors,
    shape="warn",
    tone="soon",
    data={**PAPER, "committee": Thing(), "day": Day()},
)
REWORDED = Kind(
    "paper.stop_reworded",
    _("%(by)s changed what %(committee)s is to do with paper %(reference)s: %(role)s."),
    data=STOP,
)
STOP_MOVED = Kind(
    "paper.stop_moved", _("%(by)s changed the order of bodies for paper %(reference)s: %(committee)s."), data=STOP
)
AUTHORITATIVE = Kind(
    "paper.authoritative", _("%(by)s noted that %(committee)s decides finally on paper %(reference)s."), data=STOP
)
PATH_TAKEN = Kind(
    "paper.path_taken", _("%(by)s put paper %(reference)s on its way: %(path)s."), data={**PAPER, "path": Path()}
)
ATTACHED = Kind("paper.attached", _("%(by)s added file %(number)s to paper %(reference)s."), data=FILE)
DETACHED = Kind(
    "paper.detached",
    _("%(by)s took file %(number)s away from paper %(reference)s."),
    shape="dash",
    tone="",
    data={**FILE, "note": Remark()},
)
ATTACHMENT_DOWNLOADED = Kind(
    "attachment.downloaded", _("%(by)s downloaded file %(number)s of paper %(reference)s."), data=FILE
)
ORIGINAL_DOWNLOADED = Kind(
    "attachment.original_downloaded",
    _("%(by)s downloaded the original of file %(number)s of paper %(reference)s."),
    data=FILE,
)
UNSCHEDULED = Kind(
    "paper.unscheduled", _("%(by)s took paper %(reference)s off %(committee)s."), shape="dash", tone="", data=STOP
)
RESULT_RECORDED = Kind(
    "paper.result_recorded",
    _("%(by)s recorded the result of %(committee)s on paper %(reference)s: %(result)s."),
    shape="done",
    tone="ok",
    data={**PAPER, "committee": Thing(), **RECORDED},
)
RESULT_CORRECTED = Kind(
    "paper.result_corrected",
    _("%(by)s corrected the result of %(committee)s on paper %(reference)s: “%(before)s” became “%(after)s”."),
    shape="back",
    tone="soon",
    data={**PAPER, "committee": Thing(), "held": Number(), **CORRECTED},
)
ITEM_RESULT_RECORDED = Kind(
    "meeting.result_recorded",
    _("%(by)s recorded the result on item %(number)s of the meeting %(subject)s: %(result)s."),
    shape="done",
    tone="ok",
    data={**ITEM, **RECORDED},
)
ITEM_RESULT_CORRECTED = Kind(
    "meeting.result_corrected",
    _("%(by)s corrected the result on item %(number)s of the meeting %(subject)s: “%(before)s” became “%(after)s”."),
    shape="back",
    tone="soon",
    data={**ITEM, **CORRECTED},
)
CALENDAR_MADE = Kind("calendar.made", _("%(by)s made a new calendar address."))
CALENDAR_REVOKED = Kind("calendar.revoked", _("%(by)s took the calendar address back."), shape="dash", tone="")
OPARL_SOURCE_CREATED = Kind("oparl.source_created", _("%(by)s entered the council information system “%(subject)s”."))
OPARL_SOURCE_CHANGED = Kind("oparl.source_changed", _("%(by)s changed the council information system “%(subject)s”."))
OPARL_ORDERED = Kind("oparl.ordered", _("%(by)s ordered an import from %(source)s."), data=SOURCE)
OPARL_READY = Kind(
    "oparl.ready",
    _("The import from %(source)s was read and waits to be checked."),
    audience=whoever_ordered,
    data=IMPORTED,
)
OPARL_CONFIRMED = Kind("oparl.confirmed", _("%(by)s confirmed the import from %(source)s."), data=SOURCE)
OPARL_DISCARDED = Kind(
    "oparl.discarded", _("%(by)s discarded the import from %(source)s."), shape="dash", tone="", data=SOURCE
)
OPARL_APPLIED = Kind(
    "oparl.applied",
    _("The import from %(source)s was taken over: %(created)s new, %(changed)s changed, %(kept)s kept."),
    audience=whoever_ordered,
    shape="done",
    tone="ok",
    data=IMPORTED,
)
OPARL_FAILED = Kind(
    "oparl.failed",
    _("The import from %(source)s failed: %(error)s"),
    audience=whoever_ordered,
    shape="no",
    tone="bad",
    data={**SOURCE, "error": Remark()},
)
OPARL_CHANGED = Kind(
    "oparl.changed",
    _("%(by)s took over from %(source)s into %(what)s: %(fields)s."),
    data={**SOURCE, "what": Remark(), "fields": FieldsOf()},
)
REFUSED = Kind(
    "committee.refused",
    _("%(by)s wanted to change %(subject)s."),
    shape="no",
    tone="bad",
    refused=True,
    data={"reason": Remark()},
)
