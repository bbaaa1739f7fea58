# SPDX-License-Identifier: EUPL-1.2
from django.contrib import admin

from recommendations.models import Decision, Recommendation


class ReadOnlyAdmin(admin.ModelAdmin):
    """IT may look. What is written and decided happens on the pages, by those responsible."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Recommendation)
class RecommendationAdmin(ReadOnlyAdmin):
    list_display = ["pk", "title", "status", "lead_department", "changed_at"]


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ["recommendation", "kind", "decided_by_label", "department_label", "at"]
