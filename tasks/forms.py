# SPDX-License-Identifier: EUPL-1.2
from django import forms

from core.forms import DateInput
from tasks.models import Task


class TaskForm(forms.ModelForm):
    class Meta:
        model = Task
        fields = ["title", "due_on"]
        widgets = {"due_on": DateInput}
