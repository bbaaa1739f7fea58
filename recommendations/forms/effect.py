# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.entry import Form
from core.forms import DateInput, NumberField
from core.search import Folded
from indicators.models import KeyFigure
from recommendations.effect import baseline_of, baseline_of_key_figure
from recommendations.models import Direction, Effect, Evidence

if TYPE_CHECKING:
    from recommendations.models import EffectReview, Recommendation

NO_FIGURE = "none"
NO_CAUSE = _(
    "What happened to the figure after the measure. Whether the measure is the cause, the figure does not say."
)


class EffectPlanForm(Form):
    needed = {
        "direction": _("needed if you chose a figure"),
        "target_value": _("needed if you chose a figure"),
        "no_figure_reason": _("needed if no figure can show it"),
    }
    edits = True

    figure = forms.ChoiceField(
        label=_("Figure that can show the effect"),
        help_text=_("Its pinned value, or its value of today, is kept as the baseline."),
    )
    direction = forms.ChoiceField(
        label=_("Target: at least or at most"),
        choices=[("", "–"), *Direction.choices],
        required=False,
    )
    target_value = NumberField(label=_("Target: number"), required=False, max_digits=16, decimal_places=4)
    no_figure_reason = forms.CharField(
        label=_("Why no figure can show it"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    review_on = forms.DateField(label=_("Effect review on"), widget=DateInput)
    reason = forms.CharField(
        label=_("Why is it changed?"), required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self, *args: Any, recommendation: Recommendation, before: EffectReview | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.recommendation = recommendation
        pinned = [
            (f"evidence:{one.pk}", f"{one.name}, {one.region_name}") for one in recommendation.evidence.order_by("pk")
        ]
        others = [
            (f"key_figure:{one.pk}", str(one)) for one in KeyFigure.objects.with_values().order_by(Folded("name"))
        ]
        self.fields["figure"].choices = [
            (_("Pinned evidence"), pinned),
            (_("Other key figures of the municipality"), others),
            (NO_FIGURE, _("No figure can show the effect")),
        ]
        if before is None:
            del self.fields["reason"]
        else:
            self.fields["reason"].required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind, _colon, number = cleaned.get("figure", "").partition(":")
        cleaned["baseline"] = None
        if kind == NO_FIGURE:
            if not cleaned.get("no_figure_reason", "").strip():
                self.add_error("no_figure_reason", _("Please write down why no figure can show the effect."))
            return cleaned
        if kind == "evidence":
            evidence = Evidence.objects.select_related("finding", "key_figure")
            cleaned["baseline"] = baseline_of(evidence.get(recommendation=self.recommendation, pk=number))
        elif kind == "key_figure":
            cleaned["baseline"] = baseline_of_key_figure(KeyFigure.objects.select_related("table").get(pk=number))
            if cleaned["baseline"] is None:
                self.add_error("figure", _("There is no value of this key figure for the municipality."))
        if kind and not cleaned.get("direction"):
            self.add_error("direction", _("Please say whether the value is to be at least or at most this number."))
        if kind and cleaned.get("target_value") is None and "target_value" not in self.errors:
            self.add_error("target_value", _("Please enter the number to be reached."))
        return cleaned

    def plan(self) -> dict[str, Any]:
        """The cleaned fields as the flow takes them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "figure"}


class EffectForm(Form):
    """The department's paragraph."""

    effect = forms.ChoiceField(
        label=_("Development after the measure"), choices=Effect.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("In one paragraph"), widget=forms.Textarea(attrs={"rows": 5}), max_length=900, help_text=NO_CAUSE
    )
    next_review_on = forms.DateField(
        label=_("Look at it again on"),
        widget=DateInput,
        required=False,
        help_text=_("Only where it is too early to tell."),
    )


class EffectProposalForm(Form):
    """What the office reads from the figures, for the department to confirm or not."""

    effect = forms.ChoiceField(
        label=_("Development after the measure"), choices=Effect.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Note for the department"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=600,
        required=False,
        help_text=NO_CAUSE,
    )
