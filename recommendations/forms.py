# SPDX-License-Identifier: EUPL-1.2
from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Department
from actors.models import Actor
from committees.models import Committee, PaperType
from core.forms import DateInput
from indicators.models import KeyFigure, Region
from recommendations.models import (
    APPROVALS,
    DecisionKind,
    DoubtAnswer,
    Effect,
    Light,
    Measure,
    MeasureStatus,
    Position,
    Recommendation,
)


class RecommendationForm(forms.ModelForm):
    """Shape of a draft. A draft may be incomplete; what is missing is asked for when it is submitted."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Recommendation
        fields = [
            "title",
            "lead_department",
            "involved_departments",
            "responsible_level",
            "field_of_action",
            "file_reference",
            "claim",
            "proposed_resolution",
            "summary",
            "rationale",
            "alternatives",
            "financial_impact",
            "impact_assessment",
            "participation",
            "effect_target",
            "effect_review_on",
        ]
        widgets = {
            "involved_departments": forms.CheckboxSelectMultiple,
            "effect_review_on": DateInput,
            "proposed_resolution": forms.Textarea(attrs={"rows": 5}),
            "summary": forms.Textarea(attrs={"rows": 5}),
            "rationale": forms.Textarea(attrs={"rows": 6}),
            "alternatives": forms.Textarea(attrs={"rows": 4}),
            "financial_impact": forms.Textarea(attrs={"rows": 3}),
            "impact_assessment": forms.Textarea(attrs={"rows": 2}),
            "participation": forms.Textarea(attrs={"rows": 2}),
        }

    def changes(self):
        """The cleaned fields as a flow takes them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen_version"}


class EvidenceForm(forms.Form):
    key_figure = forms.ModelChoiceField(KeyFigure.objects.all(), label=_("Key figure"))
    region = forms.ModelChoiceField(Region.objects.none(), label=_("Region"))
    comparison = forms.ModelChoiceField(Region.objects.none(), label=_("Comparison"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        own = settings.MUNICIPALITY_KEY
        covered = Region.objects.with_values()
        self.fields["region"].queryset = covered.filter(Q(key=own) | Q(parent=own)) if own else covered
        self.fields["region"].initial = own
        self.fields["comparison"].queryset = covered.exclude(key=own).order_by("level", "name")
        self.fields["comparison"].empty_label = _("no comparison")


class ConsultationForm(forms.Form):
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

    def __init__(self, *args, recommendation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["departments"].queryset = Department.objects.exclude(pk=recommendation.lead_department_id)
        self.fields["departments"].initial = recommendation.involved_departments.all()

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on <= timezone.localdate():
            raise forms.ValidationError(_("This day is over. Please choose a day from tomorrow on."))
        return due_on

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("departments") and not cleaned.get("actors"):
            raise forms.ValidationError(_("Choose at least one department to ask."))
        return cleaned


class StatementForm(forms.Form):
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
        help_text=_("Needed unless you co-sign without remarks. It is printed in the paper."),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("position") in (Position.REMARKS, Position.DISAGREE) and not cleaned.get("remarks", "").strip():
            self.add_error("remarks", _("Please write down your remark or reason. It is printed in the paper."))
        return cleaned


CONSEQUENCES = {
    DecisionKind.APPROVE: _("The recommendation goes on as it stands."),
    DecisionKind.CHANGED: _("Your wording below takes the place of the proposal and is marked as the department's."),
    DecisionKind.RETURN: _("The office revises it and submits it again."),
    DecisionKind.DEFER: _("It is laid before you again on the chosen day."),
    DecisionKind.REJECT: _("Final for this version. A new start is possible."),
}


class DecisionForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Your decision"), choices=DecisionKind.choices, widget=forms.RadioSelect(attrs={"hints": CONSEQUENCES})
    )
    changed_resolution = forms.CharField(
        label=_("Changed proposed resolution"),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        max_length=6000,
        help_text=_("Only for an approval with changes. One item per line; it stands word for word in the decision."),
    )
    deferred_until = forms.DateField(label=_("Comes back on"), widget=DateInput, required=False)
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=1000,
        help_text=_(
            "Needed unless you approve. It appears in the history, in the notice to the office and in the PDF."
        ),
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, label) for kind, label in DecisionKind.choices if kind in kinds]

    def clean(self):
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind and kind not in APPROVALS and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Please write down the reason. It goes to the office and into the record."))
        if kind == DecisionKind.DEFER and "deferred_until" in cleaned:
            day = cleaned["deferred_until"]
            if day is None:
                self.add_error("deferred_until", _("Please name the day on which it comes back."))
            elif day <= timezone.localdate():
                self.add_error("deferred_until", _("This day is over. Please choose a day from tomorrow on."))
        return cleaned


