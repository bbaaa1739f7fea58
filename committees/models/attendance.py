# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees.models.bodies import Membership, MembershipRole
from committees.models.meetings import AgendaItem, Meeting
from committees.querysets import AttendanceQuerySet
from core.search import Folded


class Seat(models.Model):
    """Who sat in the body on the day of a meeting, as it stood when the meeting was held. Never changed.

    Who had a vote, the chair, and whether there was a quorum follow from these rows, whatever is registered later.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="seats", verbose_name=_("meeting"))
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="seats", verbose_name=_("membership"))
    name = models.CharField(_("name"), max_length=300)
    role = models.CharField(_("role"), max_length=12, choices=MembershipRole.choices)
    voting_right = models.BooleanField(_("voting right"))
    on_behalf_of = models.CharField(_("sent by"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("seat on the day of a meeting")
        verbose_name_plural = _("seats on the day of a meeting")
        ordering = ["meeting", "name"]
        constraints = [models.UniqueConstraint(fields=["meeting", "membership"], name="seat_once")]

    def __str__(self) -> str:
        return self.name


class AttendanceStatus(models.TextChoices):
    PRESENT = "present", pgettext_lazy("attendance", "present")
    EXCUSED = "excused", pgettext_lazy("attendance", "excused")
    ABSENT = "absent", pgettext_lazy("attendance", "absent")


class AttendanceRole(models.TextChoices):
    MEMBER = "member", pgettext_lazy("membership", "member")
    CHAIR = "chair", _("chair of the meeting")
    SECRETARY = "secretary", _("secretary of the meeting")
    GUEST = "guest", _("guest")


class Attendance(models.Model):
    """Whether somebody was at a meeting: a member by the membership, everybody else by name. Never made public.

    Who may vote on an item follows from the items between which somebody was there; the clock times are for the record.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances", verbose_name=_("meeting"))
    membership = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="attendances", verbose_name=_("membership")
    )
    name = models.CharField(_("name"), max_length=150, blank=True)
    role = models.CharField(_("role"), max_length=10, choices=AttendanceRole.choices, default=AttendanceRole.MEMBER)
    status = models.CharField(
        _("attendance"), max_length=8, choices=AttendanceStatus.choices, default=AttendanceStatus.PRESENT
    )
    arrived_at = models.TimeField(_("came at"), null=True, blank=True)
    left_at = models.TimeField(_("left at"), null=True, blank=True)

    from_item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("there from item")
    )
    until_item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("there until item")
    )

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["meeting", Folded("membership__person__family_name"), Folded("name")]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "membership"], name="attendance_once"),
            models.UniqueConstraint(fields=["meeting"], condition=Q(role="chair"), name="attendance_one_chair"),
            models.CheckConstraint(
                condition=Q(membership__isnull=False, name="") | Q(membership=None) & ~Q(name=""),
                name="attendance_of_member_or_named",
            ),
        ]

    def was_there_for(self, item: AgendaItem) -> bool:
        """Whether somebody was present for the item: had come with it and not left before."""
        if self.status != AttendanceStatus.PRESENT:
            return False
        came = self.from_item is None or self.from_item.position <= item.position
        return came and (self.until_item is None or self.until_item.position >= item.position)

    def __str__(self) -> str:
        return self.name or str(self.membership.person)
