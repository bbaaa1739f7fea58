# SPDX-License-Identifier: EUPL-1.2
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from core.entry import Form


class KernRenderer(TemplatesSetting):
    """Every form of the house looks like KERN: fields, hints, errors and the summary at the top."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


class DateInput(forms.DateInput):
    """A day, picked with the browser's own calendar."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self):
        super().__init__(format="%Y-%m-%dT%H:%M")


class FeedbackForm(Form):
    message = forms.CharField(
        label=_("What keeps you from using this page?"), widget=forms.Textarea(attrs={"rows": 6}), max_length=4000
    )
    page = forms.CharField(label=_("On which page?"), max_length=300, required=False)
    contact = forms.CharField(
        label=_("How can we reach you?"),
        max_length=200,
        required=False,
        help_text=_("E-mail address or telephone number, if you want an answer."),
    )
