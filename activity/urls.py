# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from activity import views

app_name = "activity"
urlpatterns = [
    path("", views.notification_list, name="notification_list"),
    path("read-all/", views.notification_read_all, name="notification_read_all"),
    path("<int:pk>/open/", views.notification_open, name="notification_open"),
    path("log/", views.log, name="log"),
]
