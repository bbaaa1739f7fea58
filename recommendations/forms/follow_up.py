# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees.models import Committee, PaperType
from core.entry import Form
from core.forms import DateInput

if TYPE_CHECKING:
    from committees.querysets import CommitteeQuerySet
    from recommendations.models import Measure
    from recommendations.querysets import MeasureQuerySet


class PaperForm(Form):
    # an urgent paper needs its reason and a supplement its paper: both are made on the pages of papers
    paper_type = forms.ChoiceField(
        label=_("Paper type"),
        choices=[one for one in PaperType.choices if one[0] not in (PaperType.URGENT, PaperType.SUPPLEMENT)],
        initial=PaperType.DECISION,
    )


class ConcludeForm(Form):
    """A reason for each measure that is not done; where some are done, whether it is implemented all the same."""

    def __init__(self, *args: Any, measures: MeasureQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unfinished = [measure for measure in measures if not measure.life.is_finished]
        done = sum(measure.life.is_done for measure in measures)
        for measure in self.unfinished:
            self.fields[self._name(measure)] = forms.CharField(
                label=_("Why is “%(measure)s” not done?") % {"measure": measure.title},
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=600,
            )
        if done and done < len(measures):
            self.fields["partly"] = forms.TypedChoiceField(
                label=_("What was resolved is"),
                choices=[("", _("implemented, without these measures")), ("yes", _("implemented in part"))],
                coerce=bool,
                empty_value=False,  # type: ignore[arg-type]
                required=False,
                widget=forms.RadioSelect,
            )
        self.fields["note"] = forms.CharField(
            label=_("What came of it, in short"),
            widget=forms.Textarea(attrs={"rows": 3}),
            required=not done,
            max_length=600,
            help_text=_("It appears in the history."),
        )

    @staticmethod
    def _name(measure: Measure) -> str:
        return f"reason-{measure.pk}"

    def outcome(self) -> dict[str, Any]:
        """As the flow takes it."""
        cleaned = self.cleaned_data
        return {
            "reasons": {measure.pk: cleaned[self._name(measure)] for measure in self.unfinished},
            "partly": cleaned.get("partly", False),
            "note": cleaned["note"],
        }


class TrackingFilter(Form):
    committee = forms.ModelChoiceField(
        Committee.objects.none(),
        label=pgettext_lazy("body", "Committee"),
        required=False,
        empty_label=_("all committees"),
    )
    since = forms.DateField(label=_("Resolved from"), widget=DateInput, required=False)
    until = forms.DateField(label=_("Resolved until"), widget=DateInput, required=False)

    def __init__(self, *args: Any, committees: CommitteeQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["committee"].queryset = committees
