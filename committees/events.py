# SPDX-License-Identifier: EUPL-1.2
"""What can happen around committees. Sentences name no non-public title: notices travel further than agendas."""

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from activity.kinds import Kind


def members(meeting):
    """Everybody with a login who sits in the committee today."""
    sitting = meeting.committee.memberships.current().filter(person__user__isnull=False)
    return get_user_model().objects.filter(pk__in=sitting.values("person__user"), is_active=True)


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
PAPER_CHANGED = Kind("paper.changed", _("%(by)s changed paper %(reference)s."))
SUPPLEMENTED = Kind("paper.supplemented", _("%(by)s supplemented paper %(reference)s by %(supplement)s."))
ANNEX_ADDED = Kind("paper.annex_added", _("%(by)s added annex %(number)s to paper %(reference)s."))
SCHEDULED = Kind("paper.scheduled", _("%(by)s put paper %(reference)s before %(committee)s (%(role)s)."))
PLANNED = Kind("paper.planned", _("%(by)s plans to bring paper %(reference)s before %(committee)s (%(role)s)."))
RELEASED = Kind(
    "paper.released", _("%(by)s took paper %(reference)s off the agenda of %(committee)s."), shape="dash", tone=""
)
REWORDED = Kind(
    "paper.stop_reworded", _("%(by)s changed what %(committee)s is to do with paper %(reference)s: %(role)s.")
)
STOP_MOVED = Kind("paper.stop_moved", _("%(by)s changed the order of bodies for paper %(reference)s: %(committee)s."))
AUTHORITATIVE = Kind(
    "paper.authoritative", _("%(by)s noted that %(committee)s decides finally on paper %(reference)s.")
)
PATH_TAKEN = Kind("paper.path_taken", _("%(by)s put paper %(reference)s on its way: %(path)s."))
ATTACHED = Kind("paper.attached", _("%(by)s added file %(number)s to paper %(reference)s."))
DETACHED = Kind(
    "paper.detached", _("%(by)s took file %(number)s away from paper %(reference)s."), shape="dash", tone=""
)
ATTACHMENT_DOWNLOADED = Kind("attachment.downloaded", _("%(by)s downloaded file %(number)s of paper %(reference)s."))
ORIGINAL_DOWNLOADED = Kind(
    "attachment.original_downloaded", _("%(by)s downloaded the original of file %(number)s of paper %(reference)s.")
)
UNSCHEDULED = Kind("paper.unscheduled", _("%(by)s took paper %(reference)s off %(committee)s."), shape="dash", tone="")
RESULT_RECORDED = Kind(
    "paper.result_recorded",
    _("%(by)s recorded the result of %(committee)s on paper %(reference)s: %(result)s."),
    shape="done",
    tone="ok",
)
REFUSED = Kind("committee.refused", _("%(by)s wanted to change %(subject)s."), shape="no", tone="bad", refused=True)
