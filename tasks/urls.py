# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from tasks import views

app_name = "tasks"
urlpatterns = [
    path("week/", views.week, name="week"),
    path("", views.task_list, name="list"),
    path("create/", views.create, name="create"),
    path("<int:pk>/complete/", views.complete, name="complete"),
]
