# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from core.entry import Form

if TYPE_CHECKING:
    from recommendations.models import Recommendation

RELEASE, ACCEPT, REFUSE, WITHDRAW = "release", "accept", "refuse", "withdraw"
LABELS = {
    RELEASE: _("Release the lead"),
    ACCEPT: _("Take the lead"),
    REFUSE: _("Do not agree"),
    WITHDRAW: _("Take the proposal back"),
}
CONSEQUENCES = {
    RELEASE: _("Your department no longer decides as soon as the other one has agreed."),
    ACCEPT: _("Your department decides from then on. The office submits the recommendation to you."),
    REFUSE: _("The lead stays where it is. Please say why."),
    WITHDRAW: _("The lead stays where it is, and nobody is asked any more."),
}


class TransferForm(Form):
    to_department = forms.ModelChoiceField(
        Department.objects.none(), label=_("New lead department"), empty_label=_("please choose")
    )
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=_("It goes to both departments and into the record."),
    )

    def __init__(self, *args: Any, recommendation: Recommendation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_department"].queryset = Department.objects.exclude(pk=recommendation.lead_department_id)  # type: ignore[misc]


class TransferAnswerForm(Form):
    """What this person may answer to a proposed change of the lead: ``answers`` names it."""

    answer = forms.ChoiceField(label=_("What do you answer?"), widget=forms.RadioSelect(attrs={"hints": CONSEQUENCES}))
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=1000,
        help_text=_("Needed if you do not agree. It goes to both departments and into the record."),
    )

    def __init__(self, *args: Any, answers: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [(answer, LABELS[answer]) for answer in answers]
        if REFUSE not in answers:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("answer") == REFUSE and not cleaned.get("reason", "").strip():
            self.add_error(
                "reason", _("Please write down the reason. It goes to both departments and into the record.")
            )
        return cleaned
