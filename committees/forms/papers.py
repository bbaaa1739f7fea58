# SPDX-License-Identifier: EUPL-1.2
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from committees.forms.meetings import _NeedsReason
from committees.models import (
    Annex,
    Committee,
    Consultation,
    Meeting,
    Paper,
)


class AnnexForm(_NeedsReason, forms.ModelForm):
    class Meta:
        model = Annex
        fields = ["title", "body", "is_public", "non_public_reason"]
        widgets = {"body": forms.Textarea(attrs={"rows": 8})}


class PaperForm(_NeedsReason, forms.ModelForm):
    class Meta:
        model = Paper
        fields = [
            "title",
            "paper_type",
            "lead_department",
            "involved_departments",
            "proposed_resolution",
            "file_reference",
            "is_public",
            "non_public_reason",
        ]
        widgets = {
            "involved_departments": forms.CheckboxSelectMultiple,
            "proposed_resolution": forms.Textarea(attrs={"rows": 5}),
        }


class ConsultationForm(_NeedsReason, forms.ModelForm):
    """A stop: the committee follows from the chosen meeting; the item is an existing one or a new one."""

    meeting = forms.ModelChoiceField(Meeting.objects.none(), label=_("Meeting"))
    number = forms.CharField(label=_("Number of the agenda item"), max_length=12)
    is_public = forms.BooleanField(label=_("public"), required=False, initial=True)
    non_public_reason = forms.CharField(label=_("Reason for excluding the public"), max_length=200, required=False)

    class Meta:
        model = Consultation
        fields = ["role", "resolution_text"]
        widgets = {"resolution_text": forms.Textarea(attrs={"rows": 3})}

    field_order = ["meeting", "role", "number", "is_public", "non_public_reason", "resolution_text"]

    def __init__(self, *args, meetings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings.select_related("committee")


class PaperFilter(forms.Form):
    q = forms.CharField(label=_("Search in number and title"), required=False)
    committee = forms.ModelChoiceField(
        Committee.objects.all(), label=_("Committee"), required=False, empty_label=_("all committees")
    )

    def __init__(self, *args, committees, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["committee"].queryset = committees

    def apply(self, papers):
        if not self.is_valid():
            return papers
        if text := self.cleaned_data["q"]:
            papers = papers.filter(Q(reference__icontains=text) | Q(title__icontains=text))
        if committee := self.cleaned_data["committee"]:
            papers = papers.filter(pk__in=committee.consultations.values("paper"))
        return papers
