# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from reports import passage_views, verify, views

app_name = "reports"
urlpatterns = [
    path("", views.document_list, name="list"),
    path("order/", views.order, name="order"),
    path("preview/", views.preview_order, name="preview_order"),
    path("papers/<int:pk>/", views.paper_briefings, name="paper_briefings"),
    path("papers/<int:pk>/downloads/", views.paper_downloads, name="paper_downloads"),
    path("meetings/<int:pk>/pack/", views.meeting_pack, name="meeting_pack"),
    path("papers/<int:pk>/order/", views.briefing_order, name="briefing_order"),
    path("about/<slug:label>/<int:pk>/", views.documents_about, name="about"),
    path("<int:pk>/", views.document_detail, name="detail"),
    path("<int:pk>/preview/", views.preview, name="preview"),
    path("<int:pk>/retry/", views.document_retry, name="retry"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/download/", views.document_download, name="download"),
    path("activity/", passage_views.activity_reports, name="activity_reports"),
    path("activity/<int:year>/", passage_views.activity_report_page, name="activity_report"),
    path("activity/<int:year>/begin/", passage_views.activity_report_begin, name="activity_report_begin"),
    path("verify/<slug:code>/", verify.verify_document, name="verify"),
]
