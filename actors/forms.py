# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, ActorKind, FieldOfAction, Person, Position
from core.entry import Form, ModelForm
from core.forms import DateInput
from core.search import matching

if TYPE_CHECKING:
    from accounts.models import User
    from actors.querysets import ActorQuerySet


class ActorForm(ModelForm):
    class Meta:
        model = Actor
        fields = [
            "name",
            "short_name",
            "kind",
            "parent",
            "fields_of_action",
            "website",
            "email",
            "phone",
            "address",
            "founded_on",
            "dissolved_on",
            "note",
        ]
        widgets = {
            "fields_of_action": forms.CheckboxSelectMultiple,
            "address": forms.Textarea(attrs={"rows": 3}),
            "note": forms.Textarea(attrs={"rows": 3}),
            "founded_on": DateInput,
            "dissolved_on": DateInput,
        }

    def clean_parent(self) -> Any:
        parent = self.cleaned_data["parent"]
        if parent and self.instance.pk and parent in Actor.objects.descendants(self.instance, include_self=True):
            raise forms.ValidationError(_("An organisation cannot be part of itself or of one of its parts."))
        return parent


class FieldForm(ModelForm):
    class Meta:
        model = FieldOfAction
        fields = ["name", "parent"]

    def clean_parent(self) -> Any:
        parent = self.cleaned_data["parent"]
        own = self.instance
        if parent and own.pk and parent in FieldOfAction.objects.descendants(own, include_self=True):
            raise forms.ValidationError(_("A field cannot be part of itself or of one of its parts."))
        return parent


class PersonForm(ModelForm):
    class Meta:
        model = Person
        fields = [
            "title",
            "given_name",
            "family_name",
            "email",
            "phone",
            "legal_basis",
            "consent_given_on",
            "consent_withdrawn_on",
            "review_on",
            "note",
        ]
        widgets = {
            "consent_given_on": DateInput,
            "consent_withdrawn_on": DateInput,
            "review_on": DateInput,
            "note": forms.Textarea(attrs={"rows": 3}),
        }


class PositionForm(ModelForm):
    class Meta:
        model = Position
        fields = ["actor", "name", "start_on", "end_on"]
        widgets = {"start_on": DateInput, "end_on": DateInput}


class ActorFilter(Form):
    q = forms.CharField(label=_("Search in names"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all kinds")), *ActorKind.choices])
    field = forms.ModelChoiceField(
        FieldOfAction.objects.none(), label=_("Field of action"), required=False, empty_label=_("all fields")
    )

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].queryset = FieldOfAction.objects.visible_to(reader)

    def apply(self, actors: ActorQuerySet) -> ActorQuerySet:
        if not self.is_valid():
            return actors
        if text := self.cleaned_data["q"]:
            actors = actors.filter(matching(text, "name", "short_name"))
        if kind := self.cleaned_data["kind"]:
            actors = actors.filter(kind=kind)
        if field := self.cleaned_data["field"]:
            actors = actors.filter(fields_of_action=field)
        return actors
