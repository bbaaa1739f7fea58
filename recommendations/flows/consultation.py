# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from activity.flows import logs_refusals, record
from core import clock
from core.errors import WrongState
from core.sentences import sentence as _
from recommendations import events, permissions
from recommendations.flows.locking import locked, signature_of
from recommendations.lifecycle import RECOMMENDATION
from recommendations.models import Mediation, Position, Statement, Workshop

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Department, User
    from actors.models import Actor
    from recommendations.models import Recommendation


@logs_refusals(events.STEP_REFUSED)
@transaction.atomic
def co_create(
    recommendation: Recommendation,
    *,
    by: User,
    held_on: date,
    actors: Sequence[Actor],
    outcome: str,
) -> Workshop:
    """Write down that the draft was worked on with actors: who, when, and what came of it."""
    recommendation = locked(recommendation)
    permissions.can_co_create(by, recommendation).enforce()
    workshop = Workshop.objects.create(
        recommendation=recommendation,
        held_on=held_on,
        outcome=outcome.strip(),
        round=recommendation.round,
        recorded_by=by,
    )
    workshop.actors.set(actors)
    RECOMMENDATION.take("co_create", recommendation)
    recommendation.save(update_fields=["status", "changed_at"])
    record(
        events.CO_CREATED,
        recommendation,
        by=by,
        held_on=held_on,
        actors=actors,
        note=workshop.outcome,
    )
    return workshop


@logs_refusals(events.STEP_REFUSED, about=attrgetter("recommendation"))
@transaction.atomic
def mediate(
    statement: Statement,
    *,
    by: User,
    held_on: date,
    positions: str,
    outcome: str,
    settled: bool = False,
) -> Mediation:
    """Write down the mediation of a dissent; the statement itself is the department's and stays as it was given."""
    recommendation = locked(statement.recommendation)
    statement = Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    permissions.can_mediate(by, statement).enforce()
    mediation = Mediation.objects.create(
        statement=statement,
        held_on=held_on,
        positions=positions.strip(),
        outcome=outcome.strip(),
        settled=settled,
        recorded_by=by,
    )
    record(
        events.MEDIATED,
        recommendation,
        by=by,
        body=statement.body,
        held_on=held_on,
        outcome=mediation.outcome,
        keeps=[mediation],
    )
    return mediation


@logs_refusals(events.STEP_REFUSED)
@transaction.atomic
def start_consultation(
    recommendation: Recommendation,
    *,
    by: User,
    due_on: date,
    departments: Iterable[Department] = (),
    actors: Iterable[Actor] = (),
) -> Recommendation:
    """Ask departments, and bodies outside, for their statement by a day. Each time is a round; earlier answers stay."""
    recommendation = locked(recommendation)
    permissions.can_start_consultation(by, recommendation).enforce()
    bodies = [*departments, *actors]
    if not bodies:
        raise WrongState(_("Choose at least one department to ask."))
    recommendation.consultation_round += 1
    asked = {
        "recommendation": recommendation,
        "round": recommendation.consultation_round,
        "version": recommendation.version,
        "due_on": due_on,
    }
    for department in departments:
        Statement.objects.create(department=department, **asked)
    for actor in actors:
        Statement.objects.create(actor=actor, **asked)
    RECOMMENDATION.take("start_consultation", recommendation)
    recommendation.save(update_fields=["status", "consultation_round", "changed_at"])
    record(
        events.CONSULTATION_STARTED,
        recommendation,
        by=by,
        due_on=due_on,
        bodies=bodies,
    )
    return recommendation


@logs_refusals(events.STEP_REFUSED, about=attrgetter("recommendation"))
@transaction.atomic
def sign(statement: Statement, *, by: User, position: str, remarks: str = "") -> Statement:
    """Head or deputy answer for their department: agree, agree with remarks, or disagree with the reason."""
    recommendation = locked(statement.recommendation)
    statement = Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    permissions.can_sign(by, statement).enforce()
    if permissions.needs_remarks(position) and not remarks.strip():
        raise WrongState(_("Please write down your remark or reason. It is printed in the paper."))
    statement.position = Position(position)
    statement.remarks = remarks.strip() if permissions.needs_remarks(position) else ""
    statement.signed_by = by
    statement.signature = signature_of(by, statement.department)
    statement.signed_at = clock.now()
    statement.save()
    record(
        events.STATEMENT_DISSENTED if statement.position == Position.DISAGREE else events.STATEMENT_SIGNED,
        recommendation,
        by=by,
        body=statement.body,
        position=statement.position,
        signature=statement.signed_as,
        reason=statement.remarks,
        keeps=[statement],
    )
    return statement


@logs_refusals(events.STEP_REFUSED, about=attrgetter("recommendation"))
@transaction.atomic
def remind(statement: Statement, *, by: User) -> None:
    """The office reminds a department whose statement is open."""
    statement = Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    permissions.can_remind(by, statement).enforce()
    record(events.REMINDED, statement.recommendation, by=by, body=statement.body)


def remind_due(*, today: date | None = None) -> int:
    """Remind every department once whose statement is open and due within three days; how many were reminded."""
    count = 0
    for statement in Statement.objects.to_remind(on=today).select_related("recommendation"):
        with transaction.atomic():
            locked(statement.recommendation)
            if Statement.objects.to_remind(on=today).filter(pk=statement.pk).update(reminded_at=timezone.now()):
                record(events.DUE_SOON, statement.recommendation, by=None, body=statement.body)
                count += 1
    return count
