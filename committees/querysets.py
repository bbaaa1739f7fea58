# SPDX-License-Identifier: EUPL-1.2
"""Who sees what of the committees.

The office and the house (departments) see all. A secretary sees the committees kept, a member the own ones, by a
membership that holds today. Nobody sees more by being a superuser.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.utils import timezone

from accounts.models import Department
from accounts.querysets import granted_on
from accounts.roles import COORDINATION, DATA_PROTECTION, MONITORING, holds
from committees.hooks import is_commissioned
from committees.lifecycle import TAKE_PLACE, WERE_HELD, MinutesState, Standing
from core import memo
from core.work import WorkQuerySet

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User
    from committees.models import (
        AgendaItem,
        Attachment,
        Attendance,
        Committee,
        ConflictOfInterest,
        Consultation,
        ForeignObject,
        ImportRun,
        Meeting,
        Membership,
        Minutes,
        Paper,
        Question,
    )

EXPIRES_SOON = timedelta(days=90)
STILL_TODAY = timedelta(hours=12)  # a meeting that began this long ago still counts as the present one


def in_the_house(user: User) -> bool:
    """The office, and everybody who heads, stands in for or works in a department."""
    if not user.is_authenticated or not user.is_active:
        return False
    if any(holds(user, role) for role in (COORDINATION, MONITORING, DATA_PROTECTION)):
        return True
    return Department.objects.any_of(user)


class CommitteeQuerySet(models.QuerySet["Committee"]):
    def of_member(self, user: User, *, on: date | None = None) -> Self:
        """Committees in which this person sits on that day."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        on = on or timezone.localdate()

        def sitting() -> Any:
            found = self.model.objects.filter(
                Q(memberships__end_on=None) | Q(memberships__end_on__gte=on),
                memberships__person__user=user,
                memberships__start_on__lte=on,
            )
            return found.values_list("pk", flat=True)

        return self.filter(pk__in=memo.keys(("sits in", user.pk, on), sitting))

    def kept_by(self, user: User) -> Self:
        """Committees whose meetings this person prepares."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(granted_on(self.model, user, "prepare_meetings"))

    def visible_to(self, user: User) -> Self:
        """That a committee exists, who sits in it and when it meets: for the house, its secretary and its members."""
        if in_the_house(user):
            return self
        return self.filter(Q(pk__in=self.kept_by(user).values("pk")) | Q(pk__in=self.of_member(user).values("pk")))

    def active(self) -> Self:
        return self.filter(dissolved_on=None)

    def open_for(self, user: User, paper: Paper) -> Self:
        """Bodies before which this person may bring this paper, as ``permissions.can_schedule`` says of each."""
        if Department.objects.of(user).filter(pk=paper.lead_department_id).exists():
            return self
        mine = Q(pk__in=self.kept_by(user).values("pk"))
        if holds(user, COORDINATION):
            if is_commissioned(paper):
                return self
            mine |= Q(office_may_propose=True)
        return self.filter(mine)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, *, on: date | None = None) -> Self:
        """Memberships that hold on that day."""
        on = on or timezone.localdate()
        return self.filter(Q(end_on=None) | Q(end_on__gte=on), start_on__lte=on)

    def during(self, start_on: date, end_on: date | None) -> Self:
        """Memberships that hold on some day between these two; without an end for ever."""
        found = self.filter(Q(end_on=None) | Q(end_on__gte=start_on))
        return found if end_on is None else found.filter(start_on__lte=end_on)

    def dealing_with(self, paper: Paper) -> Self:
        """Who sits today in a body that is still to deal with this paper."""
        return self.current().filter(committee__in=paper.consultations.filter(result="").values("committee"))

    def expiring(self, *, within: timedelta = EXPIRES_SOON, on: date | None = None) -> Self:
        """Memberships that hold today and end soon, the next one first."""
        on = on or timezone.localdate()
        return self.current(on=on).filter(end_on__lte=on + within).order_by("end_on")

    def vacant(self, *, on: date | None = None) -> Self:
        """Seats that were left before their term ends and that nobody succeeded to."""
        on = on or timezone.localdate()
        return self.filter(
            Q(term__end_on=None) | Q(term__end_on__gte=on), term__isnull=False, end_on__lt=on, successor=None
        ).exclude(end_on=F("term__end_on"))

    def visible_to(self, user: User) -> Self:
        committees = self.model._meta.get_field("committee").related_model.objects.visible_to(user)
        return self.filter(committee__in=committees.values("pk"))


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: User) -> Self:
        """Meetings of the committees this person may see."""
        committees = self.model._meta.get_field("committee").related_model.objects.visible_to(user)
        return self.filter(committee__in=committees.values("pk"))

    def upcoming(self, *, now: datetime | None = None) -> Self:
        return self.filter(start__gte=(now or timezone.now()) - STILL_TODAY).filter(state__in=TAKE_PLACE)

    def past(self, *, now: datetime | None = None) -> Self:
        return self.filter(start__lt=(now or timezone.now()) - STILL_TODAY).order_by("-start")


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def visible_to(self, user: User) -> Self:
        """Items, also non-public ones, of the meetings this person may see: whoever sees the meeting belongs to it."""
        meetings = self.model._meta.get_field("meeting").related_model.objects.visible_to(user)
        return self.filter(meeting__in=meetings.values("pk"))

    def without_paper(self) -> Self:
        """Items on which no paper is dealt with, whether the committee resolved something under them or not."""
        stops = self.model._meta.apps.get_model("committees", "Consultation").objects.filter(paper__isnull=False)
        return self.filter(~Exists(stops.filter(agenda_item=OuterRef("pk"))))

    def open_to(self, user: User) -> Self:
        """Items whose content this person may know: not the ones the person is biased on.

        What was said in the non-public part is for the committee, its secretary and the coordination alone.
        """
        seen = self.visible_to(user)
        committees = self.model._meta.apps.get_model("committees", "Committee").objects
        if not in_the_house(user):
            return seen.exclude(pk__in=self.withheld_from(user).values("pk"))
        if holds(user, COORDINATION):
            return seen
        inner = Q(meeting__committee__in=committees.kept_by(user).values("pk"))
        inner |= Q(meeting__committee__in=committees.of_member(user).values("pk"))
        return seen.filter(Q(is_public=True) | inner)

    def withheld_from(self, user: User) -> Any:
        """Items this person declared a conflict of interest on, and all under which a withheld paper is dealt with."""
        models_of = self.model._meta.apps.get_model
        mine = models_of("committees", "ConflictOfInterest").objects.active().of_user(user)
        papers = models_of("committees", "Paper").objects.withheld_from(user)
        dealt_with = self.model.objects.filter(consultations__paper__in=papers.values("pk"))
        return self.model.objects.filter(
            Q(pk__in=mine.filter(agenda_item__isnull=False).values("agenda_item")) | Q(pk__in=dealt_with.values("pk"))
        )


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def listed(self) -> Self:
        """In the order of a list of those present: who led and recorded the meeting, members, guests."""
        roles = [When(role=role, then=place) for place, role in enumerate(("chair", "secretary", "member"))]
        return self.select_related("membership__person", "from_item", "until_item").order_by(
            Case(*roles, default=3), "membership__person__family_name", "name"
        )


class ConflictQuerySet(models.QuerySet["ConflictOfInterest"]):
    def active(self) -> Self:
        return self.filter(withdrawn_at=None)

    def of_user(self, user: User) -> Self:
        return self.filter(membership__person__user=user) if user.is_authenticated else self.none()

    def visible_to(self, user: User) -> Self:
        """The own declarations, and those in the committees whose meetings the person prepares."""
        committees = self.model._meta.apps.get_model("committees", "Committee").objects
        if holds(user, COORDINATION):
            return self
        mine = Q(membership__committee__in=committees.kept_by(user).values("pk"))
        if user.is_authenticated and user.is_active:
            mine |= Q(membership__person__user=user)
        return self.filter(mine)

    def of_meeting(self, meeting: Meeting) -> Self:
        """Conflicts of the committee's members with an item of the meeting, or with a paper dealt with in it."""
        stops = self.model._meta.apps.get_model("committees", "Consultation").objects
        papers = stops.filter(agenda_item__meeting=meeting).values("paper")
        return self.filter(
            Q(agenda_item__meeting=meeting) | Q(paper__in=papers), membership__committee=meeting.committee_id
        )


