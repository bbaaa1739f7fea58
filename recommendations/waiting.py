# SPDX-License-Identifier: EUPL-1.2
"""What waits for whom since when: one line per recommendation of a list, in a number of queries that does not grow."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Department
from activity.models import Event
from committees.models import Consultation
from core import due
from core.dates import short_day
from recommendations.lifecycle import MOVES, Status
from recommendations.models import EffectReview, LeadTransfer, Light, Measure, Recommendation, Statement

if TYPE_CHECKING:
    from django.core.paginator import Page

    from core.sentences import Text
    from recommendations.querysets import RecommendationQuerySet

CHUNK = 1000


@dataclass(frozen=True)
class Waiting:
    """Who must act (empty where nobody must), since when, and what is late.

    ``also`` names a second matter that waits: a change of the lead. ``light`` is the worst of the open measures.
    """

    who: str
    since: datetime | None
    due: date | None = None
    overdue: bool = False
    also: str = ""
    light: str = ""

    @property
    def light_label(self) -> Text:
        return Light(self.light).label if self.light else ""


def attach(
    recommendations: Page | list[Recommendation] | RecommendationQuerySet, *, today: date | None = None
) -> list[Recommendation]:
    """Give each of these recommendations its ``waiting``; the list comes back."""
    recommendations, today = list(recommendations), today or timezone.localdate()
    for start in range(0, len(recommendations), CHUNK):
        _attach(recommendations[start : start + CHUNK], today)
    return recommendations


def _attach(recommendations: Sequence[Recommendation], today: date) -> None:
    keys = [one.pk for one in recommendations]
    about = ContentType.objects.get_for_model(Recommendation)
    moved = dict(
        Event.objects.filter(subject_type=about, subject_id__in=keys, kind__in=MOVES)
        .values_list("subject_id")
        .annotate(Max("at"))
    )
    statements = _grouped(
        Statement.objects.open()
        .filter(recommendation__in=keys, recommendation__status=Status.CONSULTATION)
        .select_related("department", "actor"),
        "recommendation_id",
    )
    measures = _grouped(Measure.objects.unfinished().filter(recommendation__in=keys), "recommendation_id")
    papers = [one.paper_id for one in recommendations if one.status == Status.IN_COMMITTEE and one.paper_id]
    stops = _grouped(
        Consultation.objects.filter(paper__in=papers, result="", agenda_item__isnull=False)
        .select_related("committee", "agenda_item__meeting")
        .order_by("agenda_item__meeting__start"),
        "paper_id",
    )
    reviews = set(
        EffectReview.objects.due(on=today).filter(recommendation__in=keys).values_list("recommendation", flat=True)
    )
    vacant = set(Department.objects.without_anybody_to_decide().values_list("pk", flat=True))
    unconfirmed = set(
        Recommendation.objects.with_unconfirmed_resolution().filter(pk__in=keys).values_list("pk", flat=True)
    )
    transfers = _grouped(LeadTransfer.objects.open().filter(recommendation__in=keys).for_display(), "recommendation_id")
    for one in recommendations:
        open_statements, open_measures = statements.get(one.pk, []), measures.get(one.pk, [])
        who, due = _who(one, open_statements, stops.get(one.paper_id, []), today, vacant)
        if one.pk in unconfirmed:
            who = _("%(department)s confirms what was resolved in other words") % {
                "department": one.lead_department.code  # type: ignore[union-attr]
            }
        lights = {measure.light for measure in open_measures}
        one.waiting = Waiting(  # type: ignore[attr-defined]
            who=who,
            since=moved.get(one.pk, one.changed_at) if who else None,
            due=due,
            overdue=_is_overdue(one, open_statements, open_measures, reviews, today),
            also=_also(transfers.get(one.pk, [])),
            light=next((light for light in (Light.RED, Light.YELLOW, Light.GREEN) if light in lights), ""),
        )


def _grouped(rows: Iterable[Any], key: str) -> dict[int | None, list[Any]]:
    groups: dict[int | None, list[Any]] = {}
    for row in rows:
        groups.setdefault(getattr(row, key), []).append(row)
    return groups


def _who(
    one: Recommendation,
    statements: Iterable[Statement],
    stops: Sequence[Any],
    today: date,
    vacant: Collection[int],
) -> tuple[str, date | None]:
    """The sentence, and the day until which it is to be done, where there is one."""
    if one.status == Status.SUBMITTED and one.lead_department and one.lead_department_id in vacant:
        return _("%(department)s has neither head nor deputy") % {"department": one.lead_department.code}, None
    lead = one.lead_department.code if one.lead_department else ""
    running = [statement for statement in statements if statement.due_on >= today]
    if one.status == Status.CONSULTATION and running:
        bodies = ", ".join(getattr(statement.body, "code", str(statement.body)) for statement in running)
        return _("asked: %(bodies)s") % {"bodies": bodies}, min(statement.due_on for statement in running)
    if one.status == Status.IN_COMMITTEE and stops:
        meeting = timezone.localdate(stops[0].agenda_item.meeting.start)
        named = {"committee": stops[0].committee.code, "day": short_day(meeting)}
        return _("%(committee)s deals with it on %(day)s") % named, None
    sentence = one.life.waits
    return (sentence % {"department": lead} if sentence else ""), one.deferred_until


def _also(transfers: Sequence[LeadTransfer]) -> str:
    if not transfers:
        return ""
    waiting = [
        department.code
        for department, given in (
            (transfers[0].from_department, transfers[0].released_at),
            (transfers[0].to_department, transfers[0].accepted_at),
        )
        if not given
    ]
    return _("Change of the lead: %(departments)s to agree") % {"departments": ", ".join(waiting)}


def _is_overdue(
    one: Recommendation,
    statements: Iterable[Statement],
    measures: Iterable[Measure],
    reviews: Collection[int],
    today: date,
) -> bool:
    """The same rule as ``RecommendationQuerySet.overdue``, for rows that are at hand."""
    days = [*(each.due_on for each in statements), *(each.due_on for each in measures)]
    return one.pk in reviews or any(due.standing(day, today=today) == due.LATE for day in days)
