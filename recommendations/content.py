# SPDX-License-Identifier: EUPL-1.2
"""What is decided, as plain data: text, evidence and lead department."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from decimal import Decimal

    from recommendations.models import Recommendation

TEXT_FIELDS = (
    "title",
    "claim",
    "proposed_resolution",
    "summary",
    "rationale",
    "alternatives",
    "financial_impact",
    "impact_assessment",
    "participation",
    "effect_target",
)
# what a department may word anew in its decision beside the resolution, because it depends on it
DEPENDENT_FIELDS = ("title", "claim", "summary", "financial_impact")
EVIDENCE_FIELDS = (
    "name",
    "value",
    "sign",
    "quality",
    "unit",
    "period",
    "region_key",
    "region_name",
    "comparison",
    "series",
    "table_code",
    "source_label",
    "as_of",
)


def frozen(recommendation: Recommendation) -> dict[str, Any]:
    """Everything a decision is about, as plain data that does not depend on the database's order or types."""
    department = recommendation.lead_department
    return {
        "version": recommendation.version,
        "lead_department": department and {"code": department.code, "name": department.name},
        "responsible_level": recommendation.responsible_level,
        "effect_review_on": recommendation.effect_review_on and recommendation.effect_review_on.isoformat(),
        **{field: getattr(recommendation, field) for field in TEXT_FIELDS},
        "evidence": [
            {field: _plain(getattr(evidence, field)) for field in EVIDENCE_FIELDS}
            for evidence in recommendation.evidence.order_by("pk")
        ],
    }


def _plain(value: str | Decimal | list[dict[str, Any]]) -> str | list[dict[str, Any]]:
    if value is None or isinstance(value, (str, list, dict, int)):
        return value
    return format(value.normalize(), "f")
