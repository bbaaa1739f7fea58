# SPDX-License-Identifier: EUPL-1.2
"""What the database refuses about decisions: the last line, whatever program writes to it."""

from core.triggers import Rule, differs

FROZEN = (
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
    "effect_review_on",
    "responsible_level",
    "lead_department_id",
    "version",
    "author_id",
    "last_changed_by_id",
    "submitted_by_id",
)
DECISION = "recommendations_decision"
RECOMMENDATION = "recommendations_recommendation"
EVIDENCE = "recommendations_evidence"
TRANSFER = "recommendations_leadtransfer"


def rules(vendor):
    """Decisions stand for ever, are taken by others than the authors, and carry every approved state.

    Once a recommendation was submitted, its lead changes only as the last agreed transfer says.
    """
    about = "EXISTS (SELECT 1 FROM recommendations_recommendation r WHERE r.id = NEW.recommendation_id AND "
    forged = (
        "NEW.approval_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM recommendations_decision d "
        "WHERE d.id = NEW.approval_id AND d.recommendation_id = NEW.id AND d.round = NEW.round "
        "AND d.kind IN ('approve', 'changed'))"
    )
    edited = f"OLD.approval_id IS NOT NULL AND NEW.approval_id = OLD.approval_id AND {differs(vendor, *FROZEN)}"
    agreed = (
        "EXISTS (SELECT 1 FROM recommendations_leadtransfer t WHERE t.recommendation_id = NEW.id "
        "AND t.state = 'agreed' AND t.from_department_id = OLD.lead_department_id "
        "AND t.to_department_id = NEW.lead_department_id AND NOT EXISTS ("
        "SELECT 1 FROM recommendations_leadtransfer later WHERE later.recommendation_id = NEW.id "
        "AND later.state = 'agreed' AND later.id > t.id))"
    )
    moved = f"OLD.round > 0 AND {differs(vendor, 'lead_department_id')} AND NOT {agreed}"
    approved = "EXISTS (SELECT 1 FROM recommendations_recommendation r WHERE r.approval_id IS NOT NULL AND r.id = "
    return [
        Rule("decision_unchanged", DECISION, "UPDATE", "", "a decision is never changed"),
        Rule("decision_undeleted", DECISION, "DELETE", "", "a decision is never deleted"),
        Rule(
            "decision_by_somebody_else",
            DECISION,
            "INSERT",
            f"{about}(NEW.decided_by_id = r.author_id OR NEW.decided_by_id = r.last_changed_by_id "
            "OR NEW.decided_by_id = r.submitted_by_id))",
            "whoever wrote, changed or submitted the text does not decide it",
        ),
        Rule(
            "decision_on_submission",
            DECISION,
            "INSERT",
            f"{about}(r.status <> 'submitted' OR r.round <> NEW.round OR r.lead_department_id <> NEW.department_id))",
            "only what is submitted to this department is decided",
        ),
        Rule("approval_forged_new", RECOMMENDATION, "INSERT", forged, "an approved state needs its decision"),
        Rule("approval_forged", RECOMMENDATION, "UPDATE", forged, "an approved state needs its decision"),
        Rule("lead_moved", RECOMMENDATION, "UPDATE", moved, "another lead needs both departments", reads=(TRANSFER,)),
        Rule("transfer_settled", TRANSFER, "UPDATE", "OLD.state <> 'open'", "what is settled is never changed"),
        Rule("transfer_undeleted", TRANSFER, "DELETE", "OLD.state <> 'open'", "what is settled is never deleted"),
        Rule("approved_text_unchanged", RECOMMENDATION, "UPDATE", edited, "what was approved is not changed"),
        Rule(
            "approved_evidence_unadded", EVIDENCE, "INSERT", f"{approved}NEW.recommendation_id)", "evidence is frozen"
        ),
        Rule(
            "approved_evidence_unchanged", EVIDENCE, "UPDATE", f"{approved}OLD.recommendation_id)", "evidence is frozen"
        ),
        Rule(
            "approved_evidence_undeleted", EVIDENCE, "DELETE", f"{approved}OLD.recommendation_id)", "evidence is frozen"
        ),
    ]
