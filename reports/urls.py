# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from reports import passage_views, views

app_name = "reports"
urlpatterns = [
    path("", views.briefing_list, name="list"),
    path("papers/<int:pk>/", views.paper_briefings, name="paper_briefings"),
    path("papers/<int:pk>/downloads/", views.paper_downloads, name="paper_downloads"),
    path("papers/<int:pk>/order/", views.briefing_order, name="briefing_order"),
    path("<int:pk>/", views.briefing_detail, name="briefing_detail"),
    path("<int:pk>/retry/", views.briefing_retry, name="briefing_retry"),
    path("<int:pk>/download/", views.briefing_download, name="briefing_download"),
    path("activity/", passage_views.activity_reports, name="activity_reports"),
    path("activity/<int:year>/", passage_views.activity_report_page, name="activity_report"),
    path("activity/<int:year>/begin/", passage_views.activity_report_begin, name="activity_report_begin"),
    path("verify/<slug:code>/", views.briefing_verify, name="briefing_verify"),
]
