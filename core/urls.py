# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from core import views

app_name = "core"
urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("language/", views.language, name="language"),
    path("drafts/keep/", views.draft_keep, name="draft_keep"),
    path("drafts/discard/", views.draft_discard, name="draft_discard"),
    path("help/", views.page, {"name": "help"}, name="help"),
    path("accessibility/", views.page, {"name": "accessibility"}, name="accessibility"),
    path("privacy/", views.page, {"name": "privacy"}, name="privacy"),
    path("imprint/", views.page, {"name": "imprint"}, name="imprint"),
    path("feedback/", views.feedback, name="feedback"),
]
