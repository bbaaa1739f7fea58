# SPDX-License-Identifier: EUPL-1.2
"""What came of what Lindenfurt approved: measures, their effect, a corrected figure, and the goals it all serves.

Each function tells its part of the story; ``town`` is the town while it is being built.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from committees import flows as committees
from committees.models import ConsultationRole, Result
from core import clock
from demo.lindenfurt import figures, goals, proposals
from indicators.series import series_of
from recommendations import flows as recommendations
from recommendations.effect import baseline_of
from recommendations.models import Direction, Effect, Light, MeasureStatus, Recommendation, StrategicGoal
from recommendations.models import Position as Answer
from recommendations.resolved import mark_of, unconfirmed
from reports import flows as reports

if TYPE_CHECKING:
    from accounts.models import User
    from demo.lindenfurt.town import _Town


def all_day(town: _Town) -> Recommendation:
    held = town.meeting("RAT", upcoming=False)
    resolved = (timezone.localdate(held.start) - town.today).days
    with town.phase(-130, resolved - 14):
        one = town.draft(
            proposals.ALL_DAY,
            figure="I3",
            lead="FB 40",
            involved=("FB 51",),
            field="Schule und Ganztag",
            review=1200,
        )
        recommendations.pin_evidence(one, by=town.user("mareike.thoelke"), snapshot=town.pin(figures.CORRECTED))
        town.consult(one, due=-80, departments=("FB 51",))
        town.sign(one, "FB 51", "tarek.haddad", Answer.AGREE)
        town.approve(one, "petra.wellmann")
        paper, stops = town.paper(one, [(held, "7", ConsultationRole.DECISION, "Der Stadtrat beschließt:")])
    office, head = town.user("mareike.thoelke"), town.user("petra.wellmann")
    with town.phase(resolved + 1, resolved + 3):
        town.hold(held)
        committees.record_result(
            stops[0],
            by=town.user("uwe.pohlmann"),
            result=Result.CHANGED,
            votes_yes=38,
            votes_no=4,
            votes_abstain=2,
            note=proposals.ALL_DAY_RESOLVED,
        )
        one.refresh_from_db()
        recommendations.confirm_resolution(
            one,
            by=head,
            seen=mark_of(unconfirmed(one)),
            note="FB 40 schreibt den Bedarf zweimal im Jahr fort; die Berichte an beide Ausschüsse sind eingeplant.",
        )
        recommendations.plan_effect(
            one,
            by=head,
            review_on=town.day(1200),
            baseline=baseline_of(one.evidence.first()),
            direction=Direction.AT_LEAST,
            target_value=72,
        )
    all_day_measures(town, one, head, began=resolved + 4)
    reports.order_briefing(paper, by=office)
    correction(town)
    return one


def all_day_measures(town: _Town, one: Recommendation, head: User, *, began: int) -> None:
    for title, days, steps, done, status, light, reason in proposals.ALL_DAY_MEASURES:
        finished = status == MeasureStatus.DONE
        with town.phase(began, began + 1):
            measure = recommendations.plan_measure(
                one,
                by=head,
                title=title,
                department=town.department("FB 40"),
                owner=head,
                starts_on=town.day(began),
                due_on=town.day(days),
                steps=steps,
            )
        with town.phase(-25, -24) if finished else town.phase(-8, -4):
            recommendations.report_measure(
                measure,
                by=head,
                status=status,
                light=Light(light),
                delay_reason=reason,
                completion_note="Bedarf liegt für alle 19 Grundschulen vor." if finished else "",
                started_on=town.day(began + 2),
                done_on=town.day(-25) if finished else None,
            )
            ticked = set(list(measure.checklist.values_list("pk", flat=True))[:done])
            recommendations.tick_steps(measure, by=head, done=ticked)
            if days < 0 and not finished:
                recommendations.replan_measure(
                    measure, by=head, due_on=town.day(75), reason="Die Ausschreibung wird im Frühjahr wiederholt."
                )


def basic_education(town: _Town) -> Recommendation:
    office, head = town.user("mareike.thoelke"), town.user("ines.brockhoff")
    with town.phase(-420, -395):
        one = town.draft(proposals.BASIC_EDUCATION, figure="I8", lead="FB 41", field="Weiterbildung", review=-30)
        town.approve(one, "ines.brockhoff")
        evidence = one.evidence.get()
        points = series_of(evidence.key_figure, figures.TOWN).points
        before = next(point for point in points if point.period == "2022")
        recommendations.plan_effect(
            one,
            by=head,
            review_on=town.day(-30),
            baseline=replace(baseline_of(evidence), value=before.value, period=before.period),
            direction=Direction.AT_LEAST,
            target_value=115,
            today=town.day(-400),
        )
    measure = recommendations.plan_measure(
        one,
        by=head,
        title="Offene Treffs in fünf Stadtbezirken",
        department=town.department("FB 41"),
        due_on=town.day(-200),
    )
    recommendations.report_measure(
        measure,
        by=head,
        status=MeasureStatus.DONE,
        completion_note="Alle fünf Treffs laufen.",
        started_on=town.day(-390),
        done_on=town.day(-210),
    )
    recommendations.conclude(one, by=head, note="Geschäft der laufenden Verwaltung; alle fünf Treffs laufen.")
    recommendations.evaluate(one, by=office)
    recommendations.propose_effect(
        one, by=office, effect=Effect.IMPROVED, note="Das Ziel von 115 Stunden ist seit 2023 erreicht."
    )
    recommendations.review_effect(
        one,
        by=head,
        effect=Effect.IMPROVED,
        note="Nach der Einführung stieg die Kennzahl von 107 auf 117 und 120 Stunden; das Ziel von 115 ist erreicht. Die "
        "Teilnahme in Sonnberg ist gering. Ob die Treffs die Ursache sind, sagt die Zahl nicht.",
    )
    return one


def correction(town: _Town) -> None:
    """A corrected delivery changes a figure that an approval stands on: the department is asked."""
    now = timezone.now()
    corrected = next(one for one in figures.STATISTICS if one.key == figures.CORRECTED)
    with clock.story(now - timedelta(days=6), now - timedelta(days=5)):
        town.deliver(corrected, Path(settings.VAR_DIR) / "demo")
        recommendations.check_evidence()


def set_goals(town: _Town) -> None:
    office = town.user("mareike.thoelke")
    made = {}
    for position, (number, name, above, description) in enumerate(goals.GOALS):
        made[number] = StrategicGoal.objects.create(
            number=number,
            name=name,
            parent=made.get(above),
            description=description,
            position=position,
            adopted_by=goals.GUIDING,
        )
    for key, numbers in goals.SERVES.items():
        one = Recommendation.objects.get(title=getattr(proposals, key)["title"])
        changed_at = one.changed_at
        recommendations.assign_goals(one, by=office, goals=[made[number] for number in numbers])
        Recommendation.objects.filter(pk=one.pk).update(changed_at=changed_at)
