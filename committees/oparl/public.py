# SPDX-License-Identifier: EUPL-1.2
"""What everybody may see, without a login: the guest's view, and the only place that says what it is.

Council and council committees meet in public; steering groups, advisory boards, conferences and working groups do not.
A meeting is public once it was invited to. Whatever is not said to be public is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from actors.models import LegalBasis, Person
from committees.lifecycle import MEETING
from committees.models import (
    AgendaItem,
    Annex,
    Attachment,
    Committee,
    CommitteeKind,
    Consultation,
    LegislativeTerm,
    Meeting,
    MeetingState,
    Membership,
    MembershipRole,
    Paper,
    PublicObject,
)

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from actors.querysets import PersonQuerySet
    from committees.querysets import (
        AgendaItemQuerySet,
        AttachmentQuerySet,
        CommitteeQuerySet,
        ConsultationQuerySet,
        MeetingQuerySet,
        MembershipQuerySet,
        PaperQuerySet,
    )

KINDS = (CommitteeKind.COUNCIL, CommitteeKind.COMMITTEE, CommitteeKind.YOUTH_WELFARE)
STATES = MEETING.where(was_announced=True)


def terms() -> QuerySet[LegislativeTerm]:
    return LegislativeTerm.objects.all()


def bodies() -> CommitteeQuerySet:
    return Committee.objects.filter(kind__in=KINDS)


def body_ids() -> list[int]:
    """The keys of the public bodies. Asked first, by themselves: PostgreSQL keeps no statistics of so small a table,
    guesses that few rows belong to it, and would join all papers there are before it takes a page of them.
    """
    return list(bodies().values_list("pk", flat=True))


def meetings() -> MeetingQuerySet:
    """Meetings that were invited to; a cancelled one only where the public knew of it before."""
    known = PublicObject.objects.filter(kind="Meeting", object_id=OuterRef("pk"), deleted_at=None)
    return Meeting.objects.filter(
        Q(state__in=STATES) | Q(Exists(known), state=MeetingState.CANCELLED), committee__kind__in=KINDS
    )


def agenda_items(among: Sequence[int] | None = None) -> AgendaItemQuerySet:
    """Public items; an urgent one that the committee did not take on was never on the agenda."""
    among = body_ids() if among is None else among
    return AgendaItem.objects.filter(is_public=True, meeting__state__in=STATES, meeting__committee__in=among).exclude(
        urgent_accepted=False
    )


def consultations() -> ConsultationQuerySet:
    """Stops of public papers under public items; a stop without an agenda item is not public yet."""
    among = body_ids()
    return Consultation.objects.filter(
        Exists(agenda_items(among).filter(pk=OuterRef("agenda_item"))), paper__is_public=True, committee__in=among
    )


def resolutions() -> ConsultationQuerySet:
    """What was resolved under public items without a paper."""
    among = body_ids()
    return Consultation.objects.filter(
        Exists(agenda_items(among).filter(pk=OuterRef("agenda_item"))), paper=None, committee__in=among
    )


def papers() -> PaperQuerySet:
    return Paper.objects.filter(Exists(consultations().filter(paper=OuterRef("pk"))), is_public=True)


def annexes() -> QuerySet[Annex]:
    return Annex.objects.filter(Exists(papers().filter(pk=OuterRef("paper"))), is_public=True)


def attachments() -> AttachmentQuerySet:
    return Attachment.objects.filter(Exists(papers().filter(pk=OuterRef("paper"))), is_public=True).filter(
        Q(annex=None) | Q(annex__is_public=True)
    )


def memberships(*, on: date | None = None) -> MembershipQuerySet:
    """Who sits in a public body today by public task; guests are not members, and consent is not for the world."""
    on = on or timezone.localdate()
    return (
        Membership.objects.current(on=on)
        .filter(committee__kind__in=KINDS, person__legal_basis=LegalBasis.TASK)
        .exclude(role=MembershipRole.GUEST)
    )


def persons(*, on: date | None = None) -> PersonQuerySet:
    return Person.objects.filter(Exists(memberships(on=on).filter(person=OuterRef("pk"))))
