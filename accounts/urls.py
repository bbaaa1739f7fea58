# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.settings, name="settings"),
    path("users/", views.user_list, name="user_list"),
    path("users/create/", views.user_edit, name="user_create"),
    path("users/<int:pk>/", views.user_edit, name="user_edit"),
    path("departments/", views.department_list, name="department_list"),
    path("departments/create/", views.department_edit, name="department_create"),
    path("departments/<int:pk>/", views.department_edit, name="department_edit"),
    path("delegations/", views.delegation_list, name="delegation_list"),
    path("delegations/create/", views.delegation_create, name="delegation_create"),
    path("delegations/<int:pk>/end/", views.delegation_end, name="delegation_end"),
]
