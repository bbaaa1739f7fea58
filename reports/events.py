# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from activity.data import Remark
from activity.kinds import Kind
from committees.models import Consultation, Meeting, Membership, Paper

if TYPE_CHECKING:
    from accounts.models import User
    from reports.models import Document


def requester(document: Document) -> set[User | None]:
    return {document.requested_by}


def _sitting(document: Document) -> Any:
    """The committees whose members are told of a document, by what it is about."""
    if isinstance(document.subject, Paper):
        stops = Consultation.objects.filter(paper=document.subject, agenda_item__isnull=False)
        return (stops.filter(role="decision") if document.variant == "full" else stops).values("committee")
    if isinstance(document.subject, Meeting):
        return [document.subject.committee_id]
    return []


def readers(document: Document) -> set[User]:
    """Whoever ordered it, and the members with a login of the committees that deal with its subject."""
    members = Membership.objects.current().filter(committee__in=_sitting(document), person__user__isnull=False)
    users = get_user_model().objects.filter(is_active=True, pk__in=members.values("person__user"))
    return set(users) | {document.requested_by}


ORDERED = Kind("briefing.ordered", _("%(by)s ordered a document: %(subject)s."))
READY = Kind("briefing.ready", _("Ready to read: %(subject)s."), audience=readers, shape="done", tone="ok")
FAILED = Kind(
    "briefing.failed",
    _("Could not be made: %(subject)s."),
    audience=requester,
    shape="no",
    tone="bad",
    data={"reason": Remark()},
)
RETRIED = Kind("briefing.retried", _("%(by)s started making it again: %(subject)s."))
CANCELLED = Kind("briefing.cancelled", _("%(by)s cancelled the making of: %(subject)s."), shape="dash")
WITHDRAWN = Kind(
    "briefing.withdrawn",
    _("%(by)s withdrew a document: %(subject)s."),
    audience=readers,
    shape="no",
    tone="bad",
    data={"reason": Remark()},
)
EXPIRED = Kind("briefing.expired", _("Removed because its time was over: %(subject)s."), shape="dash")
DOWNLOADED = Kind("briefing.downloaded", _("%(by)s downloaded a document: %(subject)s."))
