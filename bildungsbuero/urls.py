# SPDX-License-Identifier: EUPL-1.2
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("core.urls")),
    path("account/", include("accounts.urls")),
    path("account/", include("allauth.account.urls")),
    path("activity/", include("activity.urls")),
    path("actors/", include("actors.urls")),
    path("committees/", include("committees.urls")),
    path("indicators/", include("indicators.urls")),
    path("recommendations/", include("recommendations.urls")),
    path("tasks/", include("tasks.urls")),
    path("reports/", include("reports.urls")),
    path("admin/", admin.site.urls),
]
