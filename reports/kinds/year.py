# SPDX-License-Identifier: EUPL-1.2
"""What was recorded in one year, counted: by bodies, departments and states, never by people.

The public edition names only what is approved; what is still in the making is counted without its title.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from statistics import median
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone

from actors.models import Actor
from committees.lifecycle import TAKE_PLACE, WERE_HELD
from committees.models import AgendaItem, Committee, Consultation, Meeting, Membership, Paper
from core.figures import figure, signed
from core.search import Folded
from indicators.models import Finding, Import, ImportState, KeyFigure, Region
from indicators.series import series_for
from recommendations.lifecycle import UNFINISHED
from recommendations.models import (
    APPROVALS,
    Decision,
    Effect,
    Light,
    Measure,
    MeasureStatus,
    Mediation,
    Position,
    Recommendation,
    Statement,
    Status,
    Workshop,
)
from reports.kinds import parts
from reports.models import Document, Download, State
from tasks.models import Task

if TYPE_CHECKING:
    from committees.querysets import ConsultationQuerySet, MeetingQuerySet


def numbers(year: int, full: bool) -> dict[str, Any]:
    """Everything the report counts, as plain data."""
    span = (date(year, 1, 1), date(year, 12, 31))
    return {
        "year": year,
        "as_of": parts.day(min(timezone.localdate(), span[1])),
        "committees": _committees(span),
        "recommendations": _recommendations(span, full),
        "decisions": _decisions(span),
        "co_signing": _co_signing(span),
        "measures": _measures(),
        "monitoring": _monitoring(span),
        "network": _network(span),
        "services": _services(span),
        "effects": _effects(full),
        "ahead": _ahead(span),
    }


def _committees(span: tuple[date, date]) -> dict[str, Any]:
    """Meetings held and items with papers, per body; attendance and votes of people stay out."""
    meetings = Meeting.objects.filter(start__date__range=span).filter(state__in=TAKE_PLACE)
    past = meetings.filter(Q(state__in=WERE_HELD) | Q(start__lt=timezone.now()))
    brought = Consultation.objects.of_a_paper().filter(agenda_item__meeting__in=meetings)
    resolved = brought.exclude(result="")
    counts = [_per_committee(found) for found in (past, meetings, brought, resolved)]
    rows: list[list[Any]] = []
    for pk, name in Committee.objects.order_by("kind", Folded("name")).values_list("pk", "name"):
        held, every, items, done = (found.get(pk, 0) for found in counts)
        if every or items:
            rows.append([name, held, every - held, items, done])
    return {
        "rows": rows,
        "bodies": sum(row[1] > 0 for row in rows),
        "held": sum(row[1] for row in rows),
        "items": AgendaItem.objects.filter(meeting__in=past).count(),
        "papers": Paper.objects.filter(date__range=span).count(),
        "brought": brought.count(),
        "resolved": resolved.count(),
    }


def _per_committee(found: MeetingQuerySet | ConsultationQuerySet) -> dict[int, int]:
    return dict(found.order_by().values_list("committee").annotate(Count("pk")))


def _recommendations(span: tuple[date, date], full: bool) -> dict[str, Any]:
    """What was in hand in the year: its state, and which department decides."""
    rows, states = [], Counter()
    touched = Recommendation.objects.filter(created_at__date__lte=span[1]).filter(
        Q(created_at__date__gte=span[0]) | Q(changed_at__date__gte=span[0])
    )
    unnamed = 0
    shown = touched.select_related("lead_department", "field_of_action", "approval").prefetch_related("measures")
    for one in shown.order_by("pk"):
        states[str(one.state_label)] += 1
        named = full or one.approval_id or one.status == Status.REJECTED
        if not named:
            unnamed += 1
            continue
        measures = [step for step in one.measures.all() if not step.life.is_stopped]
        rows.append(
            {
                "title": one.title,
                "department": one.lead_department.code if one.lead_department else "",
                "field": str(one.field_of_action or ""),
                "status": str(one.state_label),
                "light": _light(measures),
                "measures": len(measures),
            }
        )
    drafted = touched.filter(created_at__date__gte=span[0]).count()
    fields = sorted({str(one) for one in touched.values_list("field_of_action__name", flat=True) if one})
    return {
        "rows": rows,
        "states": _counted(states),
        "drafted": drafted,
        "in_hand": sum(states.values()),
        "unnamed": unnamed,
        "fields": fields,
    }


def _counted(counter: Counter[str]) -> list[list[Any]]:
    """``[[name, how many]]``, the most first."""
    return [[name, count] for name, count in sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))]


def _light(measures: Sequence[Measure]) -> str:
    """The worst light of measures that are not done: shape, colour and code; done when all are."""
    if not measures:
        return ""
    running = [measure.light for measure in measures if not measure.life.is_done]
    if not running:
        return "done"
    return str(next(light for light in (Light.RED, Light.YELLOW, Light.GREEN) if light in running))


def _decisions(span: tuple[date, date]) -> dict[str, Any]:
    """Decisions of the departments, and how long they took from draft and from submission."""
    made = list(
        Decision.objects.filter(at__date__range=span).select_related("department", "recommendation").order_by("pk")
    )
    per_department: dict[str, Counter] = {}
    for one in made:
        counter = per_department.setdefault(str(one.department), Counter())
        counter["approved" if one.kind in APPROVALS else "other"] += 1
    days = [(one.at - one.recommendation.created_at).days for one in made]
    waits = [
        (one.at - one.recommendation.submitted_at).days
        for one in made
        if one.recommendation.submitted_at and one.recommendation.submitted_at <= one.at
    ]
    return {
        "count": len(made),
        "approved": sum(one.kind in APPROVALS for one in made),
        "changed": sum(one.kind == "changed" for one in made),
        "rejected": sum(one.kind == "reject" for one in made),
        "rows": [
            [name, counter["approved"] + counter["other"], counter["approved"]]
            for name, counter in sorted(per_department.items())
        ],
        "days": round(median(days)) if days else None,
        "wait": round(median(waits)) if waits else None,
    }


def _co_signing(span: tuple[date, date]) -> dict[str, int]:
    signed_in = Statement.objects.filter(signed_at__date__range=span)
    mediated = Mediation.objects.filter(held_on__range=span)
    return {
        "signed": signed_in.count(),
        "remarks": signed_in.filter(position=Position.REMARKS).count(),
        "dissent": signed_in.filter(position=Position.DISAGREE).count(),
        "mediated": mediated.count(),
        "settled": mediated.filter(settled=True).count(),
    }


def _measures() -> dict[str, int]:
    """Measures of approved recommendations: state and light are two things."""
    lights = dict(Measure.objects.filter(status__in=UNFINISHED).order_by().values_list("light").annotate(Count("pk")))
    return {
        "count": Measure.objects.count(),
        "done": Measure.objects.filter(status=MeasureStatus.DONE).count(),
        "open": sum(lights.values()),
        "green": lights.get(Light.GREEN, 0),
        "yellow": lights.get(Light.YELLOW, 0),
        "red": lights.get(Light.RED, 0),
    }


def _monitoring(span: tuple[date, date]) -> dict[str, Any]:
    """Deliveries, findings, and how the key figures that people work with developed; released values only."""
    deliveries = Import.objects.filter(state=ImportState.STORED, stored_at__date__range=span)
    key_figures = list(KeyFigure.objects.with_values().select_related("indicator", "table").order_by("code")[:12])
    own = settings.MUNICIPALITY_KEY
    region = Region.objects.select_related("parent").filter(key=own).first()
    above = region.parent.key if region and region.parent else ""
    found = series_for(key_figures, [key for key in (own, above) if key]) if key_figures else {}
    rows = []
    for one in key_figures:
        points = found[one.pk, own].points if (one.pk, own) in found else ()
        if not points:
            continue
        other = found[one.pk, above].latest if above else None
        latest, before = points[-1], points[-2] if len(points) > 1 else None
        change = ""
        if before and before.value is not None and latest.value is not None:
            change = signed(latest.value - before.value, one.decimals)
        rows.append(
            [
                f"{one.code} {one.name}",
                latest.period,
                figure(latest.value, latest.sign, latest.quality, one.decimals, one.unit),
                change or "–",
                figure(other.value, other.sign, other.quality, one.decimals, one.unit) if other else "–",
            ]
        )
    return {
        "deliveries": deliveries.count(),
        "tables": deliveries.values("table_code").distinct().count(),
        "figures": KeyFigure.objects.with_values().count(),
        "findings": Finding.objects.filter(created_at__date__range=span).count(),
        "rows": rows,
        "region": region.name if region else "",
        "above": region.parent.name if above else "",
    }


def _network(span: tuple[date, date]) -> dict[str, Any]:
    kinds = Counter(str(actor.get_kind_display()) for actor in Actor.objects.filter(dissolved_on=None).only("kind"))
    workshops = Workshop.objects.filter(held_on__range=span)
    on_behalf = Membership.objects.filter(on_behalf_of__isnull=False, start_on__lte=span[1])
    return {
        "actors": sum(kinds.values()),
        "kinds": _counted(kinds),
        "workshops": workshops.count(),
        "at_work": Actor.objects.filter(workshops__in=workshops).distinct().count(),
        "sending": on_behalf.values("on_behalf_of").distinct().count(),
        "bodies": on_behalf.values("committee").distinct().count(),
    }


def _services(span: tuple[date, date]) -> dict[str, int]:
    """Documents made and taken along, statements asked for, tasks done: counted, never by person."""
    return {
        "briefings": Document.objects.filter(state=State.READY, finished_at__date__range=span).count(),
        "downloads": Download.objects.filter(at__date__range=span).count(),
        "asked": Statement.objects.filter(recommendation__created_at__date__range=span).count(),
        "tasks": Task.objects.filter(done_at__date__range=span).count(),
    }


def _effects(full: bool) -> list[dict[str, str]]:
    """Reviewed effects: the development after the measure, never a claim of cause."""
    reviewed = Recommendation.objects.filter(approval__isnull=False).exclude(effect=Effect.UNKNOWN).order_by("pk")
    return [
        {"title": one.title, "effect": str(one.get_effect_display()), "note": one.effect_note, "code": one.effect}
        for one in reviewed
    ]


def _ahead(span: tuple[date, date]) -> dict[str, int]:
    """What the next year already holds."""
    following = (date(span[0].year + 1, 1, 1), date(span[1].year + 1, 12, 31))
    return {
        "meetings": Meeting.objects.filter(start__date__range=following).filter(state__in=TAKE_PLACE).count(),
        "measures": Measure.objects.filter(due_on__range=following, status__in=UNFINISHED).count(),
        "reviews": Recommendation.objects.filter(effect_review_on__range=following).count(),
    }
