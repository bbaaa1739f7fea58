# SPDX-License-Identifier: EUPL-1.2
"""Meetings and deadlines as iCalendar (RFC 5545).

An entry says which body meets when and where, and where to read more. It never says what is on the agenda: calendars
are synchronised to telephones and shared with families.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from activity.models import Event as LogEntry
from committees import events
from committees.deadlines import SUBMISSION, deadlines_of
from committees.lifecycle import MEETING
from committees.models import Committee, Meeting
from committees.oparl import public
from committees.querysets import in_the_house

if TYPE_CHECKING:
    from datetime import date, datetime

    from accounts.models import User
    from committees.querysets import MeetingQuerySet

LOOKS_BACK = timedelta(days=92)
LASTS = timedelta(hours=2)  # as long as nobody knows when it ended
CHANGING = (
    events.MEETING_CHANGED.code,
    events.MEETING_MOVED.code,
    events.MEETING_RESCHEDULED.code,
    *(way.event for way in MEETING.ways if way.event),
)


def of_person(user: User) -> bytes:
    """The meetings this person may see, with the deadlines of those whose papers the person prepares."""
    meetings = Meeting.objects.visible_to(user).filter(start__gte=timezone.now() - LOOKS_BACK)
    if in_the_house(user):
        prepared = None
    else:
        prepared = set(Committee.objects.kept_by(user).values_list("pk", flat=True))
    return _calendar(meetings, name=_("Meetings of %(unit)s") % {"unit": settings.UNIT_NAME}, prepared=prepared)


def of_body(committee: Committee) -> bytes:
    """The public meetings of a public body, for everybody."""
    meetings = public.meetings().filter(committee=committee, start__gte=timezone.now() - LOOKS_BACK)
    return _calendar(meetings, name=committee.name, prepared=set(), is_public=True)


def of_meeting(meeting: Meeting) -> bytes:
    """One meeting, to be taken into a calendar once."""
    return _calendar(Meeting.objects.filter(pk=meeting.pk), name=meeting.committee.name, prepared=set())


def _calendar(
    meetings: MeetingQuerySet, *, name: str, prepared: Collection[int] | None, is_public: bool = False
) -> bytes:
    """``prepared``: committees whose deadlines are shown; None for all of them."""
    with translation.override(settings.LANGUAGE_CODE):
        calendar = Calendar()
        calendar.add("prodid", "-//Bildungsbüro//DE")
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        calendar.add("x-wr-calname", name)
        calendar.add("x-wr-timezone", settings.TIME_ZONE)
        shown = list(meetings.select_related("committee").order_by("start", "pk"))
        changes = _changes(shown)
        for meeting in shown:
            calendar.add_component(_meeting(meeting, *changes[meeting.pk], is_public=is_public))
            if prepared is None or meeting.committee_id in prepared:
                for deadline in deadlines_of(meeting):
                    if deadline.kind == SUBMISSION:
                        calendar.add_component(_deadline(meeting, deadline.day, *changes[meeting.pk]))
        calendar.add_missing_timezones()
    return calendar.to_ical()


def _changes(meetings: Sequence[Meeting]) -> dict[int, tuple[int, datetime]]:
    """``{meeting: (how often it changed, when last)}``, from the log."""
    entries = (
        LogEntry.objects.filter(
            subject_type=ContentType.objects.get_for_model(Meeting),
            subject_id__in=[meeting.pk for meeting in meetings],
            kind__in=CHANGING,
        )
        .values("subject_id")
        .annotate(times=Count("pk"), last=Max("at"))
    )
    known = {entry["subject_id"]: (entry["times"], entry["last"]) for entry in entries}
    return {meeting.pk: known.get(meeting.pk, (0, meeting.start - timedelta(days=365))) for meeting in meetings}


def _meeting(meeting: Meeting, sequence: int, changed: datetime, *, is_public: bool) -> Event:
    start = timezone.localtime(meeting.start)
    entry = Event()
    entry.add("uid", _uid("meeting", meeting))
    entry.add("dtstamp", changed)
    entry.add("last-modified", changed)
    entry.add("sequence", sequence)
    entry.add("status", meeting.life.ical)
    entry.add("summary", _line(_("Meeting %(body)s") % {"body": meeting.committee.code}))
    entry.add("dtstart", start)
    entry.add("dtend", timezone.localtime(meeting.end) if meeting.end else start + LASTS)
    if meeting.location:
        entry.add("location", _line(meeting.location))
    entry.add("description", _line(meeting.committee.name))
    entry.add("class", "PUBLIC" if is_public else "PRIVATE")
    if not is_public:
        entry.add("url", settings.BASE_URL + meeting.get_absolute_url())
    return entry


def _deadline(meeting: Meeting, day: date, sequence: int, changed: datetime) -> Event:
    entry = Event()
    entry.add("uid", _uid("submission", meeting))
    entry.add("dtstamp", changed)
    entry.add("last-modified", changed)
    entry.add("sequence", sequence)
    entry.add("status", "CONFIRMED" if meeting.life.takes_place else meeting.life.ical)
    entry.add("summary", _line(_("Papers due for %(body)s") % {"body": meeting.committee.code}))
    entry.add("dtstart", day)
    entry.add("dtend", day + timedelta(days=1))
    entry.add("transp", "TRANSPARENT")
    entry.add("class", "PRIVATE")
    entry.add("url", settings.BASE_URL + meeting.get_absolute_url())
    return entry


def _uid(what: str, meeting: Meeting) -> str:
    return f"{what}-{meeting.pk}@{urlsplit(settings.BASE_URL).hostname}"


def _line(text: str) -> str:
    """A text of one line: a name with a line break in it must not become a line of the calendar."""
    return " ".join(str(text).split())
