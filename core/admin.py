# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin

from core.models import Feedback

if TYPE_CHECKING:
    from django.http import HttpRequest


@admin.register(Feedback)
class FeedbackAdmin(admin.ModelAdmin):
    list_display = ["at", "page", "message", "answered_at"]
    readonly_fields = ["message", "page", "contact", "sender", "at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
