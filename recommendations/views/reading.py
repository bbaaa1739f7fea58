# SPDX-License-Identifier: EUPL-1.2
"""Lists of what waits, the page of one recommendation, its versions and its evidence chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.shortcuts import render

from activity.models import Event
from committees.models import Consultation
from core import asked
from core.canonical import checksum
from core.keys import number_of
from recommendations import permissions, resolved, rounds, thread
from recommendations.authority import who_decides
from recommendations.comparison import compare, words
from recommendations.content import frozen
from recommendations.effect import developments
from recommendations.evidence_chain import links
from recommendations.models import LeadTransfer, Recommendation, Statement, Version
from recommendations.next_step import next_step
from recommendations.views.common import visible, with_series

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from accounts.models import User
    from accounts.requests import Request
    from recommendations.models import Decision


def decide_list(request: Request) -> HttpResponse:
    waiting = Recommendation.objects.awaiting_decision_of(request.user).for_display().order_by("submitted_at")
    decided = Recommendation.objects.of_department(request.user).filter(decisions__decided_by=request.user)
    context = {
        "waiting": waiting,
        "transfers": LeadTransfer.objects.awaiting(request.user).for_display().order_by("proposed_at"),
        "to_confirm": Recommendation.objects.resolution_to_be_confirmed_by(request.user),
        "to_check": Recommendation.objects.evidence_to_be_checked_by(request.user),
        "decided": decided.for_display().distinct()[:10],
    }
    return render(request, "recommendations/decide_list.html", context)


def cosign_list(request: Request) -> HttpResponse:
    waiting = Statement.objects.awaiting(request.user).select_related("recommendation", "department")
    given = Statement.objects.visible_to(request.user).filter(signed_by=request.user)
    context = {
        "waiting": waiting.order_by("due_on"),
        "given": given.select_related("recommendation", "department")[:10],
    }
    return render(request, "recommendations/cosign_list.html", context)


def detail(request: Request, pk: int) -> HttpResponse:
    recommendation = visible(request, pk)
    statements = rounds.of(recommendation)
    for statement in statements:
        statement.may_sign = permissions.can_sign(request.user, statement)
        statement.may_mediate = permissions.can_mediate(request.user, statement)
        statement.may_remind = permissions.can_remind(request.user, statement)
    measures = list(
        recommendation.measures.select_related("department", "owner").prefetch_related("checklist", "former_plans")
    )
    for measure in measures:
        measure.may_report = permissions.can_report_measure(request.user, measure)
    context = {
        "recommendation": recommendation,
        "stations": thread.stations(recommendation),
        "next": next_step(recommendation, request.user),
        "authority": who_decides(recommendation, request.user),
        "evidence": with_series(recommendation),
        "statements": statements,
        "measures": measures,
        "words": _words(request.user, recommendation),
        "decisions": _with_changes(recommendation.decisions.select_related("department")),
        "may_conclude": permissions.can_conclude(request.user, recommendation),
        "attestations": recommendation.attestations.all(),
        "workshops": recommendation.workshops.prefetch_related("actors"),
        "may_co_create": permissions.can_co_create(request.user, recommendation),
        "may_edit": permissions.can_edit(request.user, recommendation),
        "may_consult": permissions.can_start_consultation(request.user, recommendation),
        "may_take_back": permissions.can_take_back(request.user, recommendation),
        "may_check": permissions.can_check_evidence(request.user, recommendation),
        "may_reopen": permissions.can_reopen(request.user, recommendation),
        "transfers": recommendation.lead_transfers.select_related("from_department", "to_department"),
        "may_transfer": permissions.can_propose_transfer(request.user, recommendation),
        "may_withdraw": permissions.can_withdraw(request.user, recommendation),
        "may_plan": permissions.can_plan_measure(request.user, recommendation),
        "developments": developments(recommendation.effect_reviews.standing()),
        "may_plan_effect": permissions.can_plan_effect(request.user, recommendation),
        "may_review": permissions.can_review_effect(request.user, recommendation),
        "may_propose": permissions.can_propose_effect(request.user, recommendation),
        "goals": recommendation.goals.all(),
        "may_assign": permissions.can_maintain_goals(request.user),
        "papers": recommendation.papers.select_related("paper"),
        "events": Event.objects.about(recommendation)[:40],
    }
    return render(request, "recommendations/detail.html", context)


def _words(user: User, recommendation: Recommendation) -> list[resolved.Word]:
    """What each body resolved, beside what that changes of the department's text."""
    text = recommendation.proposed_resolution
    found = resolved.words_of(recommendation, Consultation.objects.visible_to(user))
    return [replace(one, changes=words(text, one.consultation.result_note)) for one in found]


def _with_changes(decisions: QuerySet[Decision]) -> list[Decision]:
    """Each decision with the parts that the department worded anew, beside what the office had proposed."""
    found = list(decisions)
    changed = [decision.version - 1 for decision in found if decision.proposed_before]
    known = Version.objects.filter(recommendation__decisions__in=found, number__in=changed)
    versions = {version.number: version.content for version in known}
    for decision in found:
        proposed = versions.get(decision.version - 1) if decision.proposed_before else None
        decision.changes = compare(proposed, decision.content) if proposed else []
    return found


def version_list(request: Request, pk: int) -> HttpResponse:
    """Two versions side by side, word by word; without a choice the last two."""
    recommendation = visible(request, pk)
    versions = list(recommendation.versions.all())
    numbers = [version.number for version in versions]
    new = _number(asked.text(request.GET, "new"), numbers, default=0)
    old = _number(asked.text(request.GET, "old"), numbers, default=min(1, len(numbers) - 1))
    context = {
        "recommendation": recommendation,
        "versions": versions,
        "old": versions[old],
        "new": versions[new],
        "parts": compare(versions[old].content, versions[new].content),
        "authority": who_decides(recommendation, request.user),
    }
    return render(request, "recommendations/versions.html", context)


def _number(asked: str, numbers: Sequence[int], *, default: int) -> int:
    number = number_of(asked)
    return numbers.index(number) if number in numbers else default


def evidence_chain(request: Request, pk: int) -> HttpResponse:
    """The whole chain on one page, from the source file to the value of today."""
    recommendation = visible(request, pk)
    context = {
        "recommendation": recommendation,
        "sha256": checksum(frozen(recommendation)),
        "links": links(recommendation),
        "statements": rounds.of(recommendation),
        "decisions": recommendation.decisions.order_by("pk"),
        "authority": who_decides(recommendation, request.user),
        "papers": recommendation.papers.select_related("paper", "recommendation"),
        "consultations": Consultation.objects.visible_to(request.user).of_papers(recommendation.papers.values("paper")),
        "measures": recommendation.measures.select_related("department", "owner").prefetch_related(
            "checklist", "former_plans"
        ),
        "developments": developments(recommendation.effect_reviews.standing()),
    }
    return render(request, "recommendations/evidence_chain.html", context)
