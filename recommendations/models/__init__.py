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
    "Light",
    "Measure",
    "MeasureStatus",
    "Mediation",
    "Position",
    "Recommendation",
    "ResponsibleLevel",
    "Statement",
    "Status",
    "Version",
    "Workshop",
]
