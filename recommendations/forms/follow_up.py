# SPDX-License-Identifier: EUPL-1.2
from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees.models import Committee, PaperType
from core.forms import DateInput
from recommendations.models import (
    Effect,
    Light,
    Measure,
    MeasureStatus,
)


class PaperForm(forms.Form):
    # an urgent paper needs its reason and a supplement its paper: both are made on the pages of papers
    paper_type = forms.ChoiceField(
        label=_("Paper type"),
        choices=[one for one in PaperType.choices if one[0] not in (PaperType.URGENT, PaperType.SUPPLEMENT)],
        initial=PaperType.DECISION,
    )


class AdvanceForm(forms.Form):
    note = forms.CharField(
        label=_("Note"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=600,
        help_text=_("It appears in the history."),
    )


class MeasureForm(forms.ModelForm):
    class Meta:
        model = Measure
        fields = ["title", "department", "owner", "starts_on", "due_on", "budget"]
        widgets = {"starts_on": DateInput, "due_on": DateInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = get_user_model().objects.in_a_department()
        self.fields["owner"].empty_label = _("not named yet")

    def clean(self):
        cleaned = super().clean()
        starts_on, due_on = cleaned.get("starts_on"), cleaned.get("due_on")
        if starts_on and due_on and starts_on > due_on:
            self.add_error("starts_on", _("The start lies after the end. Please correct one of the two days."))
        if (cleaned.get("budget") or 0) < 0:
            self.add_error("budget", _("A budget is not negative. Please enter the amount in euros."))
        return cleaned


class MeasureReportForm(forms.Form):
    status = forms.ChoiceField(label=_("State"), choices=MeasureStatus.choices, widget=forms.RadioSelect)
    light = forms.ChoiceField(label=_("Traffic light"), choices=Light.choices, widget=forms.RadioSelect)
    delay_reason = forms.CharField(
        label=_("Reason for the delay"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=400
    )
    completion_note = forms.CharField(
        label=_("Completion note"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=400
    )

    def clean(self):
        cleaned = super().clean()
        late = cleaned.get("light") != Light.GREEN and cleaned.get("status") != MeasureStatus.DONE
        if late and not cleaned.get("delay_reason", "").strip():
            self.add_error("delay_reason", _("Please write down the reason for the delay."))
        return cleaned


class EffectForm(forms.Form):
    effect = forms.ChoiceField(
        label=_("Development after the measure"), choices=Effect.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("In one paragraph"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=600,
        help_text=_(
            "What happened to the figure after the measure. Whether the measure is the cause, the figure does not say."
        ),
    )


class TrackingFilter(forms.Form):
    committee = forms.ModelChoiceField(Committee.objects.none(), label=pgettext_lazy("body", "Committee"))
    since = forms.DateField(label=_("Resolved from"), widget=DateInput, required=False)
    until = forms.DateField(label=_("Resolved until"), widget=DateInput, required=False)

    def __init__(self, *args, committees, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["committee"].queryset = committees