class HeldForm(forms.Form):
    """Something that was held on a day, not in the future."""

    held_on = forms.DateField(label=_("Held on"), widget=DateInput)

    def clean_held_on(self):
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


class ReopenForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=_("It goes to everybody concerned and into the record."),
    )


HOLDS_OR_NOT = {
    DoubtAnswer.STILL_VALID: _("Text and evidence stay as they are; the changed figure is noted beside."),
    DoubtAnswer.REOPENED: _("The approval no longer holds. The office revises it and submits it again."),
}


class EvidenceCheckForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Does it still hold?"),
        choices=[
            (DoubtAnswer.STILL_VALID, pgettext_lazy("evidence", "still valid")),
            (DoubtAnswer.REOPENED, pgettext_lazy("evidence", "reopen")),
        ],
        widget=forms.RadioSelect(attrs={"hints": HOLDS_OR_NOT}),
    )
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=_("It goes to everybody concerned and into the record."),
    )

    def __init__(self, *args, may_reopen, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_reopen:
            self.fields["answer"].choices = self.fields["answer"].choices[:1]
            self.fields["answer"].initial = DoubtAnswer.STILL_VALID


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=600)


class PaperForm(forms.Form):
    paper_type = forms.ChoiceField(label=_("Paper type"), choices=PaperType.choices, initial=PaperType.DECISION)


class AdvanceForm(forms.Form):
    note = forms.CharField(
        label=_("Note"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=600,
        help_text=_("It appears in the history."),
    )


class MeasureForm(forms.ModelForm):
    class Meta:
        model = Measure
        fields = ["title", "department", "owner", "starts_on", "due_on", "budget"]
        widgets = {"starts_on": DateInput, "due_on": DateInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = get_user_model().objects.in_a_department()
        self.fields["owner"].empty_label = _("not named yet")

    def clean(self):
        cleaned = super().clean()
        starts_on, due_on = cleaned.get("starts_on"), cleaned.get("due_on")
        if starts_on and due_on and starts_on > due_on:
            self.add_error("starts_on", _("The start lies after the end. Please correct one of the two days."))
        if (cleaned.get("budget") or 0) < 0:
            self.add_error("budget", _("A budget is not negative. Please enter the amount in euros."))
        return cleaned


class MeasureReportForm(forms.Form):
    status = forms.ChoiceField(label=_("State"), choices=MeasureStatus.choices, widget=forms.RadioSelect)
    light = forms.ChoiceField(label=_("Traffic light"), choices=Light.choices, widget=forms.RadioSelect)
    delay_reason = forms.CharField(
        label=_("Reason for the delay"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=400
    )
    completion_note = forms.CharField(
        label=_("Completion note"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=400
    )

    def clean(self):
        cleaned = super().clean()
        late = cleaned.get("light") != Light.GREEN and cleaned.get("status") != MeasureStatus.DONE
        if late and not cleaned.get("delay_reason", "").strip():
            self.add_error("delay_reason", _("Please write down the reason for the delay."))
        return cleaned


class EffectForm(forms.Form):
    effect = forms.ChoiceField(
        label=_("Development after the measure"), choices=Effect.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("In one paragraph"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=600,
        help_text=_(
            "What happened to the figure after the measure. Whether the measure is the cause, the figure does not say."
        ),
    )


class TrackingFilter(forms.Form):
    committee = forms.ModelChoiceField(Committee.objects.none(), label=pgettext_lazy("body", "Committee"))
    since = forms.DateField(label=_("Resolved from"), widget=DateInput, required=False)
    until = forms.DateField(label=_("Resolved until"), widget=DateInput, required=False)

    def __init__(self, *args, committees, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["committee"].queryset = committees


class RecommendationFilter(forms.Form):
    q = forms.CharField(label=_("Search in title and text"), required=False)
    status = forms.ChoiceField(label=_("State"), required=False)
    department = forms.ModelChoiceField(
        Department.objects.all(), label=_("Lead department"), required=False, empty_label=_("all departments")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = Recommendation._meta.get_field("status")
        self.fields["status"].choices = [("", _("all states")), *field.choices]

    def apply(self, queryset):
        if not self.is_valid():
            return queryset
        wanted = self.cleaned_data
        if wanted["q"]:
            queryset = queryset.filter(
                Q(title__icontains=wanted["q"])
                | Q(proposed_resolution__icontains=wanted["q"])
                | Q(rationale__icontains=wanted["q"])
            )
        if wanted["status"]:
            queryset = queryset.filter(status=wanted["status"])
        if wanted["department"]:
            queryset = queryset.filter(lead_department=wanted["department"])
        return queryset
