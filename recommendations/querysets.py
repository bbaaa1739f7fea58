# SPDX-License-Identifier: EUPL-1.2
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Department
from accounts.roles import COORDINATION, DATA_PROTECTION, MONITORING, holds

# While the lead may still pass to another department: from the first question to others until it is implemented.
TRANSFERABLE = (
    "draft",
    "co_creation",
    "consultation",
    "submitted",
    "returned",
    "deferred",
    "approved",
    "in_committee",
    "resolved",
    "implementing",
)
UNFINISHED = ("draft", "co_creation", "consultation", "returned", "withdrawn")


def _reads_everything(user):
    return holds(user, COORDINATION) or holds(user, MONITORING) or holds(user, DATA_PROTECTION)


class RecommendationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All for the office; for a department its own and those it is asked about, the others once submitted.

        A department that is asked to take the lead sees what it would take.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if _reads_everything(user):
            return self
        # a handful of keys, asked for once: the same question inside the question makes it slow and too deep for SQLite
        departments = list(Department.objects.of(user).values_list("pk", flat=True))
        if not departments:
            return self.none()
        involved = self.model.involved_departments.through.objects.filter(department__in=departments)
        asked = self._rows_of("statements").filter(department__in=departments)
        to_lead = self._rows_of("lead_transfers").filter(state="open", to_department__in=departments)
        return self.filter(
            ~Q(status__in=UNFINISHED)
            | Q(lead_department__in=departments)
            | Q(pk__in=involved.values("recommendation"))
            | Q(pk__in=asked.values("recommendation"))
            | Q(pk__in=to_lead.values("recommendation"))
        )

    def _rows_of(self, relation):
        return self.model._meta.get_field(relation).related_model.objects.all()

    def of_department(self, user):
        """Those in the lead of a department this person belongs to."""
        return self.filter(lead_department__in=Department.objects.of(user))

    def awaiting_decision_of(self, user):
        """Submitted to a department this person decides for today, and not this person's own."""
        return self.filter(status="submitted", lead_department__in=Department.objects.decided_by(user)).exclude(
            Q(author=user) | Q(last_changed_by=user) | Q(submitted_by=user)
        )

    def in_work_of(self, user):
        """What the office has in hand: not decided yet, or decided and still to be followed up."""
        if not holds(user, COORDINATION):
            return self.none()
        return self.exclude(status__in=("rejected", "withdrawn", "closed"))

    def deferral_over(self, *, on=None):
        """Deferred ones whose day has come."""
        return self.filter(status="deferred", deferred_until__lte=on or timezone.localdate())

    def counted_by_status(self):
        """``{state: how many}``."""
        return dict(self.order_by().values_list("status").annotate(models.Count("pk")))

    def with_evidence_to_check(self):
        """Those that stand on a figure which was changed after it was pinned, and nobody has said what of it."""
        return self.filter(evidence__doubts__answer="").distinct()

    def evidence_to_be_checked_by(self, user):
        """Of these, what this person answers for: the department what it approved, the office what is not decided."""
        mine = Q(approval__isnull=False, lead_department__in=Department.objects.decided_by(user))
        if holds(user, COORDINATION):
            mine |= Q(approval=None)
        return self.with_evidence_to_check().filter(mine)

    def overdue(self, *, on=None):
        """Those on which a statement, a measure or the effect review is late."""
        on = on or timezone.localdate()
        statements = self._rows_of("statements").filter(position="", due_on__lt=on)
        measures = self._rows_of("measures").filter(status__in=("planned", "running"), due_on__lt=on)
        return self.filter(
            Q(status="consultation", pk__in=statements.values("recommendation"))
            | Q(pk__in=measures.values("recommendation"))
            | Q(status__in=("implementing", "implemented", "partly", "evaluation"), effect_review_on__lt=on)
        )

    def for_display(self):
        doubts = self.model.objects.filter(pk=models.OuterRef("pk"), evidence__doubts__answer="")
        return self.select_related("lead_department", "author", "field_of_action", "paper").annotate(
            has_evidence_to_check=models.Exists(doubts)
        )


class EvidenceQuerySet(models.QuerySet):
    def in_use(self):
        """Figures that something stands on which is neither closed nor given up."""
        return self.exclude(recommendation__status__in=("rejected", "withdrawn", "closed"))


class DoubtQuerySet(models.QuerySet):
    def open(self):
        return self.filter(answer="")

    def since(self, moment):
        """Noticed after a moment and not mended by the source itself."""
        return self.filter(noticed_at__gt=moment).exclude(answer="restored")


class StatementQuerySet(models.QuerySet):
    def awaiting(self, user):
        """Unanswered, asked of a department this person signs for today, while co-signing runs."""
        return self.filter(
            position="", recommendation__status="consultation", department__in=Department.objects.decided_by(user)
        )

    def visible_to(self, user):
        """Statements on recommendations that this person may see."""
        recommendations = self.model._meta.get_field("recommendation").related_model.objects.visible_to(user)
        return self.filter(recommendation__in=recommendations.values("pk"))

    def open(self):
        return self.filter(position="")

    def to_remind(self, *, on=None):
        """Open statements of departments that are due within three days, and that nobody was reminded of by itself."""
        on = on or timezone.localdate()
        return self.open().filter(
            recommendation__status="consultation",
            department__isnull=False,
            reminded_at=None,
            due_on__range=(on, on + timedelta(days=3)),
        )


class MeasureQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Measures of recommendations that this person may see."""
        recommendations = self.model._meta.get_field("recommendation").related_model.objects.visible_to(user)
        return self.filter(recommendation__in=recommendations.values("pk"))

    def of_department(self, user):
        """Measures for which a department of this person is responsible."""
        return self.filter(department__in=Department.objects.of(user))

    def unfinished(self):
        return self.filter(status__in=("planned", "running"))


class LeadTransferQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Changes of the lead of recommendations that this person may see."""
        recommendations = self.model._meta.get_field("recommendation").related_model.objects.visible_to(user)
        return self.filter(recommendation__in=recommendations.values("pk"))

    def open(self):
        """Not settled yet, on a recommendation whose lead may still change."""
        return self.filter(state="open", recommendation__status__in=TRANSFERABLE)

    def awaiting(self, user):
        """Open ones that wait for the consent of a department this person decides for today."""
        departments = Department.objects.decided_by(user).values("pk")
        return self.open().filter(
            Q(released_at=None, from_department__in=departments) | Q(accepted_at=None, to_department__in=departments)
        )

    def for_display(self):
        return self.select_related("recommendation__lead_department", "from_department", "to_department")


class SavedFilterQuerySet(models.QuerySet):
    def of(self, user):
        """The filters that this person saved."""
        return self.filter(owner=user)
