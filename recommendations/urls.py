# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from recommendations.views import consultation, decision, drafting, follow_up, reading, transfer

app_name = "recommendations"
urlpatterns = [
    path("", reading.recommendation_list, name="list"),
    path("decide/", reading.decide_list, name="decide_list"),
    path("statements/", reading.cosign_list, name="cosign_list"),
    path("measures/", reading.measure_list, name="measure_list"),
    path("tracking/", follow_up.tracking, name="tracking"),
    path("tracking/<int:committee_pk>/report/", follow_up.tracking_report, name="tracking_report"),
    path("create/", drafting.create, name="create"),
    path("<int:pk>/", reading.detail, name="detail"),
    path("<int:pk>/edit/", drafting.edit, name="edit"),
    path("<int:pk>/evidence/add/", drafting.evidence_add, name="evidence_add"),
    path("<int:pk>/evidence/<int:evidence_pk>/remove/", drafting.evidence_remove, name="evidence_remove"),
    path("<int:pk>/evidence/check/", decision.evidence_check, name="evidence_check"),
    path("<int:pk>/actors/", consultation.co_create, name="co_create"),
    path("<int:pk>/consultation/start/", consultation.consultation_start, name="consultation_start"),
    path("<int:pk>/submit/", decision.submit, name="submit"),
    path("<int:pk>/take-back/", decision.take_back, name="take_back"),
    path("<int:pk>/withdraw/", decision.withdraw, name="withdraw"),
    path("<int:pk>/decide/", decision.decide, name="decide"),
    path("<int:pk>/reopen/", decision.reopen, name="reopen"),
    path("<int:pk>/transfer/", transfer.transfer_propose, name="transfer_propose"),
    path("transfers/<int:pk>/", transfer.transfer, name="transfer"),
    path("<int:pk>/versions/", reading.version_list, name="version_list"),
    path("<int:pk>/chain/", reading.evidence_chain, name="evidence_chain"),
    path("<int:pk>/paper/", follow_up.make_paper, name="make_paper"),
    path("<int:pk>/advance/<slug:to>/", follow_up.advance, name="advance"),
    path("<int:pk>/measures/plan/", follow_up.measure_plan, name="measure_plan"),
    path("<int:pk>/effect/", follow_up.effect_review, name="effect_review"),
    path("statements/<int:pk>/sign/", consultation.cosign, name="cosign"),
    path("statements/<int:pk>/mediate/", consultation.mediate, name="mediate"),
    path("statements/<int:pk>/remind/", consultation.remind, name="remind"),
    path("measures/<int:pk>/report/", follow_up.measure_report, name="measure_report"),
]
