# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from committees.views import oparl_public as views

app_name = "oparl"
urlpatterns = [
    path("system", views.system, name="system"),
    path("bodies", views.bodies, name="bodies"),
    path("body/<int:pk>/<slug:listing>", views.body_list, name="listing"),
    path("organization/<int:pk>/<slug:listing>", views.organization_list, name="organization_listing"),
    path("file/<slug:key>", views.file, name="file"),
    path("file/<slug:key>/access", views.file_access, name="file_access"),
    path("file/<slug:key>/download", views.file_download, name="file_download"),
    path("<slug:kind>/<int:pk>", views.thing, name="object"),
]
