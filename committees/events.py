# SPDX-License-Identifier: EUPL-1.2
"""What can happen around committees. Sentences name no non-public title: notices travel further than agendas."""

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from activity.kinds import Kind


def members(meeting):
    """Everybody with a login who sits in the committee today."""
    sitting = meeting.committee.memberships.current().filter(person__user__isnull=False)
    return get_user_model().objects.filter(pk__in=sitting.values("person__user"), is_active=True)


def whoever_ordered(run):
    return [run.ordered_by]


COMMITTEE_CREATED = Kind("committee.created", _("%(by)s created the committee “%(subject)s”."))
COMMITTEE_CHANGED = Kind("committee.changed", _("%(by)s changed the committee “%(subject)s”: %(fields)s."))
MEMBERSHIP_CREATED = Kind("membership.created", _("%(by)s entered the membership %(subject)s."))
MEMBERSHIP_CHANGED = Kind("membership.changed", _("%(by)s changed the membership %(subject)s: %(fields)s."))
MEETING_CREATED = Kind("meeting.created", _("%(by)s planned the meeting %(subject)s."))
MEETING_CHANGED = Kind("meeting.changed", _("%(by)s changed the meeting %(subject)s: %(fields)s."))
MEETING_MOVED = Kind("meeting.state_changed", _("%(by)s set the meeting %(subject)s to: %(state)s."))
MEETING_INVITED = Kind("meeting.invited", _("%(by)s invited to the meeting %(subject)s."), audience=members)
AGENDA_CHANGED = Kind(
    "meeting.agenda_changed", _("%(by)s changed the agenda of the meeting %(subject)s, item %(number)s.")
)
PAPER_CREATED = Kind("paper.created", _("%(by)s created paper %(reference)s."))
ANNEX_ADDED = Kind("paper.annex_added", _("%(by)s added annex %(number)s to paper %(reference)s."))
SCHEDULED = Kind("paper.scheduled", _("%(by)s put paper %(reference)s before %(committee)s (%(role)s)."))
UNSCHEDULED = Kind("paper.unscheduled", _("%(by)s took paper %(reference)s off %(committee)s."), shape="dash", tone="")
RESULT_RECORDED = Kind(
    "paper.result_recorded",
    _("%(by)s recorded the result of %(committee)s on paper %(reference)s: %(result)s."),
    shape="done",
    tone="ok",
)
CALENDAR_MADE = Kind("calendar.made", _("%(by)s made a new calendar address."))
CALENDAR_REVOKED = Kind("calendar.revoked", _("%(by)s took the calendar address back."), shape="dash", tone="")
OPARL_SOURCE_CREATED = Kind("oparl.source_created", _("%(by)s entered the council information system “%(subject)s”."))
OPARL_SOURCE_CHANGED = Kind("oparl.source_changed", _("%(by)s changed the council information system “%(subject)s”."))
OPARL_ORDERED = Kind("oparl.ordered", _("%(by)s ordered an import from %(source)s."))
OPARL_READY = Kind(
    "oparl.ready", _("The import from %(source)s was read and waits to be checked."), audience=whoever_ordered
)
OPARL_CONFIRMED = Kind("oparl.confirmed", _("%(by)s confirmed the import from %(source)s."))
OPARL_DISCARDED = Kind("oparl.discarded", _("%(by)s discarded the import from %(source)s."), shape="dash", tone="")
OPARL_APPLIED = Kind(
    "oparl.applied",
    _("The import from %(source)s was taken over: %(created)s new, %(changed)s changed, %(kept)s kept."),
    audience=whoever_ordered,
    shape="done",
    tone="ok",
)
OPARL_FAILED = Kind(
    "oparl.failed",
    _("The import from %(source)s failed: %(error)s"),
    audience=whoever_ordered,
    shape="no",
    tone="bad",
)
OPARL_CHANGED = Kind("oparl.changed", _("%(by)s took over from %(source)s into %(what)s: %(fields)s."))
REFUSED = Kind("committee.refused", _("%(by)s wanted to change %(subject)s."), shape="no", tone="bad", refused=True)
