# SPDX-License-Identifier: EUPL-1.2
from recommendations.models.attestation import StatusAttestation
from recommendations.models.consultation import Mediation, Position, Statement, Unanswered, Workshop
from recommendations.models.decision import APPROVALS, Decision, DecisionKind
from recommendations.models.effect import Direction, EffectReview
from recommendations.models.evidence import Doubt, DoubtAnswer, Evidence
from recommendations.models.goals import StrategicGoal
from recommendations.models.measures import ChecklistItem, FormerPlan, Light, Measure, MeasureStatus
from recommendations.models.papers import PaperOfRecommendation
from recommendations.models.recommendation import (
    Effect,
    Origin,
    Recommendation,
    ResponsibleLevel,
    Status,
    Version,
)
from recommendations.models.resolution import ResolutionConfirmation
from recommendations.models.saved import Page, SavedFilter
from recommendations.models.transfer import LeadTransfer, TransferState
