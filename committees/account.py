# SPDX-License-Identifier: EUPL-1.2
"""What the records say for the minutes: sentences made from results, questions and attendance, said when they are read.

A draft tells the records as they stand, so a correction is in it by itself; submitted minutes keep what they told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.utils import timezone

from committees.models import Consultation, Result
from committees.models.papers import VOTES, votes_in_words
from committees.voting import quorum_of
from core.sentences import kept, words
from core.sentences import sentence as _

if TYPE_CHECKING:
    from datetime import datetime

    from committees.models import AgendaItem, Meeting, Minutes

OF_AN_ITEM = (
    Prefetch("agenda_item__consultations", Consultation.objects.select_related("paper", "referred_to")),
    "agenda_item__questions",
    "agenda_item__assignments",
)


def opening_of(meeting: Meeting) -> list[dict[str, Any]]:
    """When the meeting began and ended and whether the body could resolve. Names stand in the attendance alone."""
    lines = [_("Beginning: %(time)s.") % {"time": _clock(meeting.start)}]
    if meeting.end:
        lines.append(_("End: %(time)s.") % {"time": _clock(meeting.end)})
    if quorum := quorum_of(meeting):
        numbers = {"present": quorum.present, "members": quorum.members}
        if quorum.reached:
            lines.append(_("%(present)s of %(members)s voting members are present; the body has a quorum.") % numbers)
        else:
            lines.append(_("%(present)s of %(members)s voting members are present; there is no quorum.") % numbers)
    return [kept(line) for line in lines]


def _clock(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"


def account_of(item: AgendaItem) -> list[Any]:
    """What was recorded about an item: sentences, and among them what people typed."""
    lines = []
    if item.is_urgent:
        lines.append(_("Urgent item: %(reason)s") % {"reason": item.urgent_reason})
        if item.urgent_accepted is not None:
            taken = _("The committee took it on.") if item.urgent_accepted else _("The committee did not take it on.")
            lines += [taken, item.urgent_vote]
    for one in item.consultations.all():
        if one.result:
            lines += _resolved(one)
    lines += [_("Question of a member: %(text)s") % {"text": question.text} for question in item.questions.all()]
    lines += [_("Assignment: %(text)s") % {"text": one.text} for one in item.assignments.all()]
    return [kept(line) for line in lines if line]


def _resolved(consultation: Consultation) -> Iterator[Any]:
    result = Result(consultation.result)
    if consultation.paper:
        yield _("Paper %(reference)s: %(result)s.") % {"reference": consultation.paper.reference, "result": result}
    else:
        yield _("Result: %(result)s.") % {"result": result}
    if consultation.referred_to:
        yield _("Referred to: %(committee)s.") % {"committee": consultation.referred_to}
    if consultation.decision_number:
        yield _("Decision number %(number)s.") % {"number": consultation.decision_number}
    if votes := votes_in_words(*(getattr(consultation, name) for name in VOTES)):
        yield _("Votes: %(votes)s.") % {"votes": votes}
    if consultation.votes_reason:
        yield _("Votes and result: %(reason)s") % {"reason": consultation.votes_reason}
    yield consultation.result_note


def opening_in(minutes: Minutes) -> str:
    """What these minutes tell of the meeting as a whole, in the reader's language."""
    if not minutes.tells_record:
        return ""
    return _said(opening_of(minutes.meeting) if minutes.opening is None else minutes.opening)


def entries_of(minutes: Minutes) -> list[Any]:
    """The entries in the order of the agenda; ``told`` is what each tells from the record, before what people wrote."""
    rows = minutes.entries.select_related("agenda_item").prefetch_related(*OF_AN_ITEM)
    entries: list[Any] = list(rows.order_by("agenda_item__position"))
    for entry in entries:
        entry.told = ""
        if entry.tells_record:
            entry.told = _said(account_of(entry.agenda_item) if entry.account is None else entry.account)
    return entries


def _said(lines: Iterable[object]) -> str:
    return "\n".join(words(line) for line in lines)
