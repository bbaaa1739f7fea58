# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from accounts.views import deputies, directory, grants

app_name = "accounts"
urlpatterns = [
    path("", directory.settings, name="settings"),
    path("users/", directory.user_list, name="user_list"),
    path("users/create/", directory.user_edit, name="user_create"),
    path("users/<int:pk>/", directory.user_edit, name="user_edit"),
    path("users/<int:pk>/link/", directory.send_link, name="user_link"),
    path("departments/", directory.department_list, name="department_list"),
    path("departments/create/", directory.department_edit, name="department_create"),
    path("departments/<int:pk>/", directory.department_edit, name="department_edit"),
    path("departments/<int:pk>/deciders/", grants.who_decides, name="who_decides"),
    path("departments/<int:pk>/deciders/propose/", grants.grant_propose, name="grant_propose"),
    path("departments/<int:pk>/sheet/", grants.sheet_confirm, name="sheet_confirm"),
    path("grants/<int:pk>/confirm/", grants.grant_confirm, name="grant_confirm"),
    path("grants/<int:pk>/turn-down/", grants.grant_turn_down, name="grant_turn_down"),
    path("grants/<int:pk>/end/", grants.grant_end, name="grant_end"),
    path("delegations/", deputies.delegation_list, name="delegation_list"),
    path("delegations/create/", deputies.delegation_create, name="delegation_create"),
    path("delegations/<int:pk>/end/", deputies.delegation_end, name="delegation_end"),
    path("delegations/candidates/add/", deputies.candidate_add, name="candidate_add"),
    path("delegations/candidates/<int:pk>/remove/", deputies.candidate_remove, name="candidate_remove"),
]
