# SPDX-License-Identifier: EUPL-1.2
"""Minutes (Niederschrift): generated from what was recorded, written, submitted, and approved in the next meeting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from activity.flows import logs_refusals, record
from committees import events, permissions
from committees.account import account_of, entries_of, opening_of
from committees.lifecycle import MEETING, MINUTES
from committees.models import AgendaItem, Meeting, Minutes, MinutesEntry
from core.errors import WrongState
from core.sentences import sentence as _

if TYPE_CHECKING:
    from accounts.models import User


@logs_refusals(events.REFUSED)
@transaction.atomic
def begin_minutes(meeting: Meeting, *, by: User) -> Minutes:
    """Make the skeleton of the minutes, which tells the records by itself; begun again it takes in new items."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    permissions.can_write_minutes(by, meeting).enforce()
    minutes, created = Minutes.objects.get_or_create(meeting=meeting, defaults={"written_by": by})
    MinutesEntry.objects.bulk_create(
        MinutesEntry(minutes=minutes, agenda_item=item)
        for item in meeting.agenda_items.filter(minutes_entry=None).order_by("position")
    )
    if created:
        record(events.MINUTES_BEGUN, meeting, by=by)
    return minutes


def _locked(minutes: Minutes) -> Minutes:
    return Minutes.objects.select_for_update(of=("self",)).select_related("meeting__committee").get(pk=minutes.pk)


@logs_refusals(events.REFUSED, about=lambda minutes: minutes.meeting)
@transaction.atomic
def write_minutes(
    minutes: Minutes, *, by: User, general: str, general_closed: str, texts: Mapping[int, str]
) -> Minutes:
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
def submit_minutes(minutes: Minutes, *, by: User) -> Minutes:
    """Submit the draft: the members read it, the next meeting approves it. It keeps what the records say now."""
    minutes = _locked(minutes)
    permissions.can_edit_minutes(by, minutes).enforce()
    MINUTES.take("submit", minutes)
    minutes.submitted_at, minutes.opening = timezone.now(), opening_of(minutes.meeting)
    minutes.save(update_fields=["state", "submitted_at", "opening"])
    entries = entries_of(minutes)
    for entry in entries:
        entry.account = account_of(entry.agenda_item)
    MinutesEntry.objects.bulk_update(entries, ["account"])
    record(events.MINUTES_SUBMITTED, minutes.meeting, by=by)
    return minutes


@logs_refusals(events.REFUSED, about=lambda minutes: minutes.meeting)
@transaction.atomic
def take_back_minutes(minutes: Minutes, *, by: User) -> Minutes:
    """Take submitted minutes back to correct them, as long as they are not approved; they follow the records again."""
    minutes = _locked(minutes)
    permissions.can_take_back_minutes(by, minutes).enforce()
    MINUTES.take("take_back", minutes)
    minutes.submitted_at = minutes.opening = None
    minutes.save(update_fields=["state", "submitted_at", "opening"])
    minutes.entries.update(account=None)
    record(events.MINUTES_TAKEN_BACK, minutes.meeting, by=by)
    return minutes


@logs_refusals(events.REFUSED, about=lambda minutes: minutes.meeting)
@transaction.atomic
def approve_minutes(minutes: Minutes, *, by: User, item: AgendaItem, objections: str = "") -> Minutes:
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
    record(events.MINUTES_APPROVED, meeting, by=by, number=item.number, other=item.meeting)
    return minutes
