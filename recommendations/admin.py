# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from core import asked
from recommendations import flows
from recommendations.models import Decision, Recommendation

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from recommendations.querysets import RecommendationQuerySet


class ReadOnlyAdmin(admin.ModelAdmin):
    """IT may look. What is written and decided happens on the pages, by those responsible; attempts are logged."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Recommendation | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Recommendation | None = None) -> bool:
        return False

    def changeform_view(
        self,
        request: Any,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method == "POST":
            for recommendation in self.concerned(request, object_id):  # type: ignore[attr-defined]
                flows.note_attempt(recommendation, by=request.user)
        return super().changeform_view(request, object_id, form_url, extra_context)


@admin.register(Recommendation)
class RecommendationAdmin(ReadOnlyAdmin):
    list_display = ["pk", "title", "status", "lead_department", "changed_at"]

    def concerned(self, request: HttpRequest, object_id: str) -> RecommendationQuerySet:
        return Recommendation.objects.filter(pk=object_id)


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ["recommendation", "kind", "decided_by_label", "department_label", "at"]

    def concerned(self, request: HttpRequest, object_id: str | None) -> RecommendationQuerySet:
        if object_id:
            return Recommendation.objects.filter(decisions=object_id)  # type: ignore[misc]
        posted = asked.text(request.POST, "recommendation")
        return Recommendation.objects.filter(pk=posted) if posted.isdigit() else Recommendation.objects.none()
