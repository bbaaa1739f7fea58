# SPDX-License-Identifier: EUPL-1.2
"""Minutes (Niederschrift): generated from what was recorded, written, submitted, and approved in the next meeting."""

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from activity.flows import logs_refusals, record
from committees import events, permissions
from committees.lifecycle import MEETING, MINUTES
from committees.models import AgendaItem, Meeting, Minutes, MinutesEntry
from committees.voting import quorum_of
from core.errors import WrongState


@logs_refusals(events.REFUSED)
@transaction.atomic
def begin_minutes(meeting, *, by):
    """Make the skeleton of the minutes; begun again it only fills what is still empty."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    permissions.can_write_minutes(by, meeting).enforce()
    minutes, created = Minutes.objects.get_or_create(meeting=meeting, defaults={"written_by": by})
    if not minutes.general:
        minutes.general = opening(meeting)
        minutes.save(update_fields=["general"])
    written = {entry.agenda_item_id: entry for entry in minutes.entries.all()}
    for item in meeting.agenda_items.order_by("position"):
        entry = written.get(item.pk) or MinutesEntry(minutes=minutes, agenda_item=item)
        if not entry.text:
            entry.text = account_of(item)
        entry.save()
    if created:
        record(events.MINUTES_BEGUN, meeting, by=by)
    return minutes


def opening(meeting):
    """When the meeting began and ended and whether the body could resolve. Names stand in the attendance alone."""
    begin = date_format(timezone.localtime(meeting.start), "H:i")
    lines = [_("Beginning: %(time)s.") % {"time": begin}]
    if meeting.end:
        lines.append(_("End: %(time)s.") % {"time": date_format(timezone.localtime(meeting.end), "H:i")})
    if quorum := quorum_of(meeting):
        numbers = {"present": quorum.present, "members": quorum.members}
        if quorum.reached:
            lines.append(_("%(present)s of %(members)s voting members are present; the body has a quorum.") % numbers)
        else:
            lines.append(_("%(present)s of %(members)s voting members are present; there is no quorum.") % numbers)
    return "\n".join(lines)


def account_of(item):
    """What was recorded about an item, in words."""
    lines = []
    if item.is_urgent:
        lines.append(_("Urgent item: %(reason)s") % {"reason": item.urgent_reason})
        if item.urgent_accepted is not None:
            taken = _("The committee took it on.") if item.urgent_accepted else _("The committee did not take it on.")
            lines.append(f"{taken} {item.urgent_vote}".strip())
    for one in item.consultations.exclude(result="").select_related("paper", "referred_to"):
        about = {"reference": one.paper and one.paper.reference, "result": one.get_result_display()}
        lines.append((_("Paper %(reference)s: %(result)s.") if one.paper else _("Result: %(result)s.")) % about)
        if one.referred_to:
            lines.append(_("Referred to: %(committee)s.") % {"committee": one.referred_to})
        if one.decision_number:
            lines.append(_("Decision number %(number)s.") % {"number": one.decision_number})
        if one.votes_line:
            lines.append(f"{one.votes_line}.")
        if one.result_note:
            lines.append(one.result_note)
    lines += [_("Question of a member: %(text)s") % {"text": question.text} for question in item.questions.all()]
    lines += [_("Assignment: %(text)s") % {"text": one.text} for one in item.assignments.all()]
    return "\n".join(lines)


def _locked(minutes):
    return Minutes.objects.select_for_update(of=("self",)).select_related("meeting__committee").get(pk=minutes.pk)


@logs_refusals(events.REFUSED, about=lambda minutes: minutes.meeting)
@transaction.atomic
def write_minutes(minutes, *, by, general, general_closed, texts):
    """Save the draft: general texts, and ``texts`` by the key of the agenda item."""
    minutes = _locked(minutes)
    permissions.can_edit_minutes(by, minutes).enforce()
    minutes.general, minutes.general_closed = general, general_closed
    minutes.save(update_fields=["general", "general_closed"])
    for entry in minutes.entries.all():
        if entry.agenda_item_id in texts:
            entry.text = texts[entry.agenda_item_id]
            entry.save(update_fields=["text"])
    record(events.MINUTES_WRITTEN, minutes.meeting, by=by)
    return minutes


@logs_refusals(events.REFUSED, about=lambda minutes: minutes.meeting)
@transaction.atomic
def submit_minutes(minutes, *, by):
    """Submit the draft: the members read it, the next meeting approves it."""
    minutes = _locked(minutes)
    permissions.can_edit_minutes(by, minutes).enforce()
    MINUTES.take("submit", minutes)
    minutes.submitted_at = timezone.now()
    minutes.save(update_fields=["state", "submitted_at"])
    record(events.MINUTES_SUBMITTED, minutes.meeting, by=by)
    return minutes


@logs_refusals(events.REFUSED, about=lambda minutes: minutes.meeting)
@transaction.atomic
def take_back_minutes(minutes, *, by):
    """Take submitted minutes back to correct them, as long as they are not approved."""
    minutes = _locked(minutes)
    permissions.can_take_back_minutes(by, minutes).enforce()
    MINUTES.take("take_back", minutes)
    minutes.submitted_at = None
    minutes.save(update_fields=["state", "submitted_at"])
    record(events.MINUTES_TAKEN_BACK, minutes.meeting, by=by)
    return minutes


@logs_refusals(events.REFUSED, about=lambda minutes: minutes.meeting)
@transaction.atomic
def approve_minutes(minutes, *, by, item, objections=""):
    """Note that a later meeting approved the minutes under one of its items; from now on they are locked."""
    minutes = _locked(minutes)
    permissions.can_approve_minutes(by, minutes).enforce()
    meeting = minutes.meeting
    item = AgendaItem.objects.select_related("meeting").get(pk=item.pk)
    if item.meeting.committee_id != meeting.committee_id or item.meeting.start <= meeting.start:
        raise WrongState(_("Minutes are approved in a later meeting of the same committee."))
    if not item.meeting.life.was_held:
        raise WrongState(_("The approval is recorded once the next meeting was held."))
    if item.is_heading or item.consultations.of_a_paper().exists():
        raise WrongState(_("Minutes are approved under the item for it, not under a heading or with a paper."))
    MINUTES.take("approve", minutes)
    minutes.approved_in, minutes.approved_at = item, timezone.now()
    minutes.objections = objections.strip()
    minutes.save(update_fields=["state", "approved_in", "approved_at", "objections"])
    if MEETING.allows("close", meeting):
        MEETING.take("close", meeting)
        meeting.save(update_fields=["state"])
    record(events.MINUTES_APPROVED, meeting, by=by, number=item.number, other=str(item.meeting))
    return minutes
