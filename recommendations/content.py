# SPDX-License-Identifier: EUPL-1.2
"""The canonical form of what is decided: text, evidence and lead department, and its checksum."""

import hashlib
import json

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


def frozen(recommendation):
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


def checksum(content):
    """SHA-256 over the canonical JSON of the content."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(value):
    if value is None or isinstance(value, (str, list, dict, int)):
        return value
    return format(value.normalize(), "f")
