# SPDX-License-Identifier: EUPL-1.2
from allauth.account import views as allauth
from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path

from bildungsbuero.shell import first_entry
from core.views import FIRST_ENTRY
from reports.verify import verify_document

FIRST_ENTRY.hang(first_entry)
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
handler500 = "core.faults.failed"

urlpatterns = [
    path("", include("core.urls")),
    path("account/", include("accounts.urls")),
    path("account/login/", allauth.login, name="account_login"),
    path("account/logout/", allauth.logout, name="account_logout"),
    path("account/signup/", allauth.signup, name="account_signup"),
    path("account/reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path("account/inactive/", allauth.account_inactive, name="account_inactive"),
    path("account/password/change/", allauth.password_change, name="account_change_password"),
    path("account/password/reset/", allauth.password_reset, name="account_reset_password"),
    path("account/password/reset/done/", allauth.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^account/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "account/password/reset/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("activity/", include("activity.urls")),
    path("actors/", include("actors.urls")),
    path("committees/", include("committees.urls")),
    path("oparl/v1.1/", include("committees.oparl_urls")),
    path("indicators/", include("indicators.urls")),
    path("recommendations/", include("recommendations.urls")),
    path("tasks/", include("tasks.urls")),
    path("reports/", include("reports.urls")),
    path("verify/<slug:code>/", verify_document, name="verify"),
    *([path("admin/", admin.site.urls)] if settings.ADMIN_PAGES else []),
]
