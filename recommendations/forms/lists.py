# SPDX-License-Identifier: EUPL-1.2
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from recommendations.models import (
    Recommendation,
)


class RecommendationFilter(forms.Form):
    q = forms.CharField(label=_("Search in title and text"), required=False)
    status = forms.ChoiceField(label=_("State"), required=False)
    department = forms.ModelChoiceField(
        Department.objects.all(), label=_("Lead department"), required=False, empty_label=_("all departments")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = Recommendation._meta.get_field("status")
        self.fields["status"].choices = [("", _("all states")), *field.choices]

    def apply(self, queryset):
        if not self.is_valid():
            return queryset
        wanted = self.cleaned_data
        if wanted["q"]:
            queryset = queryset.filter(
                Q(title__icontains=wanted["q"])
                | Q(proposed_resolution__icontains=wanted["q"])
                | Q(rationale__icontains=wanted["q"])
            )
        if wanted["status"]:
            queryset = queryset.filter(status=wanted["status"])
        if wanted["department"]:
            queryset = queryset.filter(lead_department=wanted["department"])
        return queryset
