# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from indicators import views

app_name = "indicators"
urlpatterns = [
    path("", views.key_figure_list, name="list"),
    path("<int:pk>/", views.key_figure_detail, name="detail"),
    path("imports/", views.import_list, name="import_list"),
    path("imports/create/", views.import_create, name="import_create"),
    path("imports/<int:pk>/", views.import_preview, name="import_preview"),
    path("imports/<int:pk>/confirm/", views.import_confirm, name="import_confirm"),
    path("imports/<int:pk>/discard/", views.import_discard, name="import_discard"),
]
