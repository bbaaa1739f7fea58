# SPDX-License-Identifier: EUPL-1.2
"""Everything that may happen to a recommendation. Each flow locks, asks the verdict, changes and records."""

from recommendations.flows.bulk import STEPS, carry_out, mark_of, steps_for
from recommendations.flows.consultation import co_create, mediate, remind, remind_due, sign, start_consultation
from recommendations.flows.decision import (
    decide,
    note_attempt,
    note_hidden_attempt,
    note_refusal,
    reopen,
    resubmit_due,
    submit,
    take_back,
    withdraw,
)
from recommendations.flows.doubts import check_evidence
from recommendations.flows.drafting import create, edit, pin_evidence, remove_evidence
from recommendations.flows.effect import plan_effect, propose_effect, remind_effects, review_effect
from recommendations.flows.evidence import answer_doubts
from recommendations.flows.follow_up import make_paper
from recommendations.flows.goals import assign_goals
from recommendations.flows.implementation import close, conclude, evaluate
from recommendations.flows.measures import (
    add_step,
    plan_measure,
    remind_measures,
    remove_step,
    replan_measure,
    report_done,
    report_measure,
    tick_steps,
)
from recommendations.flows.results import confirm_resolution, follow_correction, follow_result
from recommendations.flows.simulation import note_simulation
from recommendations.flows.transfer import (
    accept_lead,
    propose_transfer,
    refuse_transfer,
    release_lead,
    withdraw_transfer,
)
