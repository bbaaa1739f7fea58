# SPDX-License-Identifier: EUPL-1.2
"""Who may do what with a recommendation. Each answer carries its reason; screens show it, flows enforce it.

The order is always: the person first (may this person ever?), then the state (may it be done now?). Being a
superuser opens nothing here: every question asks for roles, dated delegations and authorship.
"""

from recommendations.permissions.decision import (
    can_check_evidence,
    can_confirm_resolution,
    can_decide,
    can_make_paper,
    can_reopen,
)
from recommendations.permissions.drafting import (
    can_co_create,
    can_draft,
    can_edit,
    can_mediate,
    can_name_lead,
    can_remind,
    can_sign,
    can_start_consultation,
    can_submit,
    can_take_back,
    can_withdraw,
    needs_remarks,
)
from recommendations.permissions.implementation import can_close, can_conclude, can_evaluate
from recommendations.permissions.measures import (
    can_change_steps,
    can_maintain_goals,
    can_plan_effect,
    can_plan_measure,
    can_propose_effect,
    can_replan_measure,
    can_report_done,
    can_report_measure,
    can_review_effect,
    can_simulate,
    can_start_measure,
)
from recommendations.permissions.standing import decides_for
from recommendations.permissions.transfer import (
    can_accept_lead,
    can_propose_transfer,
    can_refuse_transfer,
    can_release_lead,
    can_withdraw_transfer,
)
