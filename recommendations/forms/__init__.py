# SPDX-License-Identifier: EUPL-1.2
from recommendations.forms.consultation import CoCreationForm, ConsultationForm, HeldForm, MediationForm, StatementForm
from recommendations.forms.decision import (
    CONSEQUENCES,
    HOLDS_OR_NOT,
    DecisionForm,
    EvidenceCheckForm,
    ReopenForm,
    WithdrawForm,
)
from recommendations.forms.drafting import EvidenceForm, RecommendationForm
from recommendations.forms.follow_up import (
    AdvanceForm,
    EffectForm,
    MeasureForm,
    MeasureReportForm,
    PaperForm,
    TrackingFilter,
)
from recommendations.forms.lists import RecommendationFilter, SavedFilterForm
from recommendations.forms.simulation import SimulationForm
from recommendations.forms.transfer import TransferAnswerForm, TransferForm

__all__ = [
    "CONSEQUENCES",
    "HOLDS_OR_NOT",
    "AdvanceForm",
    "CoCreationForm",
    "ConsultationForm",
    "DecisionForm",
    "EffectForm",
    "EvidenceCheckForm",
    "EvidenceForm",
    "HeldForm",
    "MeasureForm",
    "MeasureReportForm",
    "MediationForm",
    "PaperForm",
    "RecommendationFilter",
    "RecommendationForm",
    "ReopenForm",
    "SavedFilterForm",
    "SimulationForm",
    "StatementForm",
    "TrackingFilter",
    "TransferAnswerForm",
    "TransferForm",
    "WithdrawForm",
]
