# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from actors.models import FieldOfAction
from core.entry import Form, ModelForm
from core.search import matching
from recommendations.board import COLUMNS, FINISHED
from recommendations.models import Recommendation, ResponsibleLevel, SavedFilter

if TYPE_CHECKING:
    from accounts.models import User
    from recommendations.querysets import RecommendationQuerySet

STATES = {column.code: column.states for column in (*COLUMNS, FINISHED)}
ORDERS = {
    "": "-changed_at",
    "oldest": "changed_at",
    "title": "title",
    "-title": "-title",
    "lead": "lead_department__code",
    "-lead": "-lead_department__code",
}


class RecommendationFilter(Form):
    """What the list and the board show, as the address says it; also what a saved filter keeps."""

    q = forms.CharField(label=_("Search in title and text"), required=False, max_length=100)
    status = forms.ChoiceField(label=_("State"), required=False)
    department = forms.ModelChoiceField(
        Department.objects.all(), label=_("Lead department"), required=False, empty_label=_("all departments")
    )
    field = forms.ModelChoiceField(
        FieldOfAction.objects.none(), label=_("Field of action"), required=False, empty_label=_("all fields")
    )
    level = forms.ChoiceField(
        label=_("Responsible level"), required=False, choices=[("", _("all levels")), *ResponsibleLevel.choices]
    )
    mine = forms.BooleanField(label=_("My department"), required=False)
    overdue = forms.BooleanField(label=_("Overdue"), required=False)
    stale: Any = forms.BooleanField(label=_("Check evidence"), required=False)
    order = forms.ChoiceField(required=False, choices=[(order, order) for order in ORDERS], widget=forms.HiddenInput)

    MORE = ("field", "level", "mine", "overdue", "stale")

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].queryset = FieldOfAction.objects.visible_to(reader)
        if not Department.objects.any_of(reader):
            del self.fields["mine"]
        states = Recommendation._meta.get_field("status")
        self.fields["status"].choices = [
            ("", _("all states")),
            (_("Stations"), [(column.code, column.label) for column in (*COLUMNS, FINISHED)]),
            (_("States"), states.choices),
        ]

    @property
    def wanted(self) -> dict[str, Any]:
        """What was understood of the address; what was not stands as an error at its field."""
        self.is_valid()
        return self.cleaned_data

    @property
    def has_more(self) -> bool:
        """Whether one of the filters is set that stand behind “More filters”."""
        return any(self.wanted.get(name) for name in self.MORE)

    def apply(self, queryset: RecommendationQuerySet, user: User) -> RecommendationQuerySet:
        wanted = self.wanted
        if text := wanted.get("q"):
            number = re.fullmatch(r"[rR]?(\d{1,9})", text)
            queryset = queryset.filter(
                matching(text, "title", "proposed_resolution", "rationale") | (Q(pk=number[1]) if number else Q())
            )
        if state := wanted.get("status"):
            queryset = queryset.filter(status__in=STATES.get(state, (state,)))
        for name, field in (
            ("department", "lead_department"),
            ("level", "responsible_level"),
        ):
            if wanted.get(name):
                queryset = queryset.filter(**{field: wanted[name]})
        if wanted.get("field"):
            queryset = queryset.in_field(wanted["field"])
        if wanted.get("mine"):
            queryset = queryset.of_department(user)
        if wanted.get("overdue"):
            queryset = queryset.overdue()
        if wanted.get("stale"):
            queryset = queryset.with_evidence_to_check()
        return queryset

    @property
    def ordering(self) -> str:
        return ORDERS[self.wanted.get("order") or ""]

    def address(self, **changes: str) -> str:
        """The query of the address that asks for the same, in one form only; ``changes`` replace single values."""
        wanted = {**self.wanted, **changes}
        plain = {
            name: value.pk if isinstance(value, models.Model) else "1" if value is True else value
            for name, value in ((name, wanted.get(name)) for name in self.fields)
            if value
        }
        return urlencode(plain)


class SavedFilterForm(ModelForm):
    """A name for a filter; two of one person do not share one."""

    class Meta:
        model = SavedFilter
        fields = ["name"]

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.owner = owner

    def clean(self) -> dict[str, Any]:
        longest: Any = SavedFilter._meta.get_field("query").max_length
        if len(self.instance.query) > longest:
            raise forms.ValidationError(_("This filter is too long to be kept. Please search for fewer words."))
        return super().clean()

    def clean_name(self) -> str:
        name = self.cleaned_data["name"].strip()
        if SavedFilter.objects.of(self.instance.owner).filter(name=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("You have a filter of this name. Please choose another name."))
        return name
