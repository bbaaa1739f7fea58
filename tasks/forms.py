# SPDX-License-Identifier: EUPL-1.2

from core.entry import ModelForm
from core.forms import DateInput
from tasks.models import Task


class TaskForm(ModelForm):
    class Meta:
        model = Task
        fields = ["title", "due_on"]
        widgets = {"due_on": DateInput}
