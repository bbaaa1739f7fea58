# SPDX-License-Identifier: EUPL-1.2
from recommendations.models.consultation import Mediation, Position, Statement, Workshop
from recommendations.models.decision import APPROVALS, Decision, DecisionKind
from recommendations.models.evidence import Doubt, DoubtAnswer, Evidence
from recommendations.models.measures import Light, Measure, MeasureStatus
from recommendations.models.recommendation import (
    UNDECIDED,
    WITHOUT_APPROVAL,
    Effect,
    Recommendation,
    ResponsibleLevel,
    Status,
    Version,
)
from recommendations.models.saved import Page, SavedFilter
from recommendations.models.transfer import LeadTransfer, TransferState

__all__ = [
    "APPROVALS",
    "UNDECIDED",
    "WITHOUT_APPROVAL",
    "Decision",
    "DecisionKind",
    "Doubt",
    "DoubtAnswer",
    "Effect",
    "Evidence",
    "LeadTransfer",
    "Light",
    "Measure",
    "MeasureStatus",
    "Mediation",
    "Page",
    "Position",
    "Recommendation",
    "ResponsibleLevel",
    "SavedFilter",
    "Statement",
    "Status",
    "TransferState",
    "Version",
    "Workshop",
]
