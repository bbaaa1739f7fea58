# SPDX-License-Identifier: EUPL-1.2
from django import forms
from django.utils.translation import gettext_lazy as _

from core.entry import Form, ModelForm
from recommendations.models import StrategicGoal


class GoalForm(ModelForm):
    class Meta:
        model = StrategicGoal
        fields = ["number", "name", "parent", "position", "adopted_by", "description"]
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}

    def clean_parent(self) -> StrategicGoal | None:
        parent = self.cleaned_data["parent"]
        own = self.instance
        if parent and own.pk and parent in StrategicGoal.objects.descendants(own, include_self=True):
            raise forms.ValidationError(_("A goal cannot be part of itself or of one of its parts."))
        return parent


class GoalsOfRecommendationForm(Form):
    edits = True

    goals = forms.ModelMultipleChoiceField(
        StrategicGoal.objects.all(),
        label=_("Strategic goals"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A recommendation may serve several goals; it is counted once in a goal above them."),
    )
