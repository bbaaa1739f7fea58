# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, Person
from committees.models import (
    Committee,
    LegislativeTerm,
    Membership,
    MembershipRole,
)
from committees.seats import clash
from core.entry import Form, ModelForm
from core.forms import DateInput

if TYPE_CHECKING:
    from datetime import date


class CommitteeForm(ModelForm):
    class Meta:
        model = Committee
        fields = [
            "code",
            "name",
            "kind",
            "authority",
            "mandate",
            "office_may_propose",
            "may_propose_since",
            "may_propose_source",
            "seats",
            "notice_days",
            "submission_days",
            "cosigning_days",
            "data_cutoff_days",
            "dissolved_on",
        ]
        widgets = {
            "mandate": forms.Textarea(attrs={"rows": 3}),
            "may_propose_since": DateInput,
            "dissolved_on": DateInput,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("office_may_propose"):
            cleaned["may_propose_since"], cleaned["may_propose_source"] = None, ""
        return cleaned


class MembershipForm(ModelForm):
    class Meta:
        model = Membership
        fields = ["person", "role", "voting_right", "on_behalf_of", "term", "start_on", "end_on"]
        widgets = {"start_on": DateInput, "end_on": DateInput}
        help_texts = {"end_on": _("Left empty, the membership ends with the legislative term.")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        term = cleaned.get("term")
        if term and not cleaned.get("end_on"):
            cleaned["end_on"] = term.end_on
        start_on, end_on = cleaned.get("start_on"), cleaned.get("end_on")
        if start_on and end_on and end_on < start_on:
            self.add_error("end_on", _("The last day lies before the first day."))
        elif not self.errors and (problem := clash(self._as_typed(cleaned))):
            self.add_error("start_on", str(problem))
        return cleaned

    def _as_typed(self, cleaned: dict[str, Any]) -> Membership:
        typed = {name: cleaned.get(name) for name in ("person", "role", "start_on", "end_on")}
        return Membership(pk=self.instance.pk, committee=self.instance.committee, **typed)


class SuccessorForm(Form):
    """Who takes a seat, from when; the rest is taken over from the predecessor unless changed."""

    person = forms.ModelChoiceField(Person.objects.all(), label=_("Successor"))
    start_on = forms.DateField(
        label=_("First day"),
        widget=DateInput,
        help_text=_("The predecessor's membership ends the day before."),
    )
    role = forms.ChoiceField(label=_("Role"), choices=MembershipRole.choices)
    voting_right = forms.BooleanField(label=_("Voting right"), required=False)
    on_behalf_of = forms.ModelChoiceField(Actor.objects.all(), label=_("Sent by"), required=False)

    def __init__(self, *args: Any, predecessor: Membership, **kwargs: Any) -> None:
        taken_over = {name: getattr(predecessor, name) for name in ("role", "voting_right", "on_behalf_of")}
        super().__init__(*args, initial=taken_over, **kwargs)
        self.predecessor = predecessor
        self.fields["person"].queryset = Person.objects.exclude(pk=predecessor.person_id)

    def clean_start_on(self) -> date:
        start_on = self.cleaned_data["start_on"]
        if start_on <= self.predecessor.start_on:
            raise forms.ValidationError(_("The successor's first day lies before the predecessor's first day."))
        return start_on


class TermForm(ModelForm):
    class Meta:
        model = LegislativeTerm
        fields = ["name", "start_on", "end_on"]
        widgets = {"start_on": DateInput, "end_on": DateInput}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("end_on") and cleaned.get("start_on") and cleaned["end_on"] < cleaned["start_on"]:
            self.add_error("end_on", _("The last day lies before the first day."))
        return cleaned
