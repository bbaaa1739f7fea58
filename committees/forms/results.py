# SPDX-License-Identifier: EUPL-1.2
from django import forms
from django.utils.translation import gettext_lazy as _

from committees.models import Committee, Result
from core.entry import Form

CHOICES = [(code, label) for code, label in Result.choices if code]


class ResultForm(Form):
    """A result with its votes, checked against who may vote. ``optional``: an untouched row records nothing.

    ``others`` are the bodies it may be referred to, as choices, where many forms on a page ask for them once.
    """

    result = forms.ChoiceField(label=_("Result"), choices=CHOICES)
    unanimous = forms.BooleanField(label=_("unanimous"), required=False)
    votes_yes = forms.IntegerField(label=_("Yes"), min_value=0, max_value=999, required=False)
    votes_no = forms.IntegerField(label=_("No"), min_value=0, max_value=999, required=False)
    votes_abstain = forms.IntegerField(label=_("Abstentions"), min_value=0, max_value=999, required=False)
    referred_to = forms.ModelChoiceField(Committee.objects.none(), label=_("Referred to"), required=False)
    note = forms.CharField(
        label=_("Wording of the result"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, required=False
    )

    def __init__(self, *args, voters, committee, others=None, optional=False, with_paper=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.voters, self.with_paper = voters, with_paper
        self.fields["referred_to"].queryset = Committee.objects.active().exclude(pk=committee.pk)
        if others is not None:
            self.fields["referred_to"].choices = others
        if optional:
            self.fields["result"].required = False
            self.fields["result"].choices = [("", _("open") if with_paper else _("no result")), *CHOICES]

    def clean(self):
        cleaned = super().clean()
        result = cleaned.get("result")
        votes = [cleaned.get(name) for name in ("votes_yes", "votes_no", "votes_abstain")]
        touched = any(vote is not None for vote in votes) or cleaned.get("note") or cleaned.get("unanimous")
        if not result:
            if touched and "result" not in self.errors:
                self.add_error("result", _("Please choose the result."))
            return cleaned
        if cleaned.get("unanimous"):
            self._fill_unanimous(cleaned, votes)
        elif problem := self.voters.problem(*votes):
            self.add_error(None, problem)
        if result == Result.CHANGED and not cleaned.get("note", "").strip():
            self.add_error("note", _("Please write down the changed wording."))
        if result == Result.UNCHANGED and not self.with_paper and not cleaned.get("note", "").strip():
            self.add_error("note", _("There is no paper. Please write down the wording that was resolved."))
        if result == Result.REFERRED and not cleaned.get("referred_to"):
            self.add_error("referred_to", _("Please choose the committee to which it was referred."))
        return cleaned

    def _fill_unanimous(self, cleaned, votes):
        yes, no, abstain = votes
        if no or abstain:
            self.add_error("unanimous", _("Unanimous means: no vote against and no abstention."))
            return
        if problem := self.voters.problem(yes):
            self.add_error(None, problem)
            return
        if yes is None and not self.voters.limit:
            self.add_error("votes_yes", _("Please enter how many voted yes; the number of voters is not known."))
            return
        cleaned["votes_yes"] = self.voters.limit if yes is None else yes
        cleaned["votes_no"] = cleaned["votes_abstain"] = 0

    @staticmethod
    def of(consultation):
        """What is recorded, as the form shows it."""
        names = ("result", "votes_yes", "votes_no", "votes_abstain", "referred_to")
        return {**{name: getattr(consultation, name) for name in names}, "note": consultation.result_note}

    def outcome(self):
        """What the flow is given."""
        return {name: value for name, value in self.cleaned_data.items() if name != "unanimous"}


class CorrectionForm(ResultForm):
    """A recorded result, put right, with the reason."""

    edits = True

    reason = forms.CharField(
        label=_("Why is the result corrected?"),
        max_length=300,
        help_text=_("It stands in the history, next to the former result."),
    )
