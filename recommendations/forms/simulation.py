# SPDX-License-Identifier: EUPL-1.2
import re

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from core.entry import Form
from recommendations.models import Recommendation


class SimulationForm(Form):
    person = forms.ModelChoiceField(get_user_model().objects.all(), label=_("Person"), empty_label=_("please choose"))
    recommendation = forms.CharField(
        label=_("Number of a recommendation, for example R12"), required=False, max_length=12
    )

    def clean_recommendation(self) -> Recommendation | None:
        text = self.cleaned_data["recommendation"].strip()
        if not text:
            return None
        number = re.fullmatch(r"[rR]?(\d{1,9})", text)
        found = number and Recommendation.objects.for_display().filter(pk=number[1]).first()
        if not found:
            raise forms.ValidationError(_("There is no recommendation of this number. A number looks like R12."))
        return found
