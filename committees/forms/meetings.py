# SPDX-License-Identifier: EUPL-1.2
from django import forms
from django.utils.translation import gettext_lazy as _

from committees.models import (
    AgendaItem,
    Meeting,
)
from core.forms import DateInput, DateTimeInput


class MeetingForm(forms.ModelForm):
    class Meta:
        model = Meeting
        fields = ["start", "location", "submission_deadline"]
        widgets = {"start": DateTimeInput, "submission_deadline": DateInput}


class _NeedsReason:
    """What is not public needs a reason; the reason is printed, the content is not."""

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("is_public") and not cleaned.get("non_public_reason", "").strip():
            self.add_error("non_public_reason", _("Please write down why the public is excluded."))
        return cleaned


class AgendaItemForm(_NeedsReason, forms.ModelForm):
    class Meta:
        model = AgendaItem
        fields = ["number", "title", "is_public", "non_public_reason"]
