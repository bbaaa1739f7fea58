# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from tree_queries.query import TreeQuerySet

from accounts.models import Department
from accounts.roles import COORDINATION, DATA_PROTECTION, MONITORING, holds
from core.due import late_in
from core.keys import numbers_of
from recommendations.lifecycle import (
    EFFECT_IS_DUE,
    KNOWN_IN_HOUSE,
    LEAD_MAY_CHANGE,
    MEASURES_MAY_BEGIN,
    OVER,
    UNFINISHED,
    Status,
    TransferState,
)

if TYPE_CHECKING:
    from datetime import date, datetime

    from accounts.models import User
    from actors.models import FieldOfAction
    from committees.models import Paper
    from recommendations.models import (
        Doubt,
        EffectReview,
        Evidence,
        LeadTransfer,
        Measure,
        Recommendation,
        SavedFilter,
        Statement,
        StrategicGoal,
    )


def _reads_everything(user: User) -> bool:
    return holds(user, COORDINATION) or holds(user, MONITORING) or holds(user, DATA_PROTECTION)


def stands_behind(paper: Paper) -> bool:
    """Whether a paper was made of a recommendation: then the department that approved it stands behind it."""
    return getattr(paper, "recommendation", None) is not None


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def visible_to(self, user: User) -> Self:
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
        to_lead = self._rows_of("lead_transfers").filter(state=TransferState.OPEN, to_department__in=departments)
        return self.filter(
            Q(status__in=KNOWN_IN_HOUSE)
            | Q(lead_department__in=departments)
            | Q(pk__in=involved.values("recommendation"))
            | Q(pk__in=asked.values("recommendation"))
            | Q(pk__in=to_lead.values("recommendation"))
        )

    def _rows_of(self, relation: str) -> object:
        return self.model._meta.get_field(relation).related_model.objects.all()

    def of_department(self, user: User) -> Self:
        """Those in the lead of a department this person belongs to."""
        return self.filter(lead_department__in=Department.objects.of(user))

    def awaiting_decision_of(self, user: User) -> Self:
        """Submitted to a department this person decides for now, and not this person's own."""
        theirs = self.filter(status=Status.SUBMITTED, lead_department__in=Department.objects.decided_by(user))
        return theirs.without_a_hand_of(user)

    def without_a_hand_of(self, user: User) -> Self:
        """Those of which this person neither wrote a version since the last decision nor submitted or prepared it."""
        last = self._rows_of("decisions").filter(recommendation=OuterRef("recommendation")).order_by("-pk")
        written = self._rows_of("versions").filter(
            by=user, origin="text", number__gt=Coalesce(Subquery(last.values("version")[:1]), 0)
        )
        recorded = self._rows_of("workshops").filter(
            recorded_by=user, round__gte=Coalesce(Subquery(last.values("round")[:1]), 0)
        )
        return self.exclude(Q(author=user) | Q(submitted_by=user)).exclude(
            Q(pk__in=written.values("recommendation")) | Q(pk__in=recorded.values("recommendation"))
        )

    def in_work_of(self, user: User) -> Self:
        """What the office has in hand: not decided yet, or decided and still to be followed up."""
        if not holds(user, COORDINATION):
            return self.none()
        return self.exclude(status__in=OVER)

    def deferral_over(self, *, on: date | None = None) -> Self:
        """Deferred ones whose day has come."""
        return self.filter(status=Status.DEFERRED, deferred_until__lte=on or timezone.localdate())

    def counted_by_status(self) -> dict[str, int]:
        """``{state: how many}``."""
        return dict(self.order_by().values_list("status").annotate(models.Count("pk")))

    def with_evidence_to_check(self) -> Self:
        """Those that stand on a figure which was changed after it was pinned, and nobody has said what of it."""
        return self.filter(evidence__doubts__answer="").distinct()

    def evidence_to_be_checked_by(self, user: User) -> Self:
        """Of these, what this person answers for: the department what it approved, the office what is not decided."""
        mine = Q(approval__isnull=False, lead_department__in=Department.objects.decided_by(user))
        if holds(user, COORDINATION):
            mine |= Q(approval=None)
        return self.with_evidence_to_check().filter(mine)

    def with_unconfirmed_resolution(self) -> Self:
        """Those whose paper was resolved finally in other words, which the lead department has not confirmed yet."""
        confirmations = self._rows_of("confirmations")
        stops = confirmations.model._meta.get_field("consultation").related_model.objects
        confirmed = confirmations.filter(
            consultation=OuterRef("pk"), recommendation__paper=OuterRef("paper"), wording=OuterRef("result_note")
        )
        changed = stops.filter(~models.Exists(confirmed), authoritative=True, result="changed")
        return self.filter(paper__in=changed.values("paper"), status__in=MEASURES_MAY_BEGIN)

    def resolution_to_be_confirmed_by(self, user: User) -> Self:
        """Of these, what this person confirms as head or deputy of the lead department."""
        return self.with_unconfirmed_resolution().filter(lead_department__in=Department.objects.decided_by(user))

    def serving(self, goal: StrategicGoal) -> Self:
        """Those that hang on a goal or on one below it."""
        below = goal._meta.model.objects.descendants(goal, include_self=True)
        return self.filter(pk__in=self.model.objects.filter(goals__in=[one.pk for one in below]).values("pk"))

    def in_field(self, field: FieldOfAction) -> Self:
        """Those of a field of action or of one below it."""
        below = field._meta.model.objects.descendants(field, include_self=True)
        return self.filter(field_of_action__in=[one.pk for one in below])

    def without_effect_review(self) -> Self:
        """Those under way or implemented for which nobody has fixed how the effect is looked at."""
        return self.filter(status__in=EFFECT_IS_DUE).exclude(
            pk__in=self.model.objects.filter(effect_reviews__replaced_at=None, effect_reviews__isnull=False).values(
                "pk"
            )
        )

    def overdue(self, *, on: date | None = None) -> Self:
        """Those on which a statement, a measure or the effect review is late."""
        on = on or timezone.localdate()
        late = late_in("due_on", today=on)
        statements = self._rows_of("statements").open().filter(late)
        measures = self._rows_of("measures").filter(late, status__in=UNFINISHED)
        return self.filter(
            Q(status=Status.CONSULTATION, pk__in=statements.values("recommendation"))
            | Q(pk__in=measures.values("recommendation"))
            | Q(pk__in=self._rows_of("effect_reviews").due(on=on).values("recommendation"))
        )

    def for_display(self) -> Self:
        doubts = self.model.objects.filter(pk=models.OuterRef("pk"), evidence__doubts__answer="")
        related = self.select_related("lead_department", "author", "field_of_action", "paper", "approval")
        return related.defer("approval__content", "approval__proposed_before").annotate(
            has_evidence_to_check=models.Exists(doubts)
        )


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def in_use(self) -> Self:
        """Figures that something stands on which is neither closed nor given up."""
        return self.exclude(recommendation__status__in=OVER)