class MinutesQuerySet(models.QuerySet["Minutes"]):
    def visible_to(self, user: User) -> Self:
        """Drafts for those who prepare the meetings; submitted and approved ones for whoever sees the meeting."""
        meetings = self.model._meta.get_field("meeting").related_model.objects
        committees = self.model._meta.apps.get_model("committees", "Committee").objects
        seen = self.filter(meeting__in=meetings.visible_to(user).values("pk"))
        if holds(user, COORDINATION):
            return seen
        return seen.filter(
            ~Q(state=MinutesState.DRAFT) | Q(meeting__committee__in=committees.kept_by(user).values("pk"))
        )


AnyFollowUp = TypeVar("AnyFollowUp", bound=models.Model)


class FollowUpQuerySet(models.QuerySet[AnyFollowUp]):
    """What came out of an agenda item."""

    def visible_to(self, user: User) -> Self:
        """Whoever sees the item and is not biased on it, and whoever is to do it."""
        items = self.model._meta.get_field("agenda_item").related_model.objects
        mine = Q(agenda_item__in=items.open_to(user).values("pk"))
        return self.filter(mine | Q(owner=user)) if user.is_authenticated and user.is_active else self.none()


class QuestionQuerySet(FollowUpQuerySet["Question"]):
    def unanswered(self) -> Self:
        return self.filter(answered_at=None)

    def open_before(self, meeting: Meeting) -> Self:
        """Questions of earlier meetings of the same committee that this meeting hears about.

        Those without an answer, and those answered since the meeting before this one.
        """
        earlier = meeting.committee.meetings.filter(start__lt=meeting.start, state__in=WERE_HELD)
        last = earlier.order_by("-start").first()
        asked = self.filter(
            agenda_item__meeting__committee=meeting.committee_id, agenda_item__meeting__start__lt=meeting.start
        )
        if last is None:
            return asked.filter(answered_at=None)
        return asked.filter(Q(answered_at=None) | Q(answered_at__gte=last.start))


