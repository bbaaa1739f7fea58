# SPDX-License-Identifier: EUPL-1.2

from django import forms
from django.utils.translation import gettext_lazy as _

from core.entry import Form, ModelForm
from core.forms import DateInput
from tasks.models import Task


class BarrierForm(Form):
    answer = forms.CharField(
        label=_("Answer"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
        help_text=_("What is mended until when, or how the matter can be settled in another way."),
    )


class TaskForm(ModelForm):
    class Meta:
        model = Task
        fields = ["title", "due_on"]
        widgets = {"due_on": DateInput}
