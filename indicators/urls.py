# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from indicators.views import figures, imports, sources

app_name = "indicators"
urlpatterns = [
    path("", figures.key_figure_list, name="list"),
    path("overview/", figures.overview, name="overview"),
    path("create/", figures.key_figure_create, name="create"),
    path("catalogue/load/", sources.catalogue_load, name="catalogue_load"),
    path("<int:pk>/", figures.key_figure_detail, name="detail"),
    path("<int:pk>/edit/", figures.key_figure_edit, name="edit"),
    path("<int:pk>/finding/", figures.finding_create, name="finding_create"),
    path("findings/", figures.finding_list, name="finding_list"),
    path("findings/<int:pk>/", figures.finding_detail, name="finding_detail"),
    path("regions/", figures.region_list, name="region_list"),
    path("regions/load/", sources.register_load, name="register_load"),
    path("regions/<str:key>/", figures.region_detail, name="region_detail"),
    path("groups/", sources.group_list, name="group_list"),
    path("groups/create/", sources.group_create, name="group_create"),
    path("groups/<int:pk>/edit/", sources.group_edit, name="group_edit"),
    path("sources/", sources.source_list, name="source_list"),
    path("sources/<int:pk>/", sources.table_detail, name="table_detail"),
    path("disclosure/", sources.disclosure, name="disclosure"),
    path("disclosure/preview/", sources.release_preview, name="release_preview"),
    path("disclosure/release/", sources.release_create, name="release_create"),
    path("disclosure/<int:pk>/", sources.release_detail, name="release_detail"),
    path("imports/", imports.import_list, name="import_list"),
    path("imports/create/", imports.import_create, name="import_create"),
    path("imports/fetch/", imports.retrieval_create, name="retrieval_create"),
    path("imports/fetch/<int:pk>/", imports.retrieval_detail, name="retrieval_detail"),
    path("imports/fetch/<int:pk>/retry/", imports.retrieval_retry, name="retrieval_retry"),
    path("imports/<int:pk>/", imports.import_preview, name="import_preview"),
    path("imports/<int:pk>/explain/", imports.import_explain, name="import_explain"),
    path("imports/<int:pk>/changes/", imports.import_changes, name="import_changes"),
    path("imports/<int:pk>/confirm/", imports.import_confirm, name="import_confirm"),
    path("imports/<int:pk>/discard/", imports.import_discard, name="import_discard"),
    path("imports/<int:pk>/repair/", imports.import_repair, name="import_repair"),
    path("imports/<int:pk>/undo/", imports.import_undo, name="import_undo"),
    path("items/<int:pk>/history/", imports.value_history, name="value_history"),
]
