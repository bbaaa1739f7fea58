# SPDX-License-Identifier: EUPL-1.2
from django.contrib import admin

from core import asked
from recommendations import flows
from recommendations.models import Decision, Recommendation


class ReadOnlyAdmin(admin.ModelAdmin):
    """IT may look. What is written and decided happens on the pages, by those responsible; attempts are logged."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST":
            for recommendation in self.concerned(request, object_id):
                flows.note_attempt(recommendation, by=request.user)
        return super().changeform_view(request, object_id, form_url, extra_context)


@admin.register(Recommendation)
class RecommendationAdmin(ReadOnlyAdmin):
    list_display = ["pk", "title", "status", "lead_department", "changed_at"]

    def concerned(self, request, object_id):
        return Recommendation.objects.filter(pk=object_id)


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ["recommendation", "kind", "decided_by_label", "department_label", "at"]

    def concerned(self, request, object_id):
        if object_id:
            return Recommendation.objects.filter(decisions=object_id)
        posted = asked.text(request.POST, "recommendation")
        return Recommendation.objects.filter(pk=posted) if posted.isdigit() else Recommendation.objects.none()
