# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from actors.models import Actor, Person
from committees.querysets import (
    CommitteeQuerySet,
    MembershipQuerySet,
)
from core.search import Folded


class CommitteeKind(models.TextChoices):
    COUNCIL = "council", _("council")
    COMMITTEE = "committee", pgettext_lazy("kind of body", "council committee")
    YOUTH_WELFARE = "youth_welfare", _("youth welfare committee")
    STEERING_GROUP = "steering_group", _("steering group")
    ADVISORY_BOARD = "advisory_board", _("advisory board")
    CONFERENCE = "conference", _("conference")
    WORKING_GROUP = "working_group", _("working group")


class Authority(models.TextChoices):
    DECIDING = "deciding", _("decision-making")
    PARTLY = "partly", _("preliminary deliberation, decides in part")
    PRELIMINARY = "preliminary", _("preliminary deliberation")
    ADVISORY = "advisory", _("advisory")
    OPERATIVE = "operative", _("operative")


class LegislativeTerm(models.Model):
    """The term (Wahlperiode) for which the bodies of the municipality are elected or appointed."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    start_on = models.DateField(_("from"))
    end_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("legislative term")
        verbose_name_plural = _("legislative terms")
        ordering = ["-start_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_on=None) | Q(end_on__gte=F("start_on")), name="term_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Committee(models.Model):
    """A body that deliberates: council, committee, steering group, advisory board, conference or working group."""

    code = models.CharField(_("code"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=150)
    kind = models.CharField(_("kind"), max_length=16, choices=CommitteeKind.choices, default=CommitteeKind.COMMITTEE)
    authority = models.CharField(_("authority"), max_length=12, choices=Authority.choices, default=Authority.ADVISORY)
    mandate = models.TextField(
        _("mandate"), blank=True, help_text=_("What this body may decide, and where that is written.")
    )
    office_may_propose = models.BooleanField(
        _("the office may bring topics in itself"),
        default=False,
        help_text=_("Otherwise only a department may put something on the agenda."),
    )
    may_propose_since = models.DateField(_("mandate holds since"), null=True, blank=True)
    may_propose_source = models.CharField(
        _("where the mandate is written"),
        max_length=200,
        blank=True,
        help_text=_("For example the resolution or the rules of procedure that give the office this right."),
    )
    seats = models.PositiveSmallIntegerField(
        _("voting seats"),
        null=True,
        blank=True,
        help_text=_("By statute. Votes are checked against it where attendance was not recorded."),
    )
    notice_days = models.PositiveSmallIntegerField(_("notice period in days"), null=True, blank=True)
    submission_days = models.PositiveSmallIntegerField(_("submission period in days"), null=True, blank=True)
    cosigning_days = models.PositiveSmallIntegerField(_("co-signing ends this many days before"), null=True, blank=True)
    data_cutoff_days = models.PositiveSmallIntegerField(
        _("data are fixed this many days before"), null=True, blank=True
    )
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)

    objects = CommitteeQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("body", "committee")
        verbose_name_plural = pgettext_lazy("body", "committees")
        ordering = [Folded("name")]
        permissions = [("prepare_meetings", "Prepare meetings, keep minutes and membership")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("committees:detail", args=[self.pk])


class CommitteeUserObjectPermission(UserObjectPermissionBase):
    content_object = models.ForeignKey(Committee, models.CASCADE)


class CommitteeGroupObjectPermission(GroupObjectPermissionBase):
    content_object = models.ForeignKey(Committee, models.CASCADE)


class MembershipRole(models.TextChoices):
    CHAIR = "chair", pgettext_lazy("membership", "chair")
    DEPUTY_CHAIR = "deputy_chair", pgettext_lazy("membership", "deputy chair")
    MEMBER = "member", pgettext_lazy("membership", "member")
    ADVISORY = "advisory", pgettext_lazy("membership", "advisory member")
    GUEST = "guest", pgettext_lazy("membership", "permanent guest")


class Membership(models.Model):
    """A person sits in a committee from a day to a day. The dated row is the right to read, nothing else is."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="memberships", verbose_name=_("committee"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=12, choices=MembershipRole.choices, default=MembershipRole.MEMBER)
    voting_right = models.BooleanField(_("voting right"), default=True)
    on_behalf_of = models.ForeignKey(
        Actor, models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name=_("sent by")
    )
    term = models.ForeignKey(
        LegislativeTerm,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("legislative term"),
    )
    succeeds = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="successor", verbose_name=_("succeeds")
    )
    start_on = models.DateField(_("from"))
    end_on = models.DateField(_("until"), null=True, blank=True)
    carried_over = models.CharField(max_length=60, blank=True, editable=False)  # as it stood where it overlapped

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["committee", Folded("person__family_name"), Folded("person__given_name")]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_on=None) | Q(end_on__gte=F("start_on")), name="membership_ends_after_start"
            ),
            models.UniqueConstraint(fields=["committee", "person", "start_on"], name="membership_once"),
            models.CheckConstraint(condition=~Q(succeeds=F("pk")), name="membership_succeeds_another"),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.committee})"
