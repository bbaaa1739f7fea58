# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from recommendations import views

app_name = "recommendations"
urlpatterns = [
    path("", views.recommendation_list, name="list"),
    path("decide/", views.decide_list, name="decide_list"),
    path("statements/", views.cosign_list, name="cosign_list"),
    path("measures/", views.measure_list, name="measure_list"),
    path("tracking/", views.tracking, name="tracking"),
    path("tracking/<int:committee_pk>/report/", views.tracking_report, name="tracking_report"),
    path("create/", views.create, name="create"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/evidence/add/", views.evidence_add, name="evidence_add"),
    path("<int:pk>/evidence/<int:evidence_pk>/remove/", views.evidence_remove, name="evidence_remove"),
    path("<int:pk>/actors/", views.co_create, name="co_create"),
    path("<int:pk>/consultation/start/", views.consultation_start, name="consultation_start"),
    path("<int:pk>/submit/", views.submit, name="submit"),
    path("<int:pk>/take-back/", views.take_back, name="take_back"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/decide/", views.decide, name="decide"),
    path("<int:pk>/reopen/", views.reopen, name="reopen"),
    path("<int:pk>/versions/", views.version_list, name="version_list"),
    path("<int:pk>/chain/", views.evidence_chain, name="evidence_chain"),
    path("<int:pk>/paper/", views.make_paper, name="make_paper"),
    path("<int:pk>/advance/<slug:to>/", views.advance, name="advance"),
    path("<int:pk>/measures/plan/", views.measure_plan, name="measure_plan"),
    path("<int:pk>/effect/", views.effect_review, name="effect_review"),
    path("statements/<int:pk>/sign/", views.cosign, name="cosign"),
    path("statements/<int:pk>/mediate/", views.mediate, name="mediate"),
    path("statements/<int:pk>/remind/", views.remind, name="remind"),
    path("measures/<int:pk>/report/", views.measure_report, name="measure_report"),
]
