# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from committees.models import Assignment, Question
from core.entry import Form, ModelForm
from core.forms import DateInput

if TYPE_CHECKING:
    from committees.querysets import MembershipQuerySet


class QuestionForm(ModelForm):
    class Meta:
        model = Question
        fields = ["asked_by", "text", "owner", "due_on"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3}), "due_on": DateInput}
        help_texts = {"due_on": _("Left empty: the day of the next meeting.")}

    def __init__(self, *args: Any, memberships: MembershipQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked_by"] = forms.ModelChoiceField(memberships, label=self.fields["asked_by"].label)
        self.fields["asked_by"].label_from_instance = lambda membership: str(membership.person)
        self.fields["owner"].queryset = User.objects.in_the_house()
        self.order_fields(self.Meta.fields)


class AnswerForm(Form):
    text = forms.CharField(label=_("Answer"), widget=forms.Textarea(attrs={"rows": 6}), max_length=10000)


class AssignmentForm(ModelForm):
    class Meta:
        model = Assignment
        fields = ["text", "owner", "due_on"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3}), "due_on": DateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = User.objects.in_the_house()
