# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.entry import Form
from core.forms import DateInput
from recommendations.content import DEPENDENT_FIELDS
from recommendations.models import (
    DecisionKind,
    DoubtAnswer,
)

if TYPE_CHECKING:
    from recommendations.models import Recommendation

CONSEQUENCES = {
    DecisionKind.APPROVE: _("The recommendation goes on as it stands."),
    DecisionKind.CHANGED: _("Your wording below takes the place of the proposal and is marked as the department's."),
    DecisionKind.RETURN: _("The office revises it and submits it again."),
    DecisionKind.DEFER: _("It is laid before you again on the chosen day."),
    DecisionKind.REJECT: _("Final for this version. A new start is possible."),
}


class DecisionForm(Form):
    needed = {
        "changed_resolution": _("needed if you approve with changes"),
        "deferred_until": _("needed if you defer"),
        "reason": _("needed unless you approve"),
    }
    kind = forms.ChoiceField(
        label=_("Your decision"), choices=DecisionKind.choices, widget=forms.RadioSelect(attrs={"hints": CONSEQUENCES})
    )
    changed_resolution = forms.CharField(
        label=_("Changed proposed resolution"),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        max_length=6000,
        help_text=_("One item per line; it stands word for word in the decision."),
    )
    changed_title = forms.CharField(label=_("Title that goes with it"), required=False, max_length=90)
    changed_claim = forms.CharField(label=_("Finding that goes with it"), required=False, max_length=160)
    changed_summary = forms.CharField(
        label=_("“At a glance” that goes with it"), widget=forms.Textarea(attrs={"rows": 5}), required=False
    )
    changed_financial_impact = forms.CharField(
        label=_("Costs that go with it"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=_("Paper and briefing say what stands here. Please change what no longer fits the resolution."),
    )
    deferred_until = forms.DateField(label=_("Comes back on"), widget=DateInput, required=False)
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=1000,
        help_text=_("It appears in the history, in the notice to the office and in the PDF."),
    )
    saw = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, kinds: Sequence[DecisionKind], recommendation: Recommendation, saw: str, **kwargs: Any
    ) -> None:
        initial = {f"changed_{field}": getattr(recommendation, field) for field in DEPENDENT_FIELDS}
        initial |= {"saw": saw, "changed_resolution": recommendation.proposed_resolution}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["kind"].choices = [(kind, label) for kind, label in DecisionKind.choices if kind in kinds]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind and kind != DecisionKind.APPROVE and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Please write down the reason. It goes to the office and into the record."))
        if kind == DecisionKind.DEFER and "deferred_until" in cleaned:
            day = cleaned["deferred_until"]
            if day is None:
                self.add_error("deferred_until", _("Please name the day on which it comes back."))
            elif day <= timezone.localdate():
                self.add_error("deferred_until", _("This day is over. Please choose a day from tomorrow on."))
        return cleaned

    def decided(self) -> dict[str, Any]:
        """What the flow takes: the resolution, and beside it the parts that depend on it."""
        decided = dict(self.cleaned_data)
        decided["seen"] = decided.pop("saw")
        parts = {field: decided.pop(f"changed_{field}") for field in DEPENDENT_FIELDS}
        sent = {field: text for field, text in parts.items() if f"changed_{field}" in self.data}
        return {**decided, "changed_parts": sent}

    def show_anew(self, saw: str) -> None:
        """Keep what was typed, for another look at what has become different."""
        self.data = self.data.copy()
        self.data["saw"] = saw


class ReopenForm(Form):
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=_("It goes to everybody concerned and into the record."),
    )


class ConfirmResolutionForm(Form):
    """That the difference was read; ``saw`` is the mark of the words that this person had before them."""

    note = forms.CharField(
        label=_("What follows for the department"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=1000,
        help_text=_("It appears in the history."),
    )
    saw = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, saw: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={"saw": saw}, **kwargs)

    def show_anew(self, saw: str) -> None:
        """Keep what was typed, for another look at words that were corrected meanwhile."""
        self.data = self.data.copy()
        self.data["saw"] = saw


HOLDS_OR_NOT = {
    DoubtAnswer.STILL_VALID: _("Text and evidence stay as they are; the changed figure is noted beside."),
    DoubtAnswer.REOPENED: _("The approval no longer holds. The office revises it and submits it again."),
}


class EvidenceCheckForm(Form):
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

    def __init__(self, *args: Any, may_reopen: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_reopen:
            self.fields["answer"].choices = self.fields["answer"].choices[:1]
            self.fields["answer"].initial = DoubtAnswer.STILL_VALID


class WithdrawForm(Form):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=600)
