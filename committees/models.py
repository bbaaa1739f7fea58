# SPDX-License-Identifier: EUPL-1.2
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from accounts.models import Department
from actors.models import Actor, Person
from committees.querysets import (
    AgendaItemQuerySet,
    CommitteeQuerySet,
    ConsultationQuerySet,
    MeetingQuerySet,
    MembershipQuerySet,
    PaperQuerySet,
)
from core.lines import lines_of


class CommitteeKind(models.TextChoices):
    COUNCIL = "council", _("council")
    COMMITTEE = "committee", pgettext_lazy("kind of body", "council committee")
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
    notice_days = models.PositiveSmallIntegerField(_("notice period in days"), null=True, blank=True)
    submission_days = models.PositiveSmallIntegerField(_("submission period in days"), null=True, blank=True)
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)

    objects = CommitteeQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("body", "committee")
        verbose_name_plural = pgettext_lazy("body", "committees")
        ordering = ["name"]
        permissions = [("prepare_meetings", "Prepare meetings, keep minutes and membership")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
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
    start_on = models.DateField(_("from"))
    end_on = models.DateField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["committee", "person__family_name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_on=None) | Q(end_on__gte=F("start_on")), name="membership_ends_after_start"
            ),
            models.UniqueConstraint(fields=["committee", "person", "start_on"], name="membership_once"),
        ]

    def __str__(self):
        return f"{self.person} ({self.committee})"


class MeetingState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("meeting", "planned")
    INVITED = "invited", pgettext_lazy("meeting", "invited")
    HELD = "held", pgettext_lazy("meeting", "held")
    CLOSED = "closed", pgettext_lazy("meeting", "closed")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "cancelled")