class PaperQuerySet(models.QuerySet["Paper"]):
    def standing(self, standing: str) -> Self:
        """Papers that stand there."""
        stops = self.model._meta.get_field("consultations").related_model.objects.filter(paper=OuterRef("pk"))
        if standing == Standing.UNPLANNED:
            return self.filter(~Exists(stops))
        if standing == Standing.PLANNED:
            return self.filter(Exists(stops.filter(result="", agenda_item=None)))
        if standing == Standing.SCHEDULED:
            return self.filter(Exists(stops.filter(result="", agenda_item__isnull=False)))
        return self.filter(Exists(stops), ~Exists(stops.filter(result="")))

    def of_year(self, year: int) -> Self:
        """Papers dated in that year; a range, so that the index on the date serves."""
        return self.filter(date__gte=date(year, 1, 1), date__lte=date(year, 12, 31))

    def before(self, committee: Committee) -> Self:
        """Papers that this committee deals with."""
        return self.filter(pk__in=committee.consultations.values("paper"))

    def years(self) -> list[int]:
        """From the year of the newest paper back to that of the oldest: two looks into the index, none at the rows."""
        days = self.values_list("date", flat=True)
        newest, oldest = days.order_by("-date").first(), days.order_by("date").first()
        return list(range(newest.year, oldest.year - 1, -1)) if newest else []

    def waiting_for_a_day(self) -> Self:
        """Papers with a body in their sequence that has no meeting yet, the oldest first."""
        return self.standing(Standing.PLANNED).order_by("date", "pk")

    def visible_to(self, user: User) -> Self:
        """All for the house; otherwise what is on the agenda of a committee that the person keeps or sits in.

        Not what the person is biased on: a conflict of interest withholds the paper in every committee.
        """
        known = self.known_to(user)
        return known if in_the_house(user) else known.exclude(pk__in=self.withheld_from(user).values("pk"))

    def known_to(self, user: User) -> Self:
        """Papers this person knows to exist; those withheld because of a conflict of interest are among them."""
        if in_the_house(user):
            return self
        return self.filter(pk__in=self._before(user).values("pk"))

    def withheld_from(self, user: User) -> Any:
        """Papers this person is biased on: by themselves, or by an agenda item under which they are dealt with."""
        conflicts = self.model._meta.apps.get_model("committees", "ConflictOfInterest").objects
        mine = conflicts.active().of_user(user)
        return self.model.objects.filter(
            Q(pk__in=mine.filter(paper__isnull=False).values("paper"))
            | Q(consultations__agenda_item__in=mine.filter(agenda_item__isnull=False).values("agenda_item"))
        )

    def fully_visible_to(self, user: User) -> Self:
        """Whoever may also read non-public annexes: office, lead and involved departments, deciding committees."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if any(holds(user, role) for role in (COORDINATION, MONITORING, DATA_PROTECTION)):
            return self
        departments = Department.objects.of(user).values("pk")
        concerned = self.model.objects.filter(
            Q(lead_department__in=departments) | Q(involved_departments__in=departments)
        )
        deciding = self._before(user, consultations__role="decision").exclude(
            pk__in=self.withheld_from(user).values("pk")
        )
        return self.filter(Q(pk__in=concerned.values("pk")) | Q(pk__in=deciding.values("pk")))

    def _before(self, user: User, **condition: str) -> Any:
        committees = self.model._meta.apps.get_model("committees", "Committee").objects
        own = Q(consultations__committee__in=committees.kept_by(user).values("pk")) | Q(
            consultations__committee__in=committees.of_member(user).values("pk")
        )
        # one filter call: committee, agenda item and role must be those of the same consultation
        return self.model.objects.filter(own, consultations__agenda_item__meeting__state__in=TAKE_PLACE, **condition)


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def of_papers(self, papers: models.QuerySet[Any, Any]) -> Self:
        """All stops of several papers (their ids), in the order of papers and stops."""
        found = self.filter(paper__in=papers).select_related("paper", "committee", "agenda_item__meeting")
        return found.order_by("paper__reference", "position")

    def recorded(self) -> Self:
        """Those of which the body's result is recorded."""
        return self.exclude(result="")

    def for_display(self) -> Self:
        return self.select_related("paper", "committee", "agenda_item__meeting", "referred_to")

    def latest_first(self) -> Self:
        """By the day of the meeting, and in the order of its agenda; what has no day stands at the end."""
        meeting = F("agenda_item__meeting__start").desc(nulls_last=True)
        return self.order_by(meeting, "agenda_item__position", "pk")

    def years(self) -> list[int]:
        """The years in which they were resolved, the latest first."""
        starts = self.filter(agenda_item__isnull=False).datetimes("agenda_item__meeting__start", "year", order="DESC")
        return [start.year for start in starts]

    def of_year(self, year: int) -> Self:
        return self.filter(agenda_item__meeting__start__year=year)

    def of_a_paper(self) -> Self:
        """Stops of papers; what was resolved without a paper is none."""
        return self.filter(paper__isnull=False)

    def visible_to(self, user: User) -> Self:
        """With a paper whoever sees the paper, without one whoever may know the content of the agenda item."""
        models_of = self.model._meta.get_field
        papers = models_of("paper").related_model.objects.visible_to(user)
        items = models_of("agenda_item").related_model.objects.open_to(user)
        return self.filter(Q(paper__in=papers.values("pk")) | Q(paper=None, agenda_item__in=items.values("pk")))


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, user: User) -> Self:
        """Public files of papers this person may see, all files of papers that are fully visible."""
        papers = self.model._meta.get_field("paper").related_model.objects
        return self.filter(
            Q(is_public=True, paper__in=papers.visible_to(user).values("pk"))
            | Q(paper__in=papers.fully_visible_to(user).values("pk"))
        )


class ImportRunQuerySet(WorkQuerySet["ImportRun"]):
    def visible_to(self, user: User) -> Self:
        """Imports from other systems are the coordination's."""
        return self if holds(user, COORDINATION) else self.none()


class ForeignObjectQuerySet(models.QuerySet["ForeignObject"]):
    def open(self) -> Self:
        """Where something is to be decided or taken over."""
        return self.exclude(proposal="")

    def to_decide(self) -> Self:
        """Where a person must look: ours exists, or somebody would get a right by it."""
        return self.filter(proposal__in=["match", "change", "conflict", "grant", "deleted"])
