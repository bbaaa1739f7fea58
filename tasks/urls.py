# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from tasks import views

app_name = "tasks"
urlpatterns = [
    path("week/", views.week, name="week"),
    path("", views.task_list, name="list"),
    path("create/", views.create, name="create"),
    path("barriers/", views.barrier_list, name="barrier_list"),
    path("barriers/<int:pk>/", views.barrier_answer, name="barrier_answer"),
    path("<int:pk>/complete/", views.complete, name="complete"),
]