class Meeting(models.Model):
    """One session of a committee."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="meetings", verbose_name=_("committee"))
    start = models.DateTimeField(_("start"))
    location = models.CharField(_("place"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    submission_deadline = models.DateField(_("submission deadline"), null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["start"]
        constraints = [models.UniqueConstraint(fields=["committee", "start"], name="meeting_once")]

    def __str__(self):
        return f"{self.committee}, {self.start:%d.%m.%Y}"

    def get_absolute_url(self):
        return reverse("committees:meeting_detail", args=[self.pk])


class AgendaItem(models.Model):
    """A point of a meeting's agenda. Its number is text; it may carry several papers or none."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda_items", verbose_name=_("meeting"))
    position = models.PositiveSmallIntegerField(_("position"))
    number = models.CharField(_("number"), max_length=12)
    title = models.CharField(pgettext_lazy("thing", "title"), max_length=250)
    is_public = models.BooleanField(_("public"), default=True)
    non_public_reason = models.CharField(_("reason for excluding the public"), max_length=200, blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["meeting", "position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="agenda_item_position"),
            models.CheckConstraint(
                condition=Q(is_public=True) | ~Q(non_public_reason=""), name="agenda_item_non_public_has_reason"
            ),
        ]

    def __str__(self):
        return str(_("Item %(number)s: %(title)s")) % {"number": self.number, "title": self.title}


class PaperType(models.TextChoices):
    DECISION = "decision", _("decision paper")
    INFORMATION = "information", _("information paper")
    REPORT = "report", _("report paper")
    SUPPLEMENT = "supplement", _("supplementary paper")


class PaperNumber(models.Model):
    """The last number given in a year; locked while a number is drawn, so there is no gap and no double."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.year}/{self.last:04d}"


class Paper(models.Model):
    """A paper (Vorlage) for one or more committees, with what they are asked to resolve."""

    reference = models.CharField(_("paper number"), max_length=20, unique=True)
    paper_type = models.CharField(_("paper type"), max_length=12, choices=PaperType.choices, default=PaperType.DECISION)
    title = models.CharField(pgettext_lazy("thing", "title"), max_length=250)
    date = models.DateField(_("date"))
    file_reference = models.CharField(_("file reference"), max_length=40, blank=True)
    lead_department = models.ForeignKey(
        Department, models.PROTECT, related_name="papers", verbose_name=_("lead department")
    )
    involved_departments = models.ManyToManyField(
        Department, blank=True, related_name="papers_involved", verbose_name=_("involved departments")
    )
    proposed_resolution = models.TextField(_("proposed resolution"), help_text=_("One item per line."))
    is_public = models.BooleanField(_("public"), default=True)
    non_public_reason = models.CharField(_("reason for excluding the public"), max_length=200, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="papers")

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("council", "paper")
        verbose_name_plural = pgettext_lazy("council", "papers")
        ordering = ["-reference"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_public=True) | ~Q(non_public_reason=""), name="paper_non_public_has_reason"
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.title}"

    def get_absolute_url(self):
        return reverse("committees:paper_detail", args=[self.pk])

    @property
    def resolution_items(self):
        return lines_of(self.proposed_resolution)


class Annex(models.Model):
    """A numbered annex of a paper. A non-public one goes only to the bodies that decide."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="annexes", verbose_name=_("paper"))
    position = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(pgettext_lazy("thing", "title"), max_length=200)
    body = models.TextField(_("text"))
    is_public = models.BooleanField(_("public"), default=True)
    non_public_reason = models.CharField(_("reason for excluding the public"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("annex")
        verbose_name_plural = _("annexes")
        ordering = ["paper", "position"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "position"], name="annex_position"),
            models.CheckConstraint(
                condition=Q(is_public=True) | ~Q(non_public_reason=""), name="annex_non_public_has_reason"
            ),
        ]

    def __str__(self):
        return str(_("Annex %(number)s: %(title)s")) % {"number": self.position, "title": self.title}


class ConsultationRole(models.TextChoices):
    DECISION = "decision", pgettext_lazy("consultation", "decision")
    PRELIMINARY = "preliminary", pgettext_lazy("consultation", "preliminary deliberation")
    HEARING = "hearing", pgettext_lazy("consultation", "hearing")
    INFORMATION = "information", pgettext_lazy("consultation", "for information")
    RECOMMENDATION = "recommendation", pgettext_lazy("consultation", "recommendation")


class Result(models.TextChoices):
    OPEN = "", pgettext_lazy("result", "open")
    UNCHANGED = "unchanged", _("resolved unchanged")
    CHANGED = "changed", _("resolved with changes")
    NOTED = "noted", _("noted")
    ADJOURNED = "adjourned", _("adjourned")
    REFERRED = "referred", _("referred")
    REJECTED = "rejected", pgettext_lazy("result", "rejected")
    WITHDRAWN = "withdrawn", pgettext_lazy("result", "withdrawn")


class Consultation(models.Model):
    """One stop of a paper: a committee deals with it, in a role, in a meeting, under an agenda item.

    The result is only recorded here; it was taken by the committee, outside this software.
    """

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="consultations", verbose_name=_("paper"))
    position = models.PositiveSmallIntegerField(_("position"))
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="consultations", verbose_name=_("committee"))
    role = models.CharField(_("role"), max_length=16, choices=ConsultationRole.choices)
    agenda_item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="consultations", verbose_name=_("agenda item")
    )
    resolution_text = models.TextField(_("own wording of the resolution for this body"), blank=True)
    result = models.CharField(_("result"), max_length=12, choices=Result.choices, blank=True, default=Result.OPEN)
    votes_yes = models.PositiveSmallIntegerField(_("yes"), null=True, blank=True)
    votes_no = models.PositiveSmallIntegerField(_("no"), null=True, blank=True)
    votes_abstain = models.PositiveSmallIntegerField(_("abstentions"), null=True, blank=True)
    result_note = models.TextField(_("wording of the result"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="results_recorded"
    )
    recorded_at = models.DateTimeField(null=True, blank=True)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["paper", "position"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "position"], name="consultation_position"),
            models.UniqueConstraint(fields=["paper", "agenda_item"], name="consultation_agenda_item_once"),
            models.CheckConstraint(
                condition=Q(result="", recorded_at=None) | ~Q(result="") & Q(recorded_at__isnull=False),
                name="consultation_result_is_recorded",
            ),
        ]

    def __str__(self):
        return f"{self.paper.reference}, {self.committee}"
