# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from actors import views

app_name = "actors"
urlpatterns = [
    path("", views.actor_list, name="list"),
    path("create/", views.actor_edit, name="create"),
    path("<int:pk>/", views.actor_detail, name="detail"),
    path("<int:pk>/edit/", views.actor_edit, name="edit"),
    path("persons/", views.person_list, name="person_list"),
    path("persons/create/", views.person_edit, name="person_create"),
    path("persons/<int:pk>/", views.person_detail, name="person_detail"),
    path("persons/<int:pk>/edit/", views.person_edit, name="person_edit"),
    path("persons/<int:person_pk>/positions/create/", views.position_create, name="position_create"),
    path("fields/create/", views.field_edit, name="field_create"),
    path("fields/<int:pk>/edit/", views.field_edit, name="field_edit"),
    path("positions/<int:pk>/edit/", views.position_edit, name="position_edit"),
]