class DoubtQuerySet(models.QuerySet["Doubt"]):
    def open(self) -> Self:
        return self.filter(answer="")

    def unsettled_or_since(self, moment: datetime) -> Self:
        """Nobody has answered them yet, or they were noticed after a moment; not what the source itself mended."""
        return self.filter(Q(answer="") | Q(noticed_at__gt=moment)).exclude(answer="restored")


class StatementQuerySet(models.QuerySet["Statement"]):
    def awaiting(self, user: User) -> Self:
        """Unanswered, asked of a department this person signs for now, while co-signing runs."""
        departments = Department.objects.decided_by(user)
        return self.open().filter(recommendation__status=Status.CONSULTATION, department__in=departments)

    def visible_to(self, user: User) -> Self:
        """Statements on recommendations that this person may see."""
        recommendations = self.model._meta.get_field("recommendation").related_model.objects.visible_to(user)
        return self.filter(recommendation__in=recommendations.values("pk"))

    def open(self) -> Self:
        """Not answered, and the round has not ended."""
        return self.filter(position="", closed_at=None)

    def of_this_round(self) -> Self:
        """Those of the last time that departments were asked."""
        return self.filter(round=models.F("recommendation__consultation_round"))

    def given(self) -> Self:
        return self.exclude(position="")

    def for_display(self) -> Self:
        return self.select_related("recommendation", "department", "actor", "mediation")

    def to_remind(self, *, on: date | None = None) -> Self:
        """Open statements of departments that are due within three days, and that nobody was reminded of by itself."""
        on = on or timezone.localdate()
        return self.open().filter(
            recommendation__status=Status.CONSULTATION,
            department__isnull=False,
            reminded_at=None,
            due_on__range=(on, on + timedelta(days=3)),
        )


