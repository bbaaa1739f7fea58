# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from core.entry import Form, ModelForm
from core.forms import DateInput, NumberField
from core.typed.items import items_of
from recommendations.lifecycle import MEASURE, UNFINISHED, MeasureStatus
from recommendations.models import Light, Measure

if TYPE_CHECKING:
    from django.http import QueryDict


class PlanForm(ModelForm):
    """Days and money of a measure that fit together."""

    budget = NumberField(label=_("Budget"), required=False, max_digits=12, decimal_places=2, unit="€")

    class Meta:
        model = Measure
        fields = ["title", "owner", "starts_on", "due_on", "budget"]
        widgets = {"starts_on": DateInput, "due_on": DateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = get_user_model().objects.in_a_department()
        self.fields["owner"].empty_label = _("not named yet")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts_on, due_on = cleaned.get("starts_on"), cleaned.get("due_on")
        if starts_on and due_on and starts_on > due_on:
            self.add_error("starts_on", _("The start lies after the end. Please correct one of the two days."))
        if (cleaned.get("budget") or 0) < 0:
            self.add_error("budget", _("A budget is not negative. Please enter the amount in euros."))
        return cleaned


class MeasureForm(PlanForm):
    steps = forms.CharField(
        label=_("Steps"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=_("One step per line. The responsible department ticks them off."),
    )

    class Meta(PlanForm.Meta):
        fields = ["title", "department", *PlanForm.Meta.fields[1:]]

    def clean_steps(self) -> list[Any]:
        steps = items_of(self.cleaned_data["steps"])
        if any(len(step) > 200 for step in steps):
            raise forms.ValidationError(_("A step has at most 200 characters. Please shorten it."))
        return steps


class ReplanForm(PlanForm):
    reason = forms.CharField(
        label=_("Why is the plan changed?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=400,
        help_text=_("It stands beside the former plan, also in the follow-up of resolutions."),
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ReportFields(Form):
    """State and traffic light; a delay or a stop says why."""

    status = forms.ChoiceField(label=_("State"), choices=MeasureStatus.choices)
    light = forms.ChoiceField(label=_("Traffic light"), choices=Light.choices)
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def missing(self) -> str:
        """What has to be explained: the name of the state's own field, or nothing."""
        status, light = self.cleaned_data.get("status"), self.cleaned_data.get("light")
        if status == MeasureStatus.STOPPED:
            return "stop_reason"
        if status in UNFINISHED and light != Light.GREEN:
            return "delay_reason"
        return ""


WHY = {
    "stop_reason": _("Please write down why the measure was stopped."),
    "delay_reason": _("Please write down the reason for the delay."),
}


class MeasureReportForm(ReportFields):
    needed = {
        "delay_reason": _("needed if the light is yellow or red"),
        "stop_reason": _("needed if the measure is stopped"),
    }
    edits = True

    delay_reason = forms.CharField(
        label=_("Reason for the delay"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=400
    )
    stop_reason = forms.CharField(
        label=_("Reason for stopping"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=400
    )
    completion_note = forms.CharField(
        label=_("Completion note"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=400
    )
    started_on = forms.DateField(
        label=_("Started on"), widget=DateInput, required=False, help_text=_("Empty: the day of this report.")
    )
    done_on = forms.DateField(
        label=_("Done on"), widget=DateInput, required=False, help_text=_("Empty: the day of this report.")
    )
    field_order = ["status", "started_on", "light", "delay_reason", "stop_reason", "done_on", "completion_note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("status", "light"):
            self.fields[name].widget = forms.RadioSelect(choices=self.fields[name].choices)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        missing = self.missing()
        if missing and not cleaned.get(missing, "").strip():
            self.add_error(missing, WHY[missing])
        return cleaned


class QuickReportForm(ReportFields):
    """One row of the list of measures: the state, one sentence that belongs to it, and the steps."""

    note = forms.CharField(label=_("Reason or completion note"), required=False, max_length=400)
    steps = forms.MultipleChoiceField(label=_("Steps done"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: QueryDict | None = None, *, measure: Measure) -> None:
        items = list(measure.checklist.all())
        initial = {
            "status": measure.status,
            "light": measure.light,
            "note": measure.word,
            "steps": [str(item.pk) for item in items if item.done_at],
            "seen_version": measure.version,
        }
        super().__init__(data, prefix=f"m{measure.pk}", initial=initial)
        self.fields["steps"].choices = [(str(item.pk), item.text) for item in items]
        if not items:
            del self.fields["steps"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        missing = self.missing()
        if missing and not cleaned.get("note", "").strip():
            self.add_error("note", WHY[missing])
        return cleaned

    @property
    def says_something(self) -> bool:
        """Whether anything of the report itself was changed, apart from the steps."""
        return bool({"status", "light", "note"} & set(self.changed_data))

    @property
    def ticks_something(self) -> bool:
        return "steps" in self.changed_data

    def report(self) -> dict[str, str]:
        """The cleaned fields as the flow takes them; the sentence goes where the state wants it."""
        cleaned = self.cleaned_data
        name = self.missing() or ("completion_note" if MEASURE[cleaned["status"]].is_done else "note")
        return {"status": cleaned["status"], "light": cleaned["light"], name: cleaned["note"]}


class StepForm(Form):
    text = forms.CharField(label=_("New step"), max_length=200)
