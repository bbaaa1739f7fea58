# SPDX-License-Identifier: EUPL-1.2
"""What the database asks of the states of a recommendation: the ways of its life, and the fact behind each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from core.triggers import Rule, whole
from recommendations.lifecycle import RECOMMENDATION, UNFINISHED, Status
from recommendations.models import ResolutionConfirmation, StatusAttestation

if TYPE_CHECKING:
    pass

TABLE = "recommendations_recommendation"
CONFIRMATION = "recommendations_resolutionconfirmation"
ATTESTATION = "recommendations_statusattestation"


def shadows(vendor: str) -> Iterator[Rule]:
    """A state is the shadow of a fact: whoever writes it, the fact is there, or an attestation says what shows it."""
    astray = " OR ".join(
        f"OLD.status = '{code}' AND NEW.status NOT IN ({_listed({code, *onward})})"
        for code, onward in RECOMMENDATION.onward().items()
    )
    agreed = (
        "EXISTS (SELECT 1 FROM committees_consultation c WHERE c.paper_id = NEW.paper_id AND c.authoritative "
        "AND c.result IN ('unchanged', 'changed'))"
    )
    measures = "EXISTS (SELECT 1 FROM recommendations_measure m WHERE m.recommendation_id = NEW.id AND "
    finished = f"NOT {measures}m.status IN ({_listed(UNFINISHED)}))"
    reviews = (
        "EXISTS (SELECT 1 FROM recommendations_effectreview e "
        "WHERE e.recommendation_id = NEW.id AND e.replaced_at IS NULL AND "
    )
    attested = "EXISTS (SELECT 1 FROM recommendations_statusattestation a WHERE a.recommendation_id = NEW.id AND "
    astray = f"NEW.status IN ({_listed(RECOMMENDATION.states)}) AND ({astray})"  # what nobody knows is the constraint's
    yield Rule("status_astray", TABLE, "UPDATE", astray, "a state is left by its own steps alone")
    facts = [
        ("resolved_by_result", Status.RESOLVED, agreed),
        ("begun_by_measure", Status.IMPLEMENTING, f"{measures}m.started_on IS NOT NULL)"),
        ("implemented_by_measures", Status.IMPLEMENTED, finished),
        ("partly_by_measures", Status.PARTLY, finished),
        ("evaluated_by_review", Status.EVALUATION, f"{reviews}1 = 1)"),
        ("closed_by_answer", Status.CLOSED, f"OLD.status = '{Status.STOPPED}' OR {reviews}e.answered_at IS NOT NULL)"),
    ]
    for name, status, fact in facts:
        proven = f"({fact} OR {attested}a.status = '{status}'))"
        entered = f"NEW.status = '{status}' AND OLD.status <> '{status}' AND NOT {proven}"
        message = f"the state {status} needs its fact"
        yield Rule(name, TABLE, "UPDATE", entered, message)
    begun = f"NEW.status = '{Status.IMPLEMENTING}' AND OLD.status <> '{Status.IMPLEMENTING}'"
    unread = (
        "EXISTS (SELECT 1 FROM committees_consultation c WHERE c.paper_id = NEW.paper_id AND c.authoritative "
        "AND c.result = 'changed' AND NOT EXISTS (SELECT 1 FROM recommendations_resolutionconfirmation k "
        "WHERE k.recommendation_id = NEW.id AND k.consultation_id = c.id AND k.wording = c.result_note))"
    )
    said = "what was resolved in other words is confirmed before measures begin"
    yield Rule("begun_after_confirmation", TABLE, "UPDATE", f"{begun} AND {unread}", said)
    other = (
        "NOT EXISTS (SELECT 1 FROM committees_consultation c WHERE c.id = NEW.consultation_id "
        "AND c.result = 'changed' AND c.result_note = NEW.wording)"
    )
    yield Rule("confirmation_in_resolved_words", CONFIRMATION, "INSERT", other, "only what was resolved is confirmed")
    yield from whole(vendor, "confirmation", ResolutionConfirmation)
    for operation in ("UPDATE", "DELETE"):
        name = f"confirmation_{operation.lower()}"
        yield Rule(name, CONFIRMATION, operation, "", "what a department confirmed is never changed")
    yield from whole(vendor, "attestation", StatusAttestation)
    for operation in ("UPDATE", "DELETE"):
        name = f"attestation_{operation.lower()}"
        yield Rule(name, ATTESTATION, operation, "", "what was entered afterwards is never changed")


def _listed(codes: Iterable[str]) -> str:
    return ", ".join(f"'{code}'" for code in sorted(codes))
