# SPDX-License-Identifier: EUPL-1.2
from recommendations.forms.consultation import CoCreationForm, ConsultationForm, HeldForm, MediationForm, StatementForm
from recommendations.forms.decision import (
    CONSEQUENCES,
    HOLDS_OR_NOT,
    ConfirmResolutionForm,
    DecisionForm,
    EvidenceCheckForm,
    ReopenForm,
    WithdrawForm,
)
from recommendations.forms.drafting import EvidenceForm, RecommendationForm
from recommendations.forms.effect import NO_FIGURE, EffectForm, EffectPlanForm, EffectProposalForm
from recommendations.forms.follow_up import ConcludeForm, PaperForm, TrackingFilter
from recommendations.forms.goals import GoalForm, GoalsOfRecommendationForm
from recommendations.forms.lists import RecommendationFilter, SavedFilterForm
from recommendations.forms.measures import MeasureForm, MeasureReportForm, QuickReportForm, ReplanForm, StepForm
from recommendations.forms.simulation import SimulationForm
from recommendations.forms.transfer import TransferAnswerForm, TransferForm
