# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.entry import Form, ModelForm
from core.forms import DateInput
from core.search import Folded
from core.typed.shown import TYPED
from indicators.models import KeyFigure, Region
from recommendations.models import (
    Recommendation,
)


class RecommendationForm(ModelForm):
    """Shape of a draft. A draft may be incomplete; what is missing is asked for when it is submitted."""

    needed = dict.fromkeys(
        ("lead_department", "responsible_level", "proposed_resolution", "rationale"), _("needed to submit it")
    )

    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Recommendation
        fields = [
            "title",
            "lead_department",
            "involved_departments",
            "responsible_level",
            "field_of_action",
            "file_reference",
            "claim",
            "proposed_resolution",
            "summary",
            "rationale",
            "alternatives",
            "financial_impact",
            "impact_assessment",
            "participation",
            "effect_target",
            "effect_review_on",
        ]
        widgets = {
            "involved_departments": forms.CheckboxSelectMultiple,
            "effect_review_on": DateInput,
            "proposed_resolution": forms.Textarea(attrs={"rows": 5}),
            "summary": forms.Textarea(attrs={"rows": 5}),
            "rationale": forms.Textarea(attrs={"rows": 6}),
            "alternatives": forms.Textarea(attrs={"rows": 4}),
            "financial_impact": forms.Textarea(attrs={"rows": 3}),
            "impact_assessment": forms.Textarea(attrs={"rows": 2}),
            "participation": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {"rationale": TYPED, "financial_impact": TYPED}

    def __init__(self, *args: Any, names_lead: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not names_lead:
            del self.fields["lead_department"]

    def changes(self) -> dict[str, Any]:
        """The cleaned fields as a flow takes them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen_version"}


class EvidenceForm(Form):
    key_figure = forms.ModelChoiceField(KeyFigure.objects.all(), label=_("Key figure"))
    region = forms.ModelChoiceField(Region.objects.none(), label=_("Region"))
    comparison = forms.ModelChoiceField(Region.objects.none(), label=_("Comparison"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = settings.MUNICIPALITY_KEY
        covered = Region.objects.with_values()
        self.fields["region"].queryset = covered.filter(Q(key=own) | Q(parent=own)) if own else covered
        self.fields["region"].initial = own
        self.fields["comparison"].queryset = covered.exclude(key=own).order_by("level", Folded("name"))
        self.fields["comparison"].empty_label = _("no comparison")
