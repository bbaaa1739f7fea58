# SPDX-License-Identifier: EUPL-1.2
"""What the database refuses about decisions: the last line, whatever program writes to it."""

from accounts.rules import may_decide
from core.triggers import Rule, differs, whole
from recommendations.models import (
    Decision,
    Evidence,
    LeadTransfer,
    Mediation,
    Recommendation,
    Statement,
    Version,
)
from recommendations.shadows import shadows

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
ANSWER = (
    "recommendation_id",
    "department_id",
    "actor_id",
    "round",
    "version",
    "position",
    "remarks",
    "signed_by_id",
    "signature",
    "signed_at",
)
PROPOSED = (
    "recommendation_id",
    "from_department_id",
    "to_department_id",
    "reason",
    "proposed_by_id",
    "proposed_by_label",
    "proposed_at",
)
DECISION = "recommendations_decision"
RECOMMENDATION = "recommendations_recommendation"
EVIDENCE = "recommendations_evidence"
TRANSFER = "recommendations_leadtransfer"
VERSION = "recommendations_version"
STATEMENT = "recommendations_statement"
MEDIATION = "recommendations_mediation"


def without(kind: str) -> str:
    """SQL that holds where this round of a recommendation has no decision of the kind."""
    return (
        "NOT EXISTS (SELECT 1 FROM recommendations_decision d WHERE d.recommendation_id = NEW.id "
        f"AND d.round = NEW.round AND d.kind = '{kind}')"
    )


def rules(vendor: str) -> list[Rule]:
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
    undecided = f"NEW.status = 'rejected' AND {without('reject')} OR NEW.status = 'deferred' AND {without('defer')}"
    unreturned = f"OLD.status = 'submitted' AND NEW.status = 'returned' AND {without('return')}"
    resubmitted = "(CASE WHEN NEW.status = 'submitted' AND OLD.status <> 'submitted' THEN 1 ELSE 0 END)"
    consented = " OR ".join(
        f"(OLD.{step}_at IS NOT NULL AND {differs(vendor, f'{step}_by_id', f'{step}_by_label', f'{step}_at')})"
        for step in ("released", "accepted")
    )
    approved = "EXISTS (SELECT 1 FROM recommendations_recommendation r WHERE r.approval_id IS NOT NULL AND r.id = "
    return [
        *whole(vendor, "decision", Decision),
        *whole(vendor, "recommendation", Recommendation),
        *whole(vendor, "evidence", Evidence),
        *whole(vendor, "version", Version),
        *whole(vendor, "statement", Statement),
        *whole(vendor, "mediation", Mediation),
        *whole(vendor, "transfer", LeadTransfer),
        Rule("decision_unchanged", DECISION, "UPDATE", "", "a decision is never changed"),
        Rule("decision_undeleted", DECISION, "DELETE", "", "a decision is never deleted"),
        Rule(
            "decision_by_somebody_else",
            DECISION,
            "INSERT",
            f"{about}(NEW.decided_by_id = r.author_id OR NEW.decided_by_id = r.submitted_by_id OR {_wrote()}))",
            "whoever wrote, changed or submitted the text does not decide it",
        ),
        Rule(
            "decision_by_who_may",
            DECISION,
            "INSERT",
            "NOT " + may_decide(vendor, "NEW.decided_by_id", "NEW.department_id", "NEW.at"),
            "only the head of the department, or a valid deputy, decides",
        ),
        Rule(
            "decision_under_its_checksum",
            DECISION,
            "INSERT",
            f"{_sha256(vendor, 'NEW.content')} <> NEW.content_sha256",
            "the checksum is not that of the content",
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
        Rule(
            "approval_given_twice",
            RECOMMENDATION,
            "UPDATE",
            "OLD.approval_id IS NULL AND NEW.approval_id IS NOT NULL AND OLD.status <> 'submitted'",
            "only what is submitted is approved",
        ),
        Rule(
            "submission_uncounted",
            RECOMMENDATION,
            "UPDATE",
            f"NEW.round <> OLD.round + {resubmitted}",
            "every submission is a round of its own",
        ),
        Rule(
            "status_undecided",
            RECOMMENDATION,
            "UPDATE",
            f"{differs(vendor, 'status')} AND ({undecided} OR {unreturned})",
            "a decided state needs its decision",
        ),
        Rule(
            "status_undecided_new",
            RECOMMENDATION,
            "INSERT",
            "NEW.status IN ('rejected', 'deferred')",
            "a decided state needs its decision",
        ),
        Rule("version_unchanged", VERSION, "UPDATE", "", "a version is never changed"),
        Rule("version_undeleted", VERSION, "DELETE", "", "a version is never deleted"),
        Rule(
            "statement_unchanged",
            STATEMENT,
            "UPDATE",
            f"OLD.signed_at IS NOT NULL AND {differs(vendor, *ANSWER)}",
            "a signed statement is never changed",
        ),
        Rule("statement_undeleted", STATEMENT, "DELETE", "", "a statement is never deleted"),
        Rule("mediation_unchanged", MEDIATION, "UPDATE", "", "a mediation is never changed"),
        Rule("mediation_undeleted", MEDIATION, "DELETE", "", "a mediation is never deleted"),
        Rule(
            "transfer_unchanged",
            TRANSFER,
            "UPDATE",
            f"{differs(vendor, *PROPOSED)} OR {consented}",
            "what was proposed and agreed to is never changed",
        ),
        Rule("transfer_settled_new", TRANSFER, "INSERT", "NEW.state <> 'open'", "a transfer begins with a proposal"),
        *shadows(vendor),
        Rule("lead_moved", RECOMMENDATION, "UPDATE", moved, "another lead needs both departments"),
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


def _wrote() -> str:
    """SQL that holds where the decider wrote or recorded something since the last decision on ``r``.

    What a department changed within its decision, and what only changed the lead, is no text of theirs.
    """
    last = "COALESCE((SELECT MAX(d.{column}) FROM recommendations_decision d WHERE d.recommendation_id = r.id), 0)"
    return (
        "EXISTS (SELECT 1 FROM recommendations_version v WHERE v.recommendation_id = r.id "
        f"AND v.by_id = NEW.decided_by_id AND v.origin = 'text' AND v.number > {last.format(column='version')}) "
        "OR EXISTS (SELECT 1 FROM recommendations_workshop w WHERE w.recommendation_id = r.id "
        f"AND w.recorded_by_id = NEW.decided_by_id AND w.round >= {last.format(column='round')})"
    )


def _sha256(vendor: str, text: str) -> str:
    """The checksum of a text as SQL; Django lends SQLite the function, and without it nothing can be written."""
    return f"SHA256({text})" if vendor == "sqlite" else f"encode(sha256(convert_to({text}, 'UTF8')), 'hex')"
