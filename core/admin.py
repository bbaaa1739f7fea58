# SPDX-License-Identifier: EUPL-1.2
from django.contrib import admin

from core.models import Feedback


@admin.register(Feedback)
class FeedbackAdmin(admin.ModelAdmin):
    list_display = ["at", "page", "message", "answered_at"]
    readonly_fields = ["message", "page", "contact", "sender", "at"]

    def has_add_permission(self, request):
        return False
