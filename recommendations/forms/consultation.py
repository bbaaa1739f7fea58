# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from actors.models import Actor
from core.entry import Form
from core.forms import DateInput
from recommendations.models import (
    Position,
)

if TYPE_CHECKING:
    from datetime import date

    from recommendations.models import Recommendation


class ConsultationForm(Form):
    departments = forms.ModelMultipleChoiceField(
        Department.objects.none(), label=_("Departments"), widget=forms.CheckboxSelectMultiple, required=False
    )
    actors = forms.ModelMultipleChoiceField(
        Actor.objects.all(),
        label=_("Bodies outside the administration"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Their answer comes by letter or mail; the office records it."),
    )
    due_on = forms.DateField(label=_("Answer by"), widget=DateInput)

    def __init__(self, *args: Any, recommendation: Recommendation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["departments"].queryset = Department.objects.exclude(pk=recommendation.lead_department_id)  # type: ignore[misc]
        self.fields["departments"].initial = recommendation.involved_departments.all()

    def clean_due_on(self) -> date:
        due_on = self.cleaned_data["due_on"]
        if due_on <= timezone.localdate():
            raise forms.ValidationError(_("This day is over. Please choose a day from tomorrow on."))
        return due_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("departments") and not cleaned.get("actors"):
            raise forms.ValidationError(_("Choose at least one department to ask."))
        return cleaned


class StatementForm(Form):
    needed = {"remarks": _("needed unless you co-sign without remarks")}
    position = forms.ChoiceField(
        label=_("Statement"),
        choices=[(value, label) for value, label in Position.choices if value],
        widget=forms.RadioSelect,
    )
    remarks = forms.CharField(
        label=_("Remarks or reason"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=600,
        help_text=_("It is printed in the paper."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("position") in (Position.REMARKS, Position.DISAGREE) and not cleaned.get("remarks", "").strip():
            self.add_error("remarks", _("Please write down your remark or reason. It is printed in the paper."))
        return cleaned


class HeldForm(Form):
    """Something that was held on a day, not in the future."""

    held_on = forms.DateField(label=_("Held on"), widget=DateInput)

    def clean_held_on(self) -> date:
        held_on = self.cleaned_data["held_on"]
        if held_on > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet. Record it afterwards."))
        return held_on


class CoCreationForm(HeldForm):
    actors = forms.ModelMultipleChoiceField(
        Actor.objects.all(), label=_("Who took part"), widget=forms.CheckboxSelectMultiple
    )
    outcome = forms.CharField(label=_("What came of it"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)


class MediationForm(HeldForm):
    positions = forms.CharField(label=_("Positions"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)
    outcome = forms.CharField(label=_("Outcome"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)
    settled = forms.BooleanField(
        label=_("The dissent is settled"),
        required=False,
        help_text=_("The statement itself stays as the department gave it, and is printed with this outcome."),
    )
