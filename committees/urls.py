# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from committees import views

app_name = "committees"
urlpatterns = [
    path("", views.committee_list, name="list"),
    path("create/", views.committee_edit, name="create"),
    path("<int:pk>/", views.committee_detail, name="detail"),
    path("<int:pk>/edit/", views.committee_edit, name="edit"),
    path("<int:committee_pk>/memberships/create/", views.membership_create, name="membership_create"),
    path("<int:committee_pk>/meetings/create/", views.meeting_create, name="meeting_create"),
    path("memberships/", views.membership_list, name="membership_list"),
    path("memberships/<int:pk>/edit/", views.membership_edit, name="membership_edit"),
    path("meetings/", views.meeting_list, name="meeting_list"),
    path("meetings/<int:pk>/", views.meeting_detail, name="meeting_detail"),
    path("meetings/<int:pk>/edit/", views.meeting_edit, name="meeting_edit"),
    path("meetings/<int:pk>/state/", views.meeting_state, name="meeting_state"),
    path("meetings/<int:meeting_pk>/items/create/", views.agenda_item_create, name="agenda_item_create"),
    path("items/<int:pk>/move/", views.agenda_item_move, name="agenda_item_move"),
    path("items/<int:pk>/delete/", views.agenda_item_delete, name="agenda_item_delete"),
    path("meetings/<int:pk>/calendar.ics", views.meeting_calendar, name="meeting_calendar"),
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/<str:token>.ics", views.calendar_feed, name="calendar_feed"),
    path("<int:pk>/calendar.ics", views.body_calendar, name="body_calendar"),
    path("oparl/", views.oparl_list, name="oparl_list"),
    path("oparl/sources/create/", views.oparl_source, name="oparl_source_create"),
    path("oparl/sources/<int:pk>/edit/", views.oparl_source, name="oparl_source_edit"),
    path("oparl/create/", views.oparl_create, name="oparl_create"),
    path("oparl/<int:pk>/", views.oparl_preview, name="oparl_preview"),
    path("oparl/<int:pk>/confirm/", views.oparl_confirm, name="oparl_confirm"),
    path("oparl/<int:pk>/discard/", views.oparl_discard, name="oparl_discard"),
    path("oparl/<int:pk>/retry/", views.oparl_retry, name="oparl_retry"),
    path("papers/", views.paper_list, name="paper_list"),
    path("papers/create/", views.paper_create, name="paper_create"),
    path("papers/<int:pk>/", views.paper_detail, name="paper_detail"),
    path("papers/<int:paper_pk>/annexes/create/", views.annex_create, name="annex_create"),
    path("papers/<int:paper_pk>/consultations/create/", views.consultation_create, name="consultation_create"),
    path("consultations/<int:pk>/delete/", views.consultation_delete, name="consultation_delete"),
    path("consultations/<int:pk>/result/", views.result_record, name="result_record"),
]
