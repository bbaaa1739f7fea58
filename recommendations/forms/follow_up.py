# SPDX-License-Identifier: EUPL-1.2
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees.models import Committee, PaperType
from core.entry import Form
from core.forms import DateInput


class PaperForm(Form):
    # an urgent paper needs its reason and a supplement its paper: both are made on the pages of papers
    paper_type = forms.ChoiceField(
        label=_("Paper type"),
        choices=[one for one in PaperType.choices if one[0] not in (PaperType.URGENT, PaperType.SUPPLEMENT)],
        initial=PaperType.DECISION,
    )


class AdvanceForm(Form):
    note = forms.CharField(
        label=_("Note"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=600,
        help_text=_("It appears in the history."),
    )


class TrackingFilter(Form):
    committee = forms.ModelChoiceField(Committee.objects.none(), label=pgettext_lazy("body", "Committee"))
    since = forms.DateField(label=_("Resolved from"), widget=DateInput, required=False)
    until = forms.DateField(label=_("Resolved until"), widget=DateInput, required=False)

    def __init__(self, *args, committees, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["committee"].queryset = committees
        self.fields["committee"].empty_label = _("please choose")
