# SPDX-License-Identifier: EUPL-1.2
from django import forms

from committees.models import (
    Committee,
    Membership,
)
from core.forms import DateInput


class CommitteeForm(forms.ModelForm):
    class Meta:
        model = Committee
        fields = [
            "code",
            "name",
            "kind",
            "authority",
            "mandate",
            "office_may_propose",
            "notice_days",
            "submission_days",
            "cosigning_days",
            "data_cutoff_days",
            "dissolved_on",
        ]
        widgets = {"mandate": forms.Textarea(attrs={"rows": 3}), "dissolved_on": DateInput}


class MembershipForm(forms.ModelForm):
    class Meta:
        model = Membership
        fields = ["person", "role", "voting_right", "on_behalf_of", "start_on", "end_on"]
        widgets = {"start_on": DateInput, "end_on": DateInput}
