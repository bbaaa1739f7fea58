# SPDX-License-Identifier: EUPL-1.2
"""What ``verify_log`` compares with the log: decisions, statements, mediations, versions, changes of the lead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from activity.keeping import Kept
from core.canonical import checksum
from recommendations import events
from recommendations.content import frozen
from recommendations.lifecycle import RECOMMENDATION
from recommendations.models import (
    Decision,
    DecisionKind,
    LeadTransfer,
    Mediation,
    Position,
    Recommendation,
    ResolutionConfirmation,
    Statement,
    Status,
    Version,
)

if TYPE_CHECKING:
    from django.db.models import Model

    from activity.models import Event

TOLD_BY = {
    DecisionKind.APPROVE: events.APPROVED.code,
    DecisionKind.CHANGED: events.APPROVED_WITH_CHANGES.code,
    DecisionKind.RETURN: events.RETURNED.code,
    DecisionKind.DEFER: events.DEFERRED.code,
    DecisionKind.REJECT: events.REJECTED.code,
}
NEEDS = {RECOMMENDATION.target(kind, Status.SUBMITTED): kind for kind in (DecisionKind.REJECT, DecisionKind.DEFER)}


def _fields(model: type[Model], *without: str) -> tuple[str, ...]:
    return tuple(field.name for field in model._meta.concrete_fields if field.name not in ("id", *without))


KEPT = (
    Kept(Decision, _fields(Decision), Decision.objects.all),
    Kept(Version, _fields(Version), Version.objects.all),
    Kept(LeadTransfer, _fields(LeadTransfer), LeadTransfer.objects.all),
    Kept(
        Statement,
        (
            "recommendation",
            "round",
            "version",
            "department",
            "actor",
            "position",
            "remarks",
            "signed_by",
            "signature",
            "signed_at",
        ),
        Statement.objects.exclude(position=Position.NONE).all,
    ),
    Kept(Mediation, _fields(Mediation), Mediation.objects.all),
    Kept(ResolutionConfirmation, _fields(ResolutionConfirmation), ResolutionConfirmation.objects.all),
)


class Decisions:
    """Every decision has its entry and its checksum, and every text that stands as approved is the one decided."""

    def __init__(self) -> None:
        self.told = set()

    def hear(self, event: Event) -> None:
        if event.kind in TOLD_BY.values():
            self.told.add((event.kind, event.subject_id, event.data.get("version"), event.data.get("sha256")))

    def doubts(self) -> Iterator[str]:
        for decision in Decision.objects.order_by("pk").iterator():
            place: dict[str, object] = {"decision": decision.pk, "recommendation": decision.recommendation_id}
            if checksum(decision.content) != decision.content_sha256:
                yield _("decision %(decision)s on recommendation %(recommendation)s: its checksum is another") % place
            entry = (
                TOLD_BY[DecisionKind(decision.kind)],
                decision.recommendation_id,
                decision.version,
                decision.content_sha256,
            )
            if entry not in self.told:
                yield _("decision %(decision)s on recommendation %(recommendation)s: no entry tells of it") % place
        for one in Recommendation.objects.select_related("approval", "lead_department").iterator(chunk_size=200):
            place = {"recommendation": one.pk, "state": one.status}
            if one.approval and not _is_decided_text(one):
                yield _("recommendation %(recommendation)s: its text is not the one that was approved") % place
            kind = NEEDS.get(Status(one.status))
            if kind and not one.decisions.filter(round=one.round, kind=kind).exists():
                yield _("recommendation %(recommendation)s: its state %(state)s has no decision") % place


def _is_decided_text(recommendation: Recommendation) -> bool:
    """Names of departments may change; which department it was stands in the decision itself."""
    approval: Any = recommendation.approval
    decided, now = approval.content, frozen(recommendation)
    if recommendation.lead_department_id != approval.department_id:
        return False
    return all(_same(decided[key], now[key]) for key in decided.keys() & now.keys() - {"lead_department"})


def _same(decided: object, now: object) -> bool:
    """Whether both say the same about everything that both know of."""
    if isinstance(decided, list) and isinstance(now, list):
        return len(decided) == len(now) and all(_same(*pair) for pair in zip(decided, now, strict=True))
    if isinstance(decided, dict) and isinstance(now, dict):
        return all(_same(decided[key], now[key]) for key in decided.keys() & now.keys())
    return decided == now
