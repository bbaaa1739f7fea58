# SPDX-License-Identifier: EUPL-1.2
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from activity.kinds import Kind


def requester(briefing):
    return {briefing.requested_by}


def readers(briefing):
    """Whoever ordered it, and the members with a login of the committees that deal with the paper."""
    users = get_user_model().objects.filter(is_active=True)
    committees = briefing.paper.consultations.filter(agenda_item__isnull=False)
    if briefing.variant == "full":
        committees = committees.filter(role="decision")
    found = set()
    for consultation in committees.select_related("committee"):
        sitting = consultation.committee.memberships.current().filter(person__user__isnull=False)
        found |= set(users.filter(pk__in=sitting.values("person__user")))
    return found | {briefing.requested_by}


ORDERED = Kind("briefing.ordered", _("%(by)s ordered the briefing of paper %(reference)s, version %(version)s."))
READY = Kind(
    "briefing.ready",
    _("The briefing of paper %(reference)s is ready, version %(version)s."),
    audience=readers,
    shape="done",
    tone="ok",
)
FAILED = Kind(
    "briefing.failed",
    _("The briefing of paper %(reference)s could not be made."),
    audience=requester,
    shape="no",
    tone="bad",
)
RETRIED = Kind("briefing.retried", _("%(by)s started the briefing of paper %(reference)s again."))
DOWNLOADED = Kind(
    "briefing.downloaded", _("%(by)s downloaded the briefing of paper %(reference)s, version %(version)s.")
)