class MeasureQuerySet(models.QuerySet["Measure"]):
    def visible_to(self, user: User) -> Self:
        """Measures of recommendations that this person may see."""
        recommendations = self.model._meta.get_field("recommendation").related_model.objects.visible_to(user)
        return self.filter(recommendation__in=recommendations.values("pk"))

    def of_department(self, user: User) -> Self:
        """Measures for which a department of this person is responsible."""
        return self.filter(department__in=Department.objects.of(user))

    def begun(self) -> Self:
        return self.filter(started_on__isnull=False)

    def unfinished(self) -> Self:
        return self.filter(status__in=UNFINISHED)

    def for_list(self) -> Self:
        return self.select_related("recommendation", "department").prefetch_related("checklist", "former_plans")

    def among(self, measures: Iterable[Measure]) -> set[int]:
        """The ids of those that are among these."""
        return set(self.filter(pk__in=[measure.pk for measure in measures]).values_list("pk", flat=True))

    def among_ids(self, numbers: Sequence[str]) -> Self:
        """Those that a form names; anything that is no number is left out."""
        return self.filter(pk__in=numbers_of(numbers))

    def late(self, *, on: date | None = None) -> Self:
        """Unfinished and marked as delayed or at risk, or past their day."""
        return self.unfinished().filter(~Q(light="green") | late_in("due_on", today=on))

    def to_remind(self, *, on: date | None = None) -> Self:
        """Unfinished ones that are due within a week, of approved matters, and nobody was reminded of for that day."""
        on = on or timezone.localdate()
        return self.unfinished().filter(
            ~Q(reminded_for=models.F("due_on")) | Q(reminded_for=None),
            recommendation__approval__isnull=False,
            due_on__range=(on, on + timedelta(days=7)),
        )


class EffectReviewQuerySet(models.QuerySet["EffectReview"]):
    def visible_to(self, user: User) -> Self:
        """Reviews of recommendations that this person may see."""
        recommendations = self.model._meta.get_field("recommendation").related_model.objects.visible_to(user)
        return self.filter(recommendation__in=recommendations.values("pk"))

    def open(self) -> Self:
        """Neither answered nor replaced by a later plan, of matters that are still approved and under way."""
        return self.filter(answered_at=None, replaced_at=None, recommendation__approval__isnull=False).exclude(
            recommendation__status=Status.CLOSED
        )

    def due(self, *, on: date | None = None) -> Self:
        """Open ones whose day has come."""
        return self.open().filter(review_on__lte=on or timezone.localdate())

    def planned(self, *, on: date | None = None) -> Self:
        """Open ones whose day lies ahead."""
        return self.open().filter(review_on__gt=on or timezone.localdate())

    def answered(self) -> Self:
        return self.filter(answered_at__isnull=False)

    def waiting(self) -> EffectReview | None:
        """The one that is neither answered nor replaced, if any."""
        return self.filter(answered_at=None, replaced_at=None).select_related("key_figure__table").first()

    def standing(self) -> Self:
        """Answered ones and the one that waits, the latest first; not what a later plan replaced."""
        return self.filter(replaced_at=None).select_related("key_figure__table").order_by("-pk")

    def current(self) -> EffectReview | None:
        """The one to look at: what waits for an answer, otherwise what was answered last."""
        return self.standing().first()

    def waiting_for(self, user: User) -> Self:
        """Due ones whose paragraph a department of this person still has to write."""
        return self.due().to_be_answered_by(user)

    def among(self, reviews: Iterable[EffectReview]) -> set[int]:
        """The ids of those that are among these."""
        return set(self.filter(pk__in=[review.pk for review in reviews]).values_list("pk", flat=True))

    def to_be_answered_by(self, user: User) -> Self:
        """Those that a department of this person answers."""
        return self.filter(recommendation__lead_department__in=Department.objects.of(user))


class StrategicGoalQuerySet(TreeQuerySet):
    def visible_to(self, user: User) -> Self:
        """The office and the house know the goals; whoever reads no recommendation sees none."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self if _reads_everything(user) or Department.objects.any_of(user) else self.none()


class LeadTransferQuerySet(models.QuerySet["LeadTransfer"]):
    def visible_to(self, user: User) -> Self:
        """Changes of the lead of recommendations that this person may see."""
        recommendations = self.model._meta.get_field("recommendation").related_model.objects.visible_to(user)
        return self.filter(recommendation__in=recommendations.values("pk"))

    def open(self) -> Self:
        """Not settled yet, on a recommendation whose lead may still change."""
        return self.filter(state=TransferState.OPEN, recommendation__status__in=LEAD_MAY_CHANGE)

    def awaiting(self, user: User) -> Self:
        """Open ones that wait for the consent of a department this person decides for today."""
        departments = Department.objects.decided_by(user).values("pk")
        return self.open().filter(
            Q(released_at=None, from_department__in=departments) | Q(accepted_at=None, to_department__in=departments)
        )

    def for_display(self) -> Self:
        return self.select_related("recommendation__lead_department", "from_department", "to_department")


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    def of(self, user: User) -> Self:
        """The filters that this person saved."""
        return self.filter(owner=user)
